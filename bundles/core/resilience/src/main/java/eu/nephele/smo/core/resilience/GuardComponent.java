// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.resilience;

import static org.osgi.service.component.annotations.ReferenceCardinality.MULTIPLE;
import static org.osgi.service.component.annotations.ReferenceCardinality.OPTIONAL;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;
import static org.osgi.service.component.annotations.ReferencePolicyOption.GREEDY;

import eu.nephele.smo.api.port.Subscription;
import eu.nephele.smo.api.runtime.Tenure;
import eu.nephele.smo.core.contract.measure.MetricsRecorder;
import eu.nephele.smo.core.contract.outside.OutsideGuard;
import eu.nephele.smo.core.contract.outside.SystemState;
import eu.nephele.smo.core.contract.trace.InstalledTracing;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/** The guard as an OSGi component; limits change while calls run. Immediate: what it knows outlives those who use it. */
@Component(service = OutsideGuard.class, immediate = true, configurationPid = GuardComponent.PID)
@Designate(ocd = GuardConfig.class)
public final class GuardComponent implements OutsideGuard {

    static final String PID = "eu.nephele.smo.core.resilience";

    private final InstalledTracing tracing;
    private final SystemGuards guards;
    private final AdapterTracker adapterTracker;

    @Activate
    public GuardComponent(BundleContext context, GuardConfig config) {
        this.tracing = new InstalledTracing(context);
        this.guards =
                new SystemGuards(new LimitsReader(PID).read(config), Clock.systemUTC(), System::nanoTime, tracing);
        this.adapterTracker = new AdapterTracker(context, guards.departed());
        guards.outward().standBy();
    }

    @Modified
    void change(GuardConfig config) {
        guards.change(new LimitsReader(PID).read(config));
    }

    @Deactivate
    void close() {
        adapterTracker.close();
        guards.close();
        tracing.close();
    }

    @Override
    public <T> T guard(Class<T> port, T adapter, String system) {
        adapterTracker.watch(port);
        return guards.guard(port, adapter, system);
    }

    @Override
    public List<SystemState> systems() {
        return guards.systems();
    }

    @Override
    public Subscription subscribe(Consumer<SystemState> onChange) {
        return guards.subscribe(onChange);
    }

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    void bindTenure(Tenure tenure) {
        guards.outward().begin(tenure);
    }

    void unbindTenure(Tenure over) {
        guards.outward().end(over);
    }

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC)
    void addLimits(SystemLimits limits) {
        guards.add(limits);
    }

    void updatedLimits(SystemLimits limits) {
        guards.update();
    }

    void removeLimits(SystemLimits limits) {
        guards.remove(limits);
    }

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC)
    void addMeasurements(MetricsRecorder metricsRecorder) {
        guards.measure(metricsRecorder);
    }

    void removeMeasurements(MetricsRecorder metricsRecorder) {
        guards.measureNoMore(metricsRecorder);
    }
}
