// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.runtime;

import eu.nephele.smo.api.runtime.AuditedActions;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.ResourceService;
import eu.nephele.smo.api.runtime.Tenure;
import eu.nephele.smo.core.contract.access.AccessControl;
import eu.nephele.smo.core.contract.access.Authorizer;
import eu.nephele.smo.core.contract.audit.AuditEncoding;
import eu.nephele.smo.core.contract.health.HealthProbe;
import eu.nephele.smo.core.contract.health.HealthWarnings;
import eu.nephele.smo.core.contract.measure.Metric;
import eu.nephele.smo.core.contract.measure.MetricType;
import eu.nephele.smo.core.contract.measure.MetricsRecorder;
import eu.nephele.smo.core.contract.store.IdempotencyKeys;
import eu.nephele.smo.core.contract.store.OperationStore;
import eu.nephele.smo.core.contract.store.ResourceStore;
import eu.nephele.smo.core.contract.work.PriorityLevel;
import eu.nephele.smo.core.contract.work.WorkQueue.PassResult;
import eu.nephele.smo.core.runtime.controller.ControllerRegistry;
import eu.nephele.smo.core.runtime.controller.InstalledController;
import eu.nephele.smo.core.runtime.document.Examination;
import eu.nephele.smo.core.runtime.document.ResourceDocumentValidator;
import eu.nephele.smo.core.runtime.measure.ResourceCounter;
import eu.nephele.smo.core.runtime.tenure.CurrentTenure;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The runtime and its parts: controllers, resources and the queue between them. Runs in OSGi behind
 * {@link RuntimeComponent}, and without.
 */
@Metric(
        value = "smo_runtime_pass_seconds",
        type = MetricType.HISTOGRAM,
        unit = "seconds",
        labels = {"kind", "outcome=done|again|retry|refused"},
        meaning = "Passes over one resource, its controller included; `refused`: it failed, or its " + "controller did")
