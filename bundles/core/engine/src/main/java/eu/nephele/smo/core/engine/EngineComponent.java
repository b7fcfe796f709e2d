// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine;

import eu.nephele.smo.api.graph.AlertService;
import eu.nephele.smo.api.graph.ClusterService;
import eu.nephele.smo.api.graph.GraphService;
import eu.nephele.smo.api.graph.PlanService;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.placement.MoveHook;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AlertRules;
import eu.nephele.smo.api.port.ClusterRegistry;
import eu.nephele.smo.api.port.DashboardPublisher;
import eu.nephele.smo.api.port.MetricsSource;
import eu.nephele.smo.api.port.NetworkFabric;
import eu.nephele.smo.api.port.SignalSource;
import eu.nephele.smo.api.port.WorkloadDeployer;
import eu.nephele.smo.api.port.WorkloadRuntime;
import eu.nephele.smo.api.runtime.OperationService;
import eu.nephele.smo.core.contract.admission.AdmissionControl;
import eu.nephele.smo.core.contract.health.HealthProbe;
import eu.nephele.smo.core.contract.health.HealthWarnings;
import eu.nephele.smo.core.contract.measure.Measurements;
import eu.nephele.smo.core.contract.outside.OutsideGuard;
import eu.nephele.smo.core.contract.runtime.EngineActivity;
import eu.nephele.smo.core.engine.cluster.Ports;
import eu.nephele.smo.core.engine.context.EngineSettings;
import eu.nephele.smo.core.engine.context.Rooms;
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
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
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

    private final Ports ports = new Ports();
    private final OutsideGuard guard;
    private final Engine engine;
    private final List<ServiceRegistration<?>> doors = new ArrayList<>();

    @Activate
    public EngineComponent(
            BundleContext context, EngineConfig config, @Reference Rooms rooms, @Reference OutsideGuard guard) {
        this.guard = guard;
        EngineSettings settings = SettingsReader.read(config);
        this.engine = new Engine(rooms, ports, settings, config.workers());
        engine.start();
        Engine.Doors open = engine.doors();
        open(context, GraphService.class, open.graphs());
        open(context, OperationService.class, open.operations());
        open(context, PlanService.class, open.plans());
        open(context, ClusterService.class, open.clusters());
        open(context, AlertService.class, open.alerts());
        open(context, AdmissionControl.class, engine.admission());
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

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addMeasurements(Measurements measurements) {
        engine.publish(measurements);
    }

    void removeMeasurements(Measurements measurements) {
        LOG.debug("Gone with its gauges: {}", measurements);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addRegistry(ClusterRegistry registry, Map<String, Object> properties) {
        String source = text(properties, ClusterId.SOURCE);
        ports.add(source, guarded(ClusterRegistry.class, registry, properties, source), ranking(properties));
    }

    void removeRegistry(ClusterRegistry registry, Map<String, Object> properties) {
        String source = text(properties, ClusterId.SOURCE);
        ports.remove(source, guarded(ClusterRegistry.class, registry, properties, source));
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addRuntime(WorkloadRuntime runtime, Map<String, Object> properties) {
        String source = text(properties, ClusterId.SOURCE);
        ports.add(source, guarded(WorkloadRuntime.class, runtime, properties, source), ranking(properties));
    }

    void removeRuntime(WorkloadRuntime runtime, Map<String, Object> properties) {
        String source = text(properties, ClusterId.SOURCE);
        ports.remove(source, guarded(WorkloadRuntime.class, runtime, properties, source));
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addDeployer(WorkloadDeployer deployer, Map<String, Object> properties) {
        String type = text(properties, WorkloadDeployer.ARTIFACT_TYPE);
        ports.add(type, guarded(WorkloadDeployer.class, deployer, properties, type), ranking(properties));
    }

    void removeDeployer(WorkloadDeployer deployer, Map<String, Object> properties) {
        String type = text(properties, WorkloadDeployer.ARTIFACT_TYPE);
        ports.remove(type, guarded(WorkloadDeployer.class, deployer, properties, type));
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addMetrics(MetricsSource source, Map<String, Object> properties) {
        ports.add(guarded(MetricsSource.class, source, properties, "metrics"), ranking(properties));
    }

    void removeMetrics(MetricsSource source, Map<String, Object> properties) {
        ports.remove(guarded(MetricsSource.class, source, properties, "metrics"));
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addSignals(SignalSource source, Map<String, Object> properties) {
        ports.add(guarded(SignalSource.class, source, properties, "signals"), ranking(properties));
    }

    void removeSignals(SignalSource source, Map<String, Object> properties) {
        ports.remove(guarded(SignalSource.class, source, properties, "signals"));
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addAlertRules(AlertRules rules, Map<String, Object> properties) {
        ports.add(guarded(AlertRules.class, rules, properties, "alert-rules"), ranking(properties));
    }

    void removeAlertRules(AlertRules rules, Map<String, Object> properties) {
        ports.remove(guarded(AlertRules.class, rules, properties, "alert-rules"));
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addDashboards(DashboardPublisher publisher, Map<String, Object> properties) {
        ports.add(guarded(DashboardPublisher.class, publisher, properties, "dashboards"), ranking(properties));
    }

    void removeDashboards(DashboardPublisher publisher, Map<String, Object> properties) {
        ports.remove(guarded(DashboardPublisher.class, publisher, properties, "dashboards"));
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addFabric(NetworkFabric fabric, Map<String, Object> properties) {
        ports.add(guarded(NetworkFabric.class, fabric, properties, "network"), ranking(properties));
    }

    void removeFabric(NetworkFabric fabric, Map<String, Object> properties) {
        ports.remove(guarded(NetworkFabric.class, fabric, properties, "network"));
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addMoveHook(MoveHook hook) {
        ports.add(hook);
    }

    void removeMoveHook(MoveHook hook) {
        ports.remove(hook);
    }

    /** An adapter behind the guard of its system; two of the same are equal. */
    private <T> T guarded(Class<T> port, T adapter, Map<String, Object> properties, String otherwise) {
        Object system = properties.get(AdapterException.SYSTEM);
        return guard.guard(port, adapter, system instanceof String name && !name.isBlank() ? name : otherwise);
    }

    private static int ranking(Map<String, Object> properties) {
        return properties.get(Constants.SERVICE_RANKING) instanceof Integer ranking ? ranking : 0;
    }

    private static String text(Map<String, Object> properties, String name) {
        Object value = properties.get(name);
        if (value instanceof String text && !text.isBlank()) {
            return text;
        }
        throw new IllegalArgumentException("An adapter is published without the service property " + name);
    }
}
