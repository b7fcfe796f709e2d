// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine;

import static org.osgi.service.component.annotations.ReferenceCardinality.MULTIPLE;
import static org.osgi.service.component.annotations.ReferenceCardinality.OPTIONAL;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;
import static org.osgi.service.component.annotations.ReferencePolicyOption.GREEDY;

import eu.nephele.smo.api.graph.AlertService;
import eu.nephele.smo.api.graph.ClusterService;
import eu.nephele.smo.api.graph.GraphService;
import eu.nephele.smo.api.graph.PlanService;
import eu.nephele.smo.api.placement.MoveHook;
import eu.nephele.smo.api.port.AlertRules;
import eu.nephele.smo.api.port.ClusterRegistry;
import eu.nephele.smo.api.port.DashboardPublisher;
import eu.nephele.smo.api.port.MetricsSource;
import eu.nephele.smo.api.port.NetworkFabric;
import eu.nephele.smo.api.port.SignalSource;
import eu.nephele.smo.api.port.WorkloadDeployer;
import eu.nephele.smo.api.port.WorkloadRuntime;
import eu.nephele.smo.api.runtime.OperationService;
import eu.nephele.smo.api.runtime.Tenure;
import eu.nephele.smo.core.contract.admission.AdmissionControl;
import eu.nephele.smo.core.contract.fleet.FleetWorld;
import eu.nephele.smo.core.contract.health.HealthProbe;
import eu.nephele.smo.core.contract.health.HealthWarnings;
import eu.nephele.smo.core.contract.history.LoadService;
import eu.nephele.smo.core.contract.measure.MetricsRecorder;
import eu.nephele.smo.core.contract.outside.OutsideGuard;
import eu.nephele.smo.core.contract.outside.PortDescription;
import eu.nephele.smo.core.contract.overview.OverviewService;
import eu.nephele.smo.core.contract.profile.ServiceProfiles;
import eu.nephele.smo.core.contract.quota.QuotaListener;
import eu.nephele.smo.core.contract.runtime.EngineActivity;
import eu.nephele.smo.core.engine.cluster.AdapterPorts;
import eu.nephele.smo.core.engine.context.EngineDependencies;
import eu.nephele.smo.core.engine.context.EngineSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engine as an OSGi component; adapters come and go while it runs. */
@Component(
        service = {},
        immediate = true,
        configurationPid = EngineComponent.PID)
@Designate(ocd = EngineConfig.class)
public final class EngineComponent {

    private static final Logger LOG = LoggerFactory.getLogger(EngineComponent.class);

    static final String PID = "eu.nephele.smo.core.engine";

    private final AdapterPorts ports = new AdapterPorts();
    private final OutsideGuard guard;
    private final Engine engine;
    private final List<ServiceRegistration<?>> doors = new ArrayList<>();

    @Activate
    public EngineComponent(
            EngineConfig config, @Reference EngineDependencies engineDependencies, @Reference OutsideGuard guard) {
        this.guard = guard;
        EngineSettings settings = SettingsReader.read(config);
        this.engine = new Engine(engineDependencies, ports, settings, config.workers());
        engine.standBy();
    }

    /** After all references: the services are published when the engine is complete. */
    @Activate
    void open(BundleContext context) {
        Engine.EngineServices open = engine.doors();
        open(context, GraphService.class, open.graphs());
        open(context, OperationService.class, open.operations());
        open(context, PlanService.class, open.plans());
        open(context, ClusterService.class, open.clusters());
        open(context, AlertService.class, open.alerts());
        open(context, FleetWorld.class, open.fleet());
        open(context, OverviewService.class, open.overview());
        open(context, LoadService.class, open.loads());
        open(context, AdmissionControl.class, engine.admission());
        open(context, QuotaListener.class, project -> engine.quotaChanged());
        open(context, HealthWarnings.class, new OverloadWarning(engine.admission()));
        engine.probe().ifPresent(probe -> open(context, HealthProbe.class, probe));
        engine.activity().ifPresent(activity -> open(context, EngineActivity.class, activity));
    }

    private <T> void open(BundleContext context, Class<T> type, T door) {
        doors.add(context.registerService(type, door, FrameworkUtil.asDictionary(Map.of())));
    }

