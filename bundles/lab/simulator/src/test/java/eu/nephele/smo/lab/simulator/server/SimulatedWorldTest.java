// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.port.AlertRules;
import eu.nephele.smo.api.port.ClusterRegistry;
import eu.nephele.smo.api.port.InfrastructureProvider;
import eu.nephele.smo.api.port.MetricQuery;
import eu.nephele.smo.api.port.MetricsSource;
import eu.nephele.smo.api.port.SignalSource;
import eu.nephele.smo.api.port.WorkloadDeployer;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.api.port.WorkloadRuntime;
import eu.nephele.smo.lab.simulator.ScenarioException;
import eu.nephele.smo.lab.simulator.WorldControl;
import java.time.Duration;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

class SimulatedWorldTest {

    private final BundleContext context = mock(BundleContext.class);
    private final ServiceRegistration<?> registration = mock(ServiceRegistration.class);
    private final Map<Class<?>, Dictionary<String, ?>> published = new HashMap<>();

    @Test
    @SuppressWarnings({"unchecked", "rawtypes"})
    void publishesThePortsOfOneWorldAndTakesThemBack() {
        when(context.registerService(any(Class.class), any(Object.class), any(Dictionary.class)))
                .thenAnswer(call -> {
                    published.put(call.getArgument(0), call.getArgument(2));
                    return (ServiceRegistration) registration;
                });

        SimulatedWorld world = new SimulatedWorld(context, configuration("default", 1, -1));

        assertThat(published)
                .containsOnlyKeys(
                        ClusterRegistry.class,
                        WorkloadRuntime.class,
                        WorkloadDeployer.class,
                        MetricsSource.class,
                        SignalSource.class,
                        AlertRules.class,
                        InfrastructureProvider.class,
                        WorldControl.class);
        assertThat(published.get(ClusterRegistry.class).get("smo.cluster.source"))
                .isEqualTo("sim");
        assertThat(published.get(WorkloadRuntime.class).get("smo.cluster.source"))
                .isEqualTo("sim");
        assertThat(published.get(WorkloadDeployer.class).get("smo.artifact.type"))
                .isEqualTo("helm");
        assertThat(published.get(InfrastructureProvider.class).get("smo.capacity.source"))
                .isEqualTo("sim");
        world.end();
        verify(registration, times(8)).unregister();
    }

    @Test
    void takesTheStartUpDelayFromItsConfigurationWhenThereIsOne() {
        assertThat(SimulatedWorld.scenario(configuration("default", 1, 20)).startupDelay())
                .isEqualTo(Duration.ofMillis(20));
        assertThat(SimulatedWorld.scenario(configuration("default", 1, -1)).startupDelay())
                .isEqualTo(Duration.ofMillis(1500));
        assertThat(SimulatedWorld.scenario(configuration("../../../examples/scenarios/crowded.yaml", 1, -1))
                        .name())
                .isEqualTo("crowded");
    }

    @Test
    @SuppressWarnings({"unchecked", "rawtypes"})
    void besideRealClustersLoadAndSignalsAreByName() {
        Map<Class<?>, Object> services = new HashMap<>();
        when(context.registerService(any(Class.class), any(Object.class), any(Dictionary.class)))
                .thenAnswer(call -> {
                    services.put(call.getArgument(0), call.getArgument(1));
                    return (ServiceRegistration) registration;
                });
        SimulatorConfiguration configuration = configuration("../../../examples/scenarios/brussels.yaml", 1, -1);
        when(configuration.simulates()).thenReturn(new String[] {"metrics", "signals"});

        SimulatedWorld world = new SimulatedWorld(context, configuration);

        assertThat(services).containsOnlyKeys(MetricsSource.class, SignalSource.class, WorldControl.class);
        MetricQuery load = new MetricQuery(
                MetricQuery.REQUEST_RATE,
                new WorkloadRef(new GraphId("demo", "brussels"), "noise-reduction"),
                Duration.ofMinutes(1),
                Optional.empty());
        assertThat(((MetricsSource) services.get(MetricsSource.class)).instant(List.of(load)))
                .containsKey(load);
        ClusterId real = new ClusterId("karmada", "c1");
        assertThat(((SignalSource) services.get(SignalSource.class)).signals(List.of(real)))
                .containsKey(real);
        world.end();
    }

    @Test
    void refusesAConfigurationThatCannotWorkAndNamesTheKey() {
        assertThatExceptionOfType(ScenarioException.class)
                .isThrownBy(() -> new SimulatedWorld(context, configuration("default", 0, -1)))
                .withMessageContaining("timeFactor=0.0");
        assertThatExceptionOfType(ScenarioException.class)
                .isThrownBy(() -> new SimulatedWorld(context, configuration("nowhere.yaml", 1, -1)))
                .withMessageContaining("nowhere.yaml cannot be read");
        verify(context, times(0)).registerService(eq(WorldControl.class), any(WorldControl.class), any());
    }

    private static SimulatorConfiguration configuration(String scenario, double timeFactor, long delayMillis) {
        SimulatorConfiguration configuration = mock(SimulatorConfiguration.class);
        when(configuration.scenario()).thenReturn(scenario);
        when(configuration.timeFactor()).thenReturn(timeFactor);
        when(configuration.startupDelayMillis()).thenReturn(delayMillis);
        when(configuration.alertsUrl()).thenReturn("none");
        when(configuration.alertsSecret()).thenReturn("");
        when(configuration.evaluationIntervalMillis()).thenReturn(-1L);
        when(configuration.groupWaitMillis()).thenReturn(-1L);
        when(configuration.groupIntervalMillis()).thenReturn(-1L);
        when(configuration.repeatIntervalMillis()).thenReturn(-1L);
        when(configuration.sendResolved()).thenReturn(true);
        when(configuration.simulates()).thenReturn(new String[] {"everything"});
        return configuration;
    }
}
