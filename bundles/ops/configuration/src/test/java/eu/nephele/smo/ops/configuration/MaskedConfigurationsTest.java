// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.util.Hashtable;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.metatype.AttributeDefinition;
import org.osgi.service.metatype.MetaTypeInformation;
import org.osgi.service.metatype.MetaTypeService;
import org.osgi.service.metatype.ObjectClassDefinition;

/** What is configured is shown as far as it cannot be a secret. */
class MaskedConfigurationsTest {

    private static final String SECRET = "s3cr3t-M4rk3r";

    private final BundleContext context = mock(BundleContext.class);
    private final ConfigurationAdmin admin = mock(ConfigurationAdmin.class);
    private final MetaTypeService metatype = mock(MetaTypeService.class);

    @Test
    void onlyWhatIsDescribedAsHarmlessIsShown() throws Exception {
        AttributeDefinition[] attributes = {
            attribute("workers", AttributeDefinition.INTEGER),
            attribute("wrong", AttributeDefinition.INTEGER),
            attribute("open", AttributeDefinition.BOOLEAN),
            attribute("token", AttributeDefinition.STRING),
            attribute("reference", AttributeDefinition.STRING),
            attribute("policy", AttributeDefinition.STRING, "block", "continue"),
            attribute("names", AttributeDefinition.STRING)
        };
        describe("an.Adapter", attributes);
        configure("an.Adapter~main", new Object[][] {
            {"workers", "4"},
            {"wrong", SECRET},
            {"open", "true"},
            {"token", SECRET},
            {"reference", "file:etc/x.token"},
            {"policy", "block"},
            {"names", new String[] {SECRET, "b"}},
            {SECRET, "undescribed"},
            {"service.pid", "an.Adapter~main"}
        });

        assertThat(new MaskedConfigurations(context, admin, metatype).lines())
                .containsExactlyInAnyOrder(
                        "[an.Adapter~main]",
                        "workers -> 4",
                        "wrong -> (text of 13 characters)",
                        "open -> true",
                        "token -> (text of 13 characters)",
                        "reference -> file:etc/x.token",
                        "policy -> block",
                        "names -> (text of 13 characters), (text of 1 characters)",
                        "a property that nobody describes, 1 values",
                        "");
    }

    private static AttributeDefinition attribute(String name, int type, String... options) {
        AttributeDefinition attribute = mock(AttributeDefinition.class);
        when(attribute.getID()).thenReturn(name);
        when(attribute.getType()).thenReturn(type);
        when(attribute.getOptionValues()).thenReturn(options.length == 0 ? null : options);
        return attribute;
    }

    private void describe(String pid, AttributeDefinition[] attributes) {
        ObjectClassDefinition definition = mock(ObjectClassDefinition.class);
        when(definition.getAttributeDefinitions(anyInt())).thenReturn(attributes);
        MetaTypeInformation information = mock(MetaTypeInformation.class);
        when(information.getFactoryPids()).thenReturn(new String[] {pid});
        when(information.getObjectClassDefinition(pid, null)).thenReturn(definition);
        Bundle bundle = mock(Bundle.class);
        when(bundle.getState()).thenReturn(Bundle.ACTIVE);
        when(context.getBundles()).thenReturn(new Bundle[] {bundle});
        when(metatype.getMetaTypeInformation(bundle)).thenReturn(information);
    }

    private void configure(String pid, Object[][] properties) throws Exception {
        Hashtable<String, Object> table = new Hashtable<>();
        for (Object[] property : properties) {
            table.put((String) property[0], property[1]);
        }
        Configuration configuration = mock(Configuration.class);
        when(configuration.getPid()).thenReturn(pid);
        when(configuration.getProperties()).thenReturn(table);
        when(admin.listConfigurations(null)).thenReturn(new Configuration[] {configuration});
    }
}