    @Deactivate
    void close() {
        doors.forEach(ServiceRegistration::unregister);
        engine.close();
    }

    /** Called once: at the end of the tenure the stores leave, and the engine with them. */
    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    void bindTenure(Tenure tenure) {
        LOG.info("engine started epoch={}", tenure.epoch());
        ports.begin(tenure);
        engine.begin();
    }

    void unbindTenure(Tenure over) {
        LOG.info("engine stopping epoch={}", over.epoch());
    }

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC)
    void addMeasurements(MetricsRecorder metricsRecorder) {
        engine.publish(metricsRecorder);
    }

    void removeMeasurements(MetricsRecorder metricsRecorder) {
        LOG.debug("metrics recorder removed recorder={}", metricsRecorder);
    }

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC)
    void addRegistry(ClusterRegistry registry, Map<String, Object> properties) {
        came(ClusterRegistry.class, registry, properties);
    }

    void removeRegistry(ClusterRegistry registry, Map<String, Object> properties) {
        left(ClusterRegistry.class, registry, properties);
    }

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC)
    void addRuntime(WorkloadRuntime runtime, Map<String, Object> properties) {
        came(WorkloadRuntime.class, runtime, properties);
    }

    void removeRuntime(WorkloadRuntime runtime, Map<String, Object> properties) {
        left(WorkloadRuntime.class, runtime, properties);
    }

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC)
    void addDeployer(WorkloadDeployer deployer, Map<String, Object> properties) {
        came(WorkloadDeployer.class, deployer, properties);
    }

    void removeDeployer(WorkloadDeployer deployer, Map<String, Object> properties) {
        left(WorkloadDeployer.class, deployer, properties);
    }

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC)
    void addMetrics(MetricsSource source, Map<String, Object> properties) {
        came(MetricsSource.class, source, properties);
    }

    void removeMetrics(MetricsSource source, Map<String, Object> properties) {
        left(MetricsSource.class, source, properties);
    }

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC)
    void addSignals(SignalSource source, Map<String, Object> properties) {
        came(SignalSource.class, source, properties);
    }

    void removeSignals(SignalSource source, Map<String, Object> properties) {
        left(SignalSource.class, source, properties);
    }

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC)
    void addAlertRules(AlertRules rules, Map<String, Object> properties) {
        came(AlertRules.class, rules, properties);
    }

    void removeAlertRules(AlertRules rules, Map<String, Object> properties) {
        left(AlertRules.class, rules, properties);
    }

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC)
    void addDashboards(DashboardPublisher publisher, Map<String, Object> properties) {
        came(DashboardPublisher.class, publisher, properties);
    }

    void removeDashboards(DashboardPublisher publisher, Map<String, Object> properties) {
        left(DashboardPublisher.class, publisher, properties);
    }

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC)
    void addFabric(NetworkFabric fabric, Map<String, Object> properties) {
        came(NetworkFabric.class, fabric, properties);
    }

    void removeFabric(NetworkFabric fabric, Map<String, Object> properties) {
        left(NetworkFabric.class, fabric, properties);
    }

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC)
    void addProfiles(ServiceProfiles profiles) {
        ports.add(profiles);
    }

    void removeProfiles(ServiceProfiles profiles) {
        ports.remove(profiles);
    }

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC)
    void addMoveHook(MoveHook hook) {
        ports.add(hook);
    }

    void removeMoveHook(MoveHook hook) {
        ports.remove(hook);
    }

    private <T> void came(Class<T> port, T adapter, Map<String, Object> properties) {
        String which = PortDescription.of(port).which(properties);
        ports.add(port, which, guard.guard(port, adapter, properties), ranking(properties));
    }

    /** Two views of one adapter behind one guard are equal. */
    private <T> void left(Class<T> port, T adapter, Map<String, Object> properties) {
        String which = PortDescription.of(port).which(properties);
        ports.remove(port, which, guard.guard(port, adapter, properties));
    }

    private static int ranking(Map<String, Object> properties) {
        return properties.get(Constants.SERVICE_RANKING) instanceof Integer ranking ? ranking : 0;
    }
}
