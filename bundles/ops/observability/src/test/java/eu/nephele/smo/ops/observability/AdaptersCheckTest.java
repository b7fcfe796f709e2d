// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.osgi.framework.dto.BundleDTO;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.ReferenceDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;

class AdaptersCheckTest {

    private final ComponentDescriptionDTO description = description("eu.nephele.smo.adapters.karmada");

    @Test
    void anAdapterWithoutAConfigurationIsNamed() {
        assertThat(message(configuration(ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION)))
                .isEqualTo("WARN: eu.nephele.smo.adapters.karmada is not configured; none has started");
    }

    @Test
    void whatItWaitsForIsNamed() {
        ComponentConfigurationDTO waiting = configuration(ComponentConfigurationDTO.UNSATISFIED_REFERENCE);
        UnsatisfiedReferenceDTO missing = new UnsatisfiedReferenceDTO();
        missing.name = "http";
        waiting.unsatisfiedReferences = new UnsatisfiedReferenceDTO[] {missing};
        ReferenceDTO reference = new ReferenceDTO();
        reference.name = "http";
        reference.interfaceName = "eu.nephele.smo.api.port.http.HttpSystems";
        description.references = new ReferenceDTO[] {reference};
        assertThat(message(waiting)).contains("eu.nephele.smo.adapters.karmada waits for HttpSystems");
    }

    @Test
    void aWrongValueIsReportedInTheWordsOfTheAdapter() {
        ComponentConfigurationDTO failed = configuration(ComponentConfigurationDTO.FAILED_ACTIVATION);
        failed.properties = Map.of("service.pid", "eu.nephele.smo.adapters.karmada~lab");
        failed.failure = """
                java.lang.reflect.InvocationTargetException
                \tat x.Y.z(Y.java:1)
                Caused by: java.lang.IllegalArgumentException: resyncSeconds=0, expected 1 or more
                \tat x.Y
                """;
        assertThat(message(failed))
                .isEqualTo("WARN: eu.nephele.smo.adapters.karmada~lab has not started: resyncSeconds=0, expected 1 or"
                        + " more; none has started");
    }

    @Test
    void whatHasNotStartedForAllItsComponentsHasNotStarted() {
        ComponentConfigurationDTO failed = configuration(ComponentConfigurationDTO.FAILED_ACTIVATION);
        failed.failure = "java.lang.IllegalArgumentException: host is a_b, expected a name or an address";
        ComponentConfigurationDTO right = configuration(ComponentConfigurationDTO.SATISFIED);
        ComponentConfigurationDTO other = configuration(ComponentConfigurationDTO.ACTIVE);
        failed.properties = Map.of("service.pid", "eu.nephele.smo.adapters.docker~a");
        right.properties = failed.properties;
        other.properties = Map.of("service.pid", "eu.nephele.smo.adapters.docker~b");
        assertThat(message(failed, right, other))
                .isEqualTo("WARN: eu.nephele.smo.adapters.docker~a has not started: host is a_b, expected a name or an"
                        + " address; started: eu.nephele.smo.adapters.docker~b");
    }

    @Test
    void whatHasStartedIsListedAndOtherComponentsAreNobodysBusinessHere() {
        assertThat(message(configuration(ComponentConfigurationDTO.ACTIVE)))
                .isEqualTo("started: eu.nephele.smo.adapters.karmada");
        ServiceComponentRuntime others = mock(ServiceComponentRuntime.class);
        when(others.getComponentDescriptionDTOs()).thenReturn(List.of(description("eu.nephele.smo.core.engine")));
        assertThat(AdaptersCheck.run(others)).isEmpty();
    }

    private String message(ComponentConfigurationDTO... configurations) {
        ServiceComponentRuntime components = mock(ServiceComponentRuntime.class);
        when(components.getComponentDescriptionDTOs()).thenReturn(List.of(description));
        when(components.getComponentConfigurationDTOs(any())).thenReturn(List.of(configurations));
        Readiness.ReadinessCheck check = AdaptersCheck.run(components).orElseThrow();
        assertThat(check.ok()).isTrue();
        return check.message();
    }

    private static ComponentDescriptionDTO description(String bundle) {
        ComponentDescriptionDTO description = new ComponentDescriptionDTO();
        description.name = bundle;
        description.bundle = new BundleDTO();
        description.bundle.symbolicName = bundle;
        description.references = new ReferenceDTO[0];
        return description;
    }

    private static ComponentConfigurationDTO configuration(int state) {
        ComponentConfigurationDTO configuration = new ComponentConfigurationDTO();
        configuration.state = state;
        configuration.properties = Map.of();
        configuration.unsatisfiedReferences = new UnsatisfiedReferenceDTO[0];
        return configuration;
    }
}
