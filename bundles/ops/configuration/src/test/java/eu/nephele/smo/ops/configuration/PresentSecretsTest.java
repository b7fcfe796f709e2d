// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.isNull;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.util.Hashtable;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.metatype.AttributeDefinition;
import org.osgi.service.metatype.MetaTypeInformation;
import org.osgi.service.metatype.MetaTypeService;
import org.osgi.service.metatype.ObjectClassDefinition;

class PresentSecretsTest {

    private static final String FACTORY = "eu.nephele.smo.adapters.any";

    private final BundleContext context = mock(BundleContext.class);
    private final Bundle bundle = mock(Bundle.class);
    private final ConfigurationAdmin admin = mock(ConfigurationAdmin.class);
    private final MetaTypeService metatype = mock(MetaTypeService.class);
    private final PresentSecrets secrets = new PresentSecrets(context, admin, metatype);

    @BeforeEach
    void aDescribedFactory() {
        AttributeDefinition url = mock(AttributeDefinition.class);
        when(url.getID()).thenReturn("url");
        when(url.getType()).thenReturn(AttributeDefinition.STRING);
        ObjectClassDefinition definition = mock(ObjectClassDefinition.class);
        when(definition.getAttributeDefinitions(anyInt())).thenReturn(new AttributeDefinition[] {url});
        MetaTypeInformation information = mock(MetaTypeInformation.class);
        when(information.getFactoryPids()).thenReturn(new String[] {FACTORY});
        when(information.getObjectClassDefinition(FACTORY, null)).thenReturn(definition);
        when(metatype.getMetaTypeInformation(bundle)).thenReturn(information);
        when(context.getBundles()).thenReturn(new Bundle[] {bundle});
    }

    private void configured(String pid, String factory, Map<String, Object> properties) throws Exception {
        Configuration configuration = mock(Configuration.class);
        when(configuration.getPid()).thenReturn(pid);
        when(configuration.getFactoryPid()).thenReturn(factory);
        when(configuration.getProperties()).thenReturn(new Hashtable<>(properties));
        when(admin.listConfigurations(isNull())).thenReturn(new Configuration[] {configuration});
    }

    @Test
    void ofAnInstanceOfAFactoryWhateverItsPid() throws Exception {
        configured(
                FACTORY + ".0-1-2",
                FACTORY,
                Map.of("url", "http://a", "tokne", "secret-1", "password", new String[] {"secret-2", "file:x"}));
        assertThat(secrets.texts()).containsExactly("secret-1", "secret-2");
    }

    @Test
    void ofTheConfigurationsAsTheyAreNow() throws Exception {
        configured("a", null, Map.of("password", "secret-1"));
        assertThat(secrets.texts()).containsExactly("secret-1");
        configured("a", null, Map.of("password", "secret-2"));
        assertThat(secrets.texts()).containsExactly("secret-2");
        when(admin.listConfigurations(isNull())).thenReturn(null);
        assertThat(secrets.texts()).isEmpty();
    }

    @Test
    void descriptionsAreReadAgainWhenABundleHasChanged() throws Exception {
        configured("a", null, Map.of("password", "secret-1"));
        secrets.texts();
        secrets.texts();
        verify(metatype, times(1)).getMetaTypeInformation(bundle);
        when(bundle.getLastModified()).thenReturn(5L);
        secrets.texts();
        verify(metatype, times(2)).getMetaTypeInformation(bundle);
    }
}