final class ResourceRuntime implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ResourceRuntime.class);
    private static final int PAGE = 500;

    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final ResourceStore store;
    private final KindWorkQueues work;
    private final ControllerRegistry controllers = new ControllerRegistry(this::cameNew, this::wentLast);
    private final CurrentTenure tenure = new CurrentTenure(System::nanoTime);
    private final RuntimeSettings settings;
    private final ControllerCalls calls;
    private final Examination examination;
    private final ResourceCounter resourceCounter = new ResourceCounter();
    private final OpenOperations operations;
    private volatile boolean begun;
    private volatile boolean closed;
    private volatile String heldUpBy = "";
    private final ResourceReconciler resourceReconciler;
    private final AuthorizedResourceService authorizedResourceService;
    private final Authorizer authorizer;
    private final List<MetricsRecorder> measurements = new CopyOnWriteArrayList<>();

    ResourceRuntime(
            ResourceStore store,
            OperationStore operationStore,
            RuntimeSettings settings,
            AccessControl access,
            Clock clock) {
        this.store = store;
        this.settings = settings;
        OpenOperations operations = new OpenOperations(operationStore, clock);
        ResourceDocumentValidator documents = new ResourceDocumentValidator(settings.maxDocumentBytes());
        this.calls = new ControllerCalls(settings, documents, clock, tenure);
        this.examination = new Examination(store, documents, controllers, settings.call());
        this.resourceReconciler = new ResourceReconciler(store, calls, operations, resourceCounter, settings, clock);
        this.work =
                new KindWorkQueues(controllers, settings.workers(), settings.backOff(), this::pass, operations::laneOf);
        ResourceLifecycle resourceLifecycle = new ResourceLifecycle(
                new ResourceLifecycle.ResourceStores(store, new IdempotencyKeys(operationStore), operations),
                controllers,
                documents,
                resourceCounter,
                work,
                clock);
        this.authorizer = access.authorizer("The runtime of resources").digesting(target -> store.find(target)
                .map(resource -> AuditEncoding.digest(resource.desired().canonical())));
        this.operations = operations;
        this.authorizedResourceService = new AuthorizedResourceService(resourceLifecycle, authorizer);
        authorizer.hold();
    }

    /** This server works as soon as the stored state is loaded: retried until then, with a warning for the operator. */
    void begin(Tenure held) {
        tenure.begin(held);
        pickUp();
    }

    /** Nothing is begun any more; this part of the server stops soon. */
    void end(Tenure over) {
        tenure.end(over);
    }

    /** Loads the state and handles every failure: an unnoticed failure here would reject all changes forever. */
    private void pickUp() {
        if (closed) {
            return;
        }
        try {
            operations.load();
            resourceCounter.load(store);
        } catch (RuntimeException failed) {
            heldUp(failed);
            CompletableFuture.delayedExecutor(AGAIN.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(this::pickUp);
            return;
        }
        heldUpBy = "";
        begun = true;
        controllers.all().forEach(this::cameNew);
        authorizer.begin();
    }

    /** Logged once for each reason: it is retried every second. */
    private void heldUp(RuntimeException failed) {
        String why = failed.toString();
        if (!why.equals(heldUpBy)) {
            heldUpBy = why;
            LOG.warn(
                    "loading stored operations failed reason=\"{}\"; retrying in {} ms", why, AGAIN.toMillis(), failed);
        }
    }

    private PassResult pass(ResourceRef ref) {
        long begun = System.nanoTime();
        PassResult passResult = resourceReconciler.pass(ref, controllers.find(ref.kind()));
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        measurements.forEach(to ->
                to.time("smo_runtime_pass_seconds", Map.of("kind", ref.kind(), "outcome", passResult.outcome()), took));
        return passResult;
    }

    /** All its resources are queued: open work continues, and changed documents are reconciled. */
    private void cameNew(InstalledController installed) {
        if (!begun) {
            return;
        }
        String kind = installed.kind().name();
        work.threads(kind).ifPresent(threads -> {
            threads.execute(() -> queueAll(kind));
            threads.execute(() -> examine(installed));
        });
    }

    private void wentLast(String kind) {
        work.leave(kind);
    }

    private void examine(InstalledController installed) {
        try {
            examination.run(installed);
        } catch (RuntimeException failed) {
            String kind = installed.kind().name();
            LOG.warn(
                    "checking stored documents failed kind={} reason=\"{}\"; retrying in {} ms",
                    kind,
                    failed.toString(),
                    AGAIN.toMillis());
            work.threads(kind).ifPresent(threads -> threads.after(AGAIN, () -> examine(installed)));
        }
    }

    private void queueAll(String kind) {
        try {
            Optional<ResourceRef> last = Optional.empty();
            List<ResourceRef> page;
            do {
                page = store.refs(kind, last, PAGE);
                page.forEach(ref -> work.add(ref, PriorityLevel.ROUTINE));
                last = page.isEmpty() ? last : Optional.of(page.get(page.size() - 1));
            } while (page.size() == PAGE);
        } catch (RuntimeException failed) {
            LOG.warn(
                    "queueing resources failed kind={} reason=\"{}\"; retrying in {} ms",
                    kind,
                    failed.toString(),
                    AGAIN.toMillis());
            work.threads(kind).ifPresent(threads -> threads.after(AGAIN, () -> queueAll(kind)));
        }
    }

    ControllerRegistry controllers() {
        return controllers;
    }

    /** Rejects new requests, and waits for the running ones: their writes are stored before a successor reads. */
    void closeDoor() {
        authorizer.end();
    }

    ResourceService door() {
        return authorizedResourceService;
    }

    AuditedActions actions() {
        return new AuthorizedActions(authorizer);
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
                Stream<String> notBegun = Stream.of(heldUpBy)
                        .filter(why -> !why.isEmpty())
                        .map(
                                "changes are rejected: stored operations cannot be loaded, retrying every second: %s"
                                        ::formatted);
                Stream<String> blocked = controllers.all().stream()
                        .filter(calls::isBlocked)
                        .map(installed -> "the controller of %s has %d calls that do not end and is not called any more"
                                .formatted(installed.origin(), installed.lost().get()));
                return Stream.of(notBegun, blocked, failing(), controllers.foreign())
                        .flatMap(Function.identity())
                        .toList();
            }
        };
    }

    /** A blocked controller is reported as that. */
    private Stream<String> failing() {
        Duration atLeast = settings.failing();
        Duration lately = atLeast.plus(settings.call());
        return controllers.all().stream()
                .filter(installed -> !calls.isBlocked(installed))
                .flatMap(installed -> installed
                        .record()
                        .failing(atLeast, lately)
                        .map(why ->
                                "no resource of kind %s was reconciled for %d s or longer, by the controller of %s: %s"
                                        .formatted(
                                                installed.kind().name(), atLeast.toSeconds(), installed.origin(), why))
                        .stream());
    }

    void publish(MetricsRecorder to) {
        measurements.add(to);
        resourceCounter.publish(to);
        work.publish(to);
    }

    void forget(MetricsRecorder gone) {
        measurements.remove(gone);
        resourceCounter.forget(gone);
        work.forget(gone);
    }

    @Override
    public void close() {
        closed = true;
        work.close();
    }
}
