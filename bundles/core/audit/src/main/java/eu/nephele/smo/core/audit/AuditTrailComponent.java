// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.audit;

import static org.osgi.service.component.annotations.ReferenceCardinality.MULTIPLE;
import static org.osgi.service.component.annotations.ReferenceCardinality.OPTIONAL;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;
import static org.osgi.service.component.annotations.ReferencePolicyOption.GREEDY;

import eu.nephele.smo.api.port.AuditSink;
import eu.nephele.smo.api.runtime.Tenure;
import eu.nephele.smo.core.contract.access.AuditTrail;
import eu.nephele.smo.core.contract.event.EventStore;
import eu.nephele.smo.core.contract.measure.MetricsRecorder;
import eu.nephele.smo.core.contract.store.AuditStore;
import eu.nephele.smo.core.contract.store.InstanceStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/** Publishes the audit as long as the server runs, and follows the database and its ownership, which come and go. */
@Component(
        service = {AuditTrail.class, AuditTrailComponent.class},
        immediate = true,
        configurationPid = AuditTrailComponent.PID)
@Designate(ocd = AuditConfig.class)
public final class AuditTrailComponent implements AuditTrail {

    static final String PID = "eu.nephele.smo.core.audit";

    private final DurableTrail trail;
    private @Nullable Tenure tenure;
    private @Nullable AuditStore store;
    private @Nullable InstanceStore instance;
    private @Nullable EventStore events;

    /** @throws IOException when the key cannot be read or made: without it nothing is sealed, and nothing changed */
    @Activate
    public AuditTrailComponent(BundleContext context, AuditConfig config) throws IOException {
        this(new DurableTrail(AuditSettings.from(config, data(context))));
    }

    AuditTrailComponent(DurableTrail trail) {
        this.trail = trail;
    }

    private static Path data(BundleContext context) {
        return Optional.ofNullable(context.getProperty("smo.data"))
                .filter(path -> !path.isBlank())
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".smo", "data"));
    }

    DurableTrail trail() {
        return trail;
    }

    @Override
    public void record(AuditSink.AuditRecord entry) {
        trail.record(entry);
    }

    @Override
    public AuditedChange begin(AuditSink.AuditRecord intended) {
        return trail.begin(intended);
    }

    @Override
    public void note(AuditSink.AuditRecord entry) {
        trail.note(entry);
    }

    @Deactivate
    void close() {
        trail.close();
    }

    private void changed() {
        Tenure owner = tenure;
        AuditStore chain = store;
        InstanceStore here = instance;
        EventStore log = events;
        trail.owns(owner != null);
        trail.work(
                owner == null || chain == null || here == null || log == null
                        ? Optional.empty()
                        : Optional.of(new ChainServices(owner, chain, here, log)));
    }

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    synchronized void bindTenure(Tenure present) {
        tenure = present;
        changed();
    }

    synchronized void unbindTenure(Tenure gone) {
        if (tenure == gone) {
            tenure = null;
            changed();
        }
    }

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    synchronized void bindStore(AuditStore present) {
        store = present;
        changed();
    }

    synchronized void unbindStore(AuditStore gone) {
        if (store == gone) {
            store = null;
            changed();
        }
    }

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    synchronized void bindInstance(InstanceStore present) {
        instance = present;
        changed();
    }

    synchronized void unbindInstance(InstanceStore gone) {
        if (instance == gone) {
            instance = null;
            changed();
        }
    }

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    synchronized void bindEvents(EventStore present) {
        events = present;
        changed();
    }

    synchronized void unbindEvents(EventStore gone) {
        if (events == gone) {
            events = null;
            changed();
        }
    }

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC)
    void addSink(AuditSink sink) {
        trail.sinks().addSink(sink);
    }

    void removeSink(AuditSink sink) {
        trail.sinks().removeSink(sink);
    }

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC)
    void addMeasurements(MetricsRecorder recorder) {
        trail.metrics().add(recorder);
    }

    void removeMeasurements(MetricsRecorder recorder) {
        trail.metrics().remove(recorder);
    }
}
