// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.metatype.AttributeDefinition;
import org.osgi.service.metatype.MetaTypeInformation;
import org.osgi.service.metatype.MetaTypeService;
import org.osgi.service.metatype.ObjectClassDefinition;

class ConfigurationFilesTest {

    @TempDir
    Path folder;

    private final ConfigurationAdmin admin = mock(ConfigurationAdmin.class);
    private final Configuration configuration = mock(Configuration.class);
    private final Map<String, Object> written = new HashMap<>();
    private final BundleContext context = mock(BundleContext.class);
    private final MetaTypeService metatype = mock(MetaTypeService.class);
    private final ConfigurationFiles files =
            new ConfigurationFiles(context, admin, metatype, new ExpectedConfigurations(ProfileConfiguration.NOTHING));

    @Test
    void aHyphenBelongsToThePid() throws Exception {
        when(admin.getConfiguration("eu.h3ni.grid-signals", "?")).thenReturn(configuration);
        files.install(file("eu.h3ni.grid-signals.cfg", "url = http://example.org/a=b \n# note\n"));
        assertThat(written).containsEntry("url", "http://example.org/a=b").containsKey("felix.fileinstall.filename");
    }

    @Test
    void whatComesAfterATildeIsTheNameOfOneOfSeveral() throws Exception {
        when(admin.getFactoryConfiguration("eu.nephele.smo.adapters.karmada", "our-lab", "?"))
                .thenReturn(configuration);
        File file = file("eu.nephele.smo.adapters.karmada~our-lab.cfg", "kubeconfig=file:/é\n");
        files.update(file);
        assertThat(written).containsEntry("kubeconfig", "file:/é");
        files.uninstall(file);
        verify(configuration).delete();
    }

    @Test
    void typedFilesKeepTheirTypes() throws Exception {
        when(admin.getConfiguration("some.pid", "?")).thenReturn(configuration);
        files.install(file("some.pid.config", "many=[\"a\",\"b,c\"]\nnumber=I\"5\"\n"));
        assertThat(written.get("many")).isEqualTo(new String[] {"a", "b,c"});
        assertThat(written).containsEntry("number", 5);
    }

    @Test
    void aListIsWrittenWithCommasWhereABundleSaysThatItIsOne() throws Exception {
        when(admin.getFactoryConfiguration("some.pid", "x", "?")).thenReturn(configuration);
        files.install(
                file(
                        "some.pid~x.cfg",
                        "many= a, b ,,c\none=a,b\nempty=\nnested=x\\=sum by (a, b) (r{s\\=\"1,\\\\\",2\"}),p\\={\"a\": [1, 2]}\n"));
        assertThat(written.get("many")).isEqualTo(new String[] {"a", "b", "c"});
        assertThat(written).containsEntry("one", "a,b");
        assertThat(written.get("empty")).isEqualTo(new String[0]);
        assertThat(written.get("nested"))
                .isEqualTo(new String[] {"x=sum by (a, b) (r{s=\"1,\\\",2\"})", "p={\"a\": [1, 2]}"});
    }

    @Test
    void otherFilesAreNobodysBusinessHere() {
        assertThat(files.canHandle(new File("admin.token"))).isFalse();
        assertThat(files.canHandle(new File("a.jar"))).isFalse();
    }

    @Test
    void aFileThatCannotBeReadIsNamed() {
        assertThatThrownBy(() -> files.install(file("some.pid.cfg", "a=\\u00zz\n")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("some.pid.cfg");
    }

    @BeforeEach
    void describe() {
        Bundle gone = mock(Bundle.class);
        when(gone.getState()).thenReturn(Bundle.UNINSTALLED);
        when(metatype.getMetaTypeInformation(gone)).thenThrow(new IllegalStateException("uninstalled"));
        Bundle plain = mock(Bundle.class);
        Bundle described = mock(Bundle.class);
        when(context.getBundles()).thenReturn(new Bundle[] {gone, plain, described});
        MetaTypeInformation information = mock(MetaTypeInformation.class);
        when(metatype.getMetaTypeInformation(described)).thenReturn(information);
        when(information.getFactoryPids()).thenReturn(new String[] {"some.pid"});
        ObjectClassDefinition definition = mock(ObjectClassDefinition.class);
        when(information.getObjectClassDefinition("some.pid", null)).thenReturn(definition);
        AttributeDefinition[] attributes = {
            attribute("many", Integer.MAX_VALUE),
            attribute("empty", Integer.MAX_VALUE),
            attribute("nested", Integer.MIN_VALUE),
            attribute("one", 0)
        };
        when(definition.getAttributeDefinitions(ObjectClassDefinition.ALL)).thenReturn(attributes);
    }

    private static AttributeDefinition attribute(String id, int cardinality) {
        AttributeDefinition attribute = mock(AttributeDefinition.class);
        when(attribute.getID()).thenReturn(id);
        when(attribute.getCardinality()).thenReturn(cardinality);
        return attribute;
    }

    @BeforeEach
    void record() throws IOException {
        when(configuration.updateIfDifferent(any())).thenAnswer(call -> {
            Dictionary<String, Object> values = call.getArgument(0);
            values.keys().asIterator().forEachRemaining(key -> written.put(key, values.get(key)));
            return true;
        });
    }

    private File file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toFile();
    }
}
