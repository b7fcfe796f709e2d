// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.runtime;

import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.ResourceService;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.access.AccessControl;
import eu.nephele.smo.core.contract.access.Doorkeeper;
import eu.nephele.smo.core.contract.health.HealthProbe;
import eu.nephele.smo.core.contract.health.HealthWarnings;
import eu.nephele.smo.core.contract.measure.Measurements;
import eu.nephele.smo.core.contract.store.OperationStore;
import eu.nephele.smo.core.contract.store.Repeats;
import eu.nephele.smo.core.contract.store.ResourceStore;
import eu.nephele.smo.core.contract.work.Lane;
import eu.nephele.smo.core.contract.work.WorkQueue.Next;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Controllers, resources and the queue between them, put together. Runs in OSGi behind {@link RuntimeComponent}, and without. */
final class ResourceRuntime implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ResourceRuntime.class);
    private static final int PAGE = 500;

    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final ResourceStore store;
    private final KindWorks work;
    private final Controllers controllers = new Controllers(this::cameNew);
    private final ControllerCalls calls;
    private final Tally tally = new Tally();
    private final OpenOperations operations;
    private volatile boolean begun;
    private volatile boolean closed;
    private final Passes passes;
    private final ResourceDoor door;
    private final Doorkeeper keeper;
    private final List<Measurements> measurements = new CopyOnWriteArrayList<>();

    ResourceRuntime(
            ResourceStore store,
            OperationStore operationStore,
            RuntimeSettings settings,
            AccessControl access,
            Clock clock) {
        this.store = store;
        OpenOperations operations = new OpenOperations(operationStore, clock);
        Documents documents = new Documents(settings.maxDocumentBytes());
        this.calls = new ControllerCalls(settings, documents, clock);
        this.passes = new Passes(store, calls, operations, tally, settings, clock);
        this.work = new KindWorks(settings.workers(), settings.backOff(), this::pass, operations::laneOf);
        ResourceDesk desk = new ResourceDesk(
                new ResourceDesk.Stored(store, new Repeats(operationStore), operations),
                controllers,
                documents,
                tally,
                work,
                clock);
        this.keeper = access.doorkeeper("The runtime of resources");
        this.operations = operations;
        this.door = new ResourceDoor(desk, keeper);
        keeper.hold();
    }

    /** This server works from now on, as soon as what is stored has been picked up: tried again until it has. */
    void begin() {
        if (closed) {
            return;
        }
        try {
            operations.load();
            tally.load(store);
            begun = true;
            controllers.all().forEach(this::cameNew);
            keeper.begin();
        } catch (SmoException away) {
            LOG.warn("what is stored cannot be picked up now; tried again: {}", away.getMessage());
            CompletableFuture.delayedExecutor(AGAIN.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(this::begin);
        }
    }

    private Next pass(ResourceRef ref) {
        long begun = System.nanoTime();
        Next next = passes.pass(ref, controllers.of(ref.kind()));
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        String outcome = next.getClass().getSimpleName().toLowerCase(Locale.ROOT);
        measurements.forEach(
                to -> to.time("smo_runtime_pass_seconds", Map.of("kind", ref.kind(), "outcome", outcome), took));
        return next;
    }

    /** All its resources are looked at: what was left open, and what its documents say differently now. */
    private void cameNew(Installed installed) {
        if (!begun) {
            return;
        }
        String kind = installed.kind().name();
        work.threads(kind).execute(() -> queueAll(kind));
    }

    private void queueAll(String kind) {
        try {
            Optional<ResourceRef> last = Optional.empty();
            List<ResourceRef> page;
            do {
                page = store.refs(kind, last, PAGE);
                page.forEach(ref -> work.add(ref, Lane.ROUTINE));
                last = page.isEmpty() ? last : Optional.of(page.get(page.size() - 1));
            } while (page.size() == PAGE);
        } catch (SmoException away) {
            LOG.warn("kind={} its resources are looked at later: {}", kind, away.getMessage());
            work.threads(kind).after(AGAIN, () -> queueAll(kind));
        }
    }

    Controllers controllers() {
        return controllers;
    }

    /** Turns new requests away, and waits for those inside: what they store is there before a successor reads it. */
    void closeDoor() {
        keeper.end();
    }

    ResourceService door() {
        return door;
    }

    HealthProbe probe() {
        return work;
    }

    HealthWarnings warnings() {
        return new HealthWarnings() {
            @Override
            public String subject() {
                return "controllers";
            }

            @Override
            public List<String> warnings() {
                return controllers.all().stream()
                        .filter(calls::isBlocked)
                        .map(installed -> "the controller of %s has %d calls that do not end and is not asked any more"
                                .formatted(installed.origin(), installed.lost().get()))
                        .toList();
            }
        };
    }

    void publish(Measurements to) {
        measurements.add(to);
        tally.publish(to);
        work.publish(to);
    }

    void forget(Measurements gone) {
        measurements.remove(gone);
        tally.forget(gone);
        work.forget(gone);
    }

    @Override
    public void close() {
        closed = true;
        work.close();
    }
}
