// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.isNull;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.ManagedService;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.metatype.AttributeDefinition;
import org.osgi.service.metatype.MetaTypeInformation;
import org.osgi.service.metatype.MetaTypeService;
import org.osgi.service.metatype.ObjectClassDefinition;

@SuppressWarnings("unchecked") // mocks of generic types
class InstalledReadersTest {

    private final BundleContext context = mock(BundleContext.class);
    private final MetaTypeService metatype = mock(MetaTypeService.class);
    private final ServiceComponentRuntime components = mock(ServiceComponentRuntime.class);

    @BeforeEach
    void framework() {
        Bundle described = bundle(Bundle.ACTIVE);
        Bundle plain = bundle(Bundle.ACTIVE);
        Bundle gone = bundle(Bundle.UNINSTALLED);
        when(context.getBundles()).thenReturn(new Bundle[] {described, plain, gone});
        MetaTypeInformation information = mock(MetaTypeInformation.class);
        when(metatype.getMetaTypeInformation(described)).thenReturn(information);
        when(metatype.getMetaTypeInformation(gone)).thenThrow(new IllegalStateException("uninstalled"));
        when(information.getPids()).thenReturn(new String[] {"one"});
        when(information.getFactoryPids()).thenReturn(new String[] {"several"});
        ObjectClassDefinition one = definition("a", "b.c");
        ObjectClassDefinition several = definition();
        when(information.getObjectClassDefinition("one", null)).thenReturn(one);
        when(information.getObjectClassDefinition("several", null)).thenReturn(several);
        ComponentDescriptionDTO component = new ComponentDescriptionDTO();
        component.configurationPid = new String[] {"component"};
        when(components.getComponentDescriptionDTOs(any(Bundle[].class))).thenReturn(List.of(component));
    }

    private static Bundle bundle(int state) {
        Bundle bundle = mock(Bundle.class);
        when(bundle.getState()).thenReturn(state);
        return bundle;
    }

    private static ObjectClassDefinition definition(String... ids) {
        ObjectClassDefinition definition = mock(ObjectClassDefinition.class);
        AttributeDefinition[] attributes = new AttributeDefinition[ids.length];
        for (int i = 0; i < ids.length; i++) {
            attributes[i] = mock(AttributeDefinition.class);
            when(attributes[i].getID()).thenReturn(ids[i]);
        }
        when(definition.getAttributeDefinitions(ObjectClassDefinition.ALL))
                .thenReturn(attributes.length == 0 ? null : attributes);
        return definition;
    }

    private InstalledReaders readers() {
        return new InstalledReaders(context, metatype, components);
    }

    @Test
    void whatIsDescribedIsKnownByPidAndFactoryPid() {
        assertThat(readers().describedPids()).containsExactlyInAnyOrder("one", "several");
        assertThat(readers().propertiesOf("one"))
                .hasValueSatisfying(properties -> assertThat(properties).containsExactlyInAnyOrder("a", "b.c"));
        assertThat(readers().propertiesOf("several"))
                .hasValueSatisfying(properties -> assertThat(properties).isEmpty());
        assertThat(readers().propertiesOf("other")).isEmpty();
    }

    @Test
    void componentsAndManagedServicesReadWithoutDescription() throws Exception {
        List<ServiceReference<ManagedService>> services =
                List.of(managed("single"), managed(new String[] {"first", "second"}), managed(List.of("third")));
        when(context.getServiceReferences(any(Class.class), isNull())).thenReturn((List) services);

        assertThat(List.of("component", "single", "first", "second", "third"))
                .allSatisfy(pid -> assertThat(readers().readsUndescribed(pid)).isTrue());
        assertThat(readers().readsUndescribed("other")).isFalse();
    }

    private static ServiceReference<ManagedService> managed(Object pid) {
        ServiceReference<ManagedService> reference = mock(ServiceReference.class);
        when(reference.getProperty("service.pid")).thenReturn(pid);
        return reference;
    }
}
