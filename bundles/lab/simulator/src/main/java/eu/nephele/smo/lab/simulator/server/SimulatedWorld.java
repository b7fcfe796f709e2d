// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator.server;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AlertRules;
import eu.nephele.smo.api.port.ClusterRegistry;
import eu.nephele.smo.api.port.InfrastructureProvider;
import eu.nephele.smo.api.port.MetricsSource;
import eu.nephele.smo.api.port.SignalSource;
import eu.nephele.smo.api.port.WorkloadDeployer;
import eu.nephele.smo.api.port.WorkloadRuntime;
import eu.nephele.smo.lab.simulator.AlertTiming;
import eu.nephele.smo.lab.simulator.Scenario;
import eu.nephele.smo.lab.simulator.ScenarioException;
import eu.nephele.smo.lab.simulator.WorldControl;
import eu.nephele.smo.lab.simulator.federation.ScenarioFile;
import eu.nephele.smo.lab.simulator.federation.SimulatedFederation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one world in the server and publishes its ports. They are registered by hand because they are views of one object: as
 * components of their own they would be seven classes that only pass calls on.
 */
@Component(
        service = {},
        immediate = true,
        configurationPid = "eu.nephele.smo.lab.simulator")
@Capability(
        namespace = "osgi.service",
        attribute = "objectClass:List<String>=\"eu.nephele.smo.api.port.ClusterRegistry,"
                + "eu.nephele.smo.api.port.WorkloadRuntime,eu.nephele.smo.api.port.WorkloadDeployer,"
                + "eu.nephele.smo.api.port.MetricsSource,eu.nephele.smo.api.port.SignalSource,"
                + "eu.nephele.smo.api.port.AlertRules,eu.nephele.smo.api.port.InfrastructureProvider,"
                + "eu.nephele.smo.lab.simulator.WorldControl\"",
        effective = "active")
@Designate(ocd = SimulatorConfiguration.class)
public final class SimulatedWorld {

    private static final Logger LOG = LoggerFactory.getLogger(SimulatedWorld.class);
    private static final String HELM = "helm";
    private static final String INFRASTRUCTURE = "simulator";
    private static final String METRICS = "metrics";
    private static final String SIGNALS = "signals";

    private final SimulatedFederation federation;
    private final List<ServiceRegistration<?>> registrations = new ArrayList<>();

    /** @throws ScenarioException when the scenario is not valid; the rest of the server runs without a federation */
    @Activate
    public SimulatedWorld(BundleContext context, SimulatorConfiguration configuration) {
        Scenario scenario = scenario(configuration);
        Set<String> simulates = simulates(configuration);
        federation = SimulatedFederation.inRealTime(
                scenario,
                configuration.timeFactor(),
                new AlertReceiver(context).at(configuration.alertsUrl(), configuration.alertsSecret()));
        if (simulates.contains(SimulatorConfiguration.EVERYTHING)) {
            publishAll(context);
        } else {
            publishBeside(context, simulates);
        }
        register(context, WorldControl.class, federation, Map.of());
        LOG.info(
                "simulated federation started scenario=\"{}\" clusters={} simulates={}",
                scenario.name(),
                scenario.clusters().size(),
                simulates);
    }

    private void publishAll(BundleContext context) {
        Map<String, String> bySource = Map.of(ClusterId.SOURCE, SimulatedFederation.SOURCE);
        register(context, ClusterRegistry.class, federation.clusters(), bySource);
        register(context, WorkloadRuntime.class, federation.runtime(), bySource);
        register(context, WorkloadDeployer.class, federation.deployer(), Map.of(WorkloadDeployer.ARTIFACT_TYPE, HELM));
        register(context, MetricsSource.class, federation.metrics(), bySource);
        register(context, SignalSource.class, federation.signals(), bySource);
        register(context, AlertRules.class, federation.alertRules(), bySource);
        register(
                context,
                InfrastructureProvider.class,
                federation.infrastructure(),
                Map.of(
                        InfrastructureProvider.CAPACITY_SOURCE,
                        SimulatedFederation.SOURCE,
                        AdapterException.SYSTEM,
                        INFRASTRUCTURE));
    }

    private void publishBeside(BundleContext context, Set<String> simulates) {
        if (simulates.contains(METRICS)) {
            register(context, MetricsSource.class, federation.metricsElsewhere(), Map.of());
        }
        if (simulates.contains(SIGNALS)) {
            register(context, SignalSource.class, federation.signalsElsewhere(), Map.of());
        }
    }

    private static Set<String> simulates(SimulatorConfiguration configuration) {
        Set<String> simulates = new TreeSet<>(List.of(configuration.simulates()));
        Set<String> known = Set.of(SimulatorConfiguration.EVERYTHING, METRICS, SIGNALS);
        if (simulates.isEmpty() || !known.containsAll(simulates)) {
            throw new ScenarioException("simulates=%s in the configuration of the simulator, expected some of %s"
                    .formatted(simulates, new TreeSet<>(known)));
        }
        return simulates;
    }

    @Deactivate
    void end() {
        registrations.forEach(ServiceRegistration::unregister);
        federation.close();
    }

    static Scenario scenario(SimulatorConfiguration configuration) {
        if (!(configuration.timeFactor() > 0)) {
            throw new ScenarioException("timeFactor=%s in the configuration of the simulator, expected more than 0"
                    .formatted(configuration.timeFactor()));
        }
        Scenario scenario = configuration.scenario().equals(SimulatorConfiguration.BUILT_IN)
                ? ScenarioFile.builtIn()
                : ScenarioFile.read(Path.of(configuration.scenario()));
        Scenario timed = scenario.withAlerting(timing(scenario.alerting(), configuration));
        return configuration.startupDelayMillis() < 0
                ? timed
                : timed.withStartupDelay(Duration.ofMillis(configuration.startupDelayMillis()));
    }

    private static AlertTiming timing(AlertTiming scripted, SimulatorConfiguration configuration) {
        try {
            return new AlertTiming(
                    millis(configuration.evaluationIntervalMillis(), scripted.evaluationInterval()),
                    millis(configuration.groupWaitMillis(), scripted.groupWait()),
                    millis(configuration.groupIntervalMillis(), scripted.groupInterval()),
                    millis(configuration.repeatIntervalMillis(), scripted.repeatInterval()),
                    configuration.sendResolved() && scripted.sendResolved());
        } catch (IllegalArgumentException e) {
            throw new ScenarioException("Configuration of the simulator: " + e.getMessage(), e);
        }
    }

    private static Duration millis(long configured, Duration scripted) {
        return configured < 0 ? scripted : Duration.ofMillis(configured);
    }

    private <T> void register(BundleContext context, Class<T> type, T service, Map<String, String> properties) {
        registrations.add(context.registerService(type, service, FrameworkUtil.asDictionary(properties)));
    }
}
