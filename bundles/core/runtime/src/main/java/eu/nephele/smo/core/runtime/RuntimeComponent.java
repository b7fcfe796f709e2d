// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.runtime;

import static org.osgi.service.component.annotations.ReferenceCardinality.MULTIPLE;
import static org.osgi.service.component.annotations.ReferenceCardinality.OPTIONAL;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;
import static org.osgi.service.component.annotations.ReferencePolicyOption.GREEDY;

import eu.nephele.smo.api.runtime.AuditedActions;
import eu.nephele.smo.api.runtime.ResourceService;
import eu.nephele.smo.api.runtime.Tenure;
import eu.nephele.smo.core.contract.access.InstalledAccess;
import eu.nephele.smo.core.contract.descriptor.SchemaValidatorFactory;
import eu.nephele.smo.core.contract.health.HealthProbe;
import eu.nephele.smo.core.contract.health.HealthWarnings;
import eu.nephele.smo.core.contract.measure.MetricsRecorder;
import eu.nephele.smo.core.contract.plugin.ProductBundles;
import eu.nephele.smo.core.contract.plugin.ServiceGate;
import eu.nephele.smo.core.contract.store.OperationStore;
import eu.nephele.smo.core.contract.store.ResourceStore;
import eu.nephele.smo.core.runtime.controller.ControllerTracker;
import eu.nephele.smo.core.runtime.schema.FirstStart;
import eu.nephele.smo.core.runtime.schema.KindSchemas;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The runtime behind OSGi: it is available as long as its store is. */
@Component(
        service = {},
        immediate = true,
        configurationPid = RuntimeComponent.PID)
@Designate(ocd = RuntimeConfig.class)
public final class RuntimeComponent {

    private static final Logger LOG = LoggerFactory.getLogger(RuntimeComponent.class);

    static final String PID = "eu.nephele.smo.core.runtime";

    private final InstalledAccess access;
    private final ResourceRuntime runtime;
    private final ControllerTracker tracker;
    private final List<ServiceRegistration<?>> doors = new ArrayList<>();

    @Activate
    public RuntimeComponent(
            BundleContext context,
            RuntimeConfig config,
            @Reference ResourceStore resources,
            @Reference OperationStore operations,
            @Reference SchemaValidatorFactory schemas,
            @Reference FirstStart firstStart) {
        RuntimeSettings settings = RuntimeSettings.read(config);
        this.access = new InstalledAccess(context);
        this.runtime = new ResourceRuntime(resources, operations, settings, access, Clock.systemUTC());
        KindSchemas kindSchemas = new KindSchemas(schemas, ProductBundles.from(context), firstStart.at());
        this.tracker = new ControllerTracker(context, kindSchemas, runtime.controllers());
        open(context, ResourceService.class, runtime.door());
        open(context, AuditedActions.class, runtime.actions());
        open(context, HealthProbe.class, runtime.probe());
        open(context, HealthWarnings.class, runtime.warnings());
    }

    /** After all recorders are known: the first measurements count, too. */
    @Activate
    void begin() {
        tracker.open();
    }

    private <T> void open(BundleContext context, Class<T> type, T door) {
        doors.add(context.registerService(type, door, FrameworkUtil.asDictionary(Map.of())));
    }

    @Deactivate
    void close() {
        doors.forEach(ServiceRegistration::unregister);
        runtime.closeDoor();
        tracker.close();
        runtime.close();
        access.close();
    }

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    void bindGate(ServiceGate serviceGate) {
        tracker.gateCame(serviceGate);
    }

    void unbindGate(ServiceGate serviceGate) {
        tracker.gateWent(serviceGate);
    }

    /** Called once: at the end of the tenure the stores leave, and the runtime with them. */
    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    void bindTenure(Tenure tenure) {
        LOG.debug("resource runtime started epoch={}", tenure.epoch());
        runtime.begin(tenure);
    }

    void unbindTenure(Tenure over) {
        LOG.debug("resource runtime stopping epoch={}", over.epoch());
        runtime.end(over);
    }

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC)
    void addMeasurements(MetricsRecorder metricsRecorder) {
        runtime.publish(metricsRecorder);
    }

    void removeMeasurements(MetricsRecorder metricsRecorder) {
        runtime.forget(metricsRecorder);
    }
}
