// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.runtime;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.Operation.Fault;
import eu.nephele.smo.api.runtime.Operation.Kind;
import eu.nephele.smo.api.runtime.Reconciled;
import eu.nephele.smo.api.runtime.Reconciled.Outcome;
import eu.nephele.smo.api.runtime.Resource;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.ResourceStatus;
import eu.nephele.smo.api.runtime.ResourceStatus.Phase;
import eu.nephele.smo.api.runtime.ResourceWish;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.event.EventDraft;
import eu.nephele.smo.core.contract.store.ResourceStore;
import eu.nephele.smo.core.contract.store.TransactionalWrites;
import eu.nephele.smo.core.contract.work.WorkQueue.PassResult;
import eu.nephele.smo.core.runtime.controller.ControllerFault;
import eu.nephele.smo.core.runtime.controller.InstalledController;
import eu.nephele.smo.core.runtime.document.ResourceDocumentValidator;
import eu.nephele.smo.core.runtime.measure.ResourceCounter;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One pass over one resource: the answer of its controller is stored, published, and decides on the next pass. */
final class ResourceReconciler {

    private static final Logger LOG = LoggerFactory.getLogger(ResourceReconciler.class);

    private static final Duration SHORTEST = Duration.ofMillis(10);
    private static final Duration LONGEST = Duration.ofDays(1);

    private final ResourceStore store;
    private final ControllerCalls calls;
    private final OpenOperations operations;
    private final ResourceCounter resourceCounter;
    private final RuntimeSettings settings;
    private final ResourceStatusFactory notes;
    private final ResourceEventFactory events;
    private final Clock clock;

    ResourceReconciler(
            ResourceStore store,
            ControllerCalls calls,
            OpenOperations operations,
            ResourceCounter resourceCounter,
            RuntimeSettings settings,
            Clock clock) {
        this.store = store;
        this.calls = calls;
        this.operations = operations;
        this.resourceCounter = resourceCounter;
        this.settings = settings;
        this.notes = new ResourceStatusFactory(clock);
        this.events = new ResourceEventFactory(clock);
        this.clock = clock;
    }

    /** @param controller of its kind; empty: the resource stays as it is, and is queued again when there is one */
    PassResult pass(ResourceRef ref, Optional<InstalledController> controller) {
        Optional<Duration> rest = calls.rest();
        if (rest.isPresent()) {
            return new PassResult.RequeueAfter(rest.get());
        }
        try {
            Optional<Resource> resource = store.find(ref);
            if (resource.isEmpty()) {
                operations.settleGone(ref);
            }
            return resource.isPresent() && controller.isPresent()
                    ? pass(resource.get(), controller.get())
                    : new PassResult.Finished();
        } catch (SmoException e) {
            LOG.warn("pass postponed resource={} reason=\"{}\"", ref, e.getMessage());
            return new PassResult.Retry();
        }
    }

    private PassResult pass(Resource resource, InstalledController installed) {
        try {
            Reconciled answer = calls.call(installed, resource);
            installed.record().answered();
            return switch (answer.outcome()) {
                case GONE -> gone(resource, answer);
                case KEPT -> kept(resource, installed, answer);
                case READY, PROGRESSING, FAILED -> answered(resource, answer);
            };
        } catch (AdapterException outside) {
            installed.record().failed(outside.getMessage());
            unanswered(resource, "OutsideFailed", outside.getMessage(), fault(outside));
            return PassResult.after(List.of(outside));
        } catch (ControllerFault fault) {
            return faulty(resource, installed, fault);
        } catch (SmoException refused) {
            if (refused.kind() != SmoException.Kind.INVALID) {
                throw refused;
            }
            String what = "answered a status that cannot be stored: " + refused.getMessage();
            return faulty(resource, installed, ControllerFault.nonsense(installed, what));
        }
    }

    private PassResult faulty(Resource resource, InstalledController installed, ControllerFault fault) {
        if (fault.isEnding()) {
            return new PassResult.Retry();
        }
        if (fault.isTenureEnded()) {
            return ownerless(resource, fault);
        }
        if (!fault.isOfDocument()) {
            installed.record().failed(fault.getMessage());
        }
        Fault told = new Fault(SmoException.Kind.UNAVAILABLE, installed.kind().name(), fault.getMessage());
        unanswered(resource, fault.reason(), fault.getMessage(), told);
        return new PassResult.PassRejected();
    }

    /** The store rejects it unless this server still, or again, owns the database; the next owner continues. */
    private PassResult ownerless(Resource resource, ControllerFault fault) {
        try {
            Fault told = new Fault(SmoException.Kind.UNAVAILABLE, "smo", fault.getMessage());
            unanswered(resource, fault.reason(), fault.getMessage(), told);
        } catch (SmoException refused) {
            LOG.debug(
                    "storing status rejected resource={} reason=\"{}\"; it is left to the leader",
                    resource.ref(),
                    refused.getMessage());
        }
        return new PassResult.RequeueAfter(calls.rest().orElse(SHORTEST));
    }

    private PassResult answered(Resource resource, Reconciled answer) {
        record(resource, notes.after(resource, answer), operation -> judged(operation, answer));
        Optional<Duration> again = answer.again().map(ResourceReconciler::bounded);
        return switch (answer.outcome()) {
            case READY -> new PassResult.RequeueAfter(again.orElse(settings.look()));
            case PROGRESSING -> new PassResult.RequeueAfter(again.orElse(settings.poll()));
            case FAILED, GONE, KEPT ->
                again.<PassResult>map(PassResult.RequeueAfter::new).orElseGet(PassResult.PassRejected::new);
        };
    }

    /** Neither without a delay nor for ever. */
    private static Duration bounded(Duration again) {
        return again.compareTo(SHORTEST) < 0 ? SHORTEST : again.compareTo(LONGEST) > 0 ? LONGEST : again;
    }

    private Operation judged(Operation before, Reconciled answer) {
        Operation operation = operations.showing(before, answer.steps());
        Fault fault = fault(operation, answer);
        if (operation.kind() == Kind.DELETE) {
            boolean failed = answer.outcome() == Outcome.FAILED;
            return operations.going(operation, failed ? Optional.of(fault) : Optional.empty(), answer.message());
        }
        return switch (answer.outcome()) {
            case READY -> operations.succeeded(operation);
            case FAILED -> operations.failed(operation, fault);
            case PROGRESSING, GONE, KEPT -> operations.going(operation, Optional.empty(), answer.message());
        };
    }

    private static Fault fault(Operation operation, Reconciled answer) {
        return answer.fault()
                .orElseGet(() -> new Fault(
                        SmoException.Kind.UPSTREAM_FAILED, operation.target().kind(), answer.message()));
    }

    private void unanswered(Resource resource, String reason, String message, Fault fault) {
        LOG.warn("controller gave no usable answer resource={} reason=\"{}\"", resource.ref(), message);
        record(
                resource,
                notes.without(resource, reason, message),
                operation -> operations.going(operation, Optional.of(fault), message));
    }

    private static Fault fault(AdapterException outside) {
        SmoException.Kind kind =
                switch (outside.kind()) {
                    case REFUSED, NOT_FOUND, CONFLICT -> SmoException.Kind.UPSTREAM_FAILED;
                    case UNAVAILABLE -> SmoException.Kind.UNAVAILABLE;
                    case TIMED_OUT -> SmoException.Kind.TIMED_OUT;
                };
        return new Fault(kind, outside.system(), outside.getMessage());
    }

    /** Records the status; an unchanged one is not written again. */
    private void record(Resource resource, ResourceStatus now, UnaryOperator<Operation> change) {
        List<Operation> answered = operations.list(resource.ref()).stream()
                .filter(operation -> operation.generation() <= resource.generation())
                .toList();
        List<Operation> next = answered.stream().map(change).toList();
        if (now.equals(resource.status()) && next.equals(answered)) {
            return;
        }
        List<EventDraft> told = events.seen(resource, now, next.stream().findFirst());
        if (store.observe(resource.ref(), resource.uid(), now, TransactionalWrites.of(told, next))) {
            operations.stored(next);
            resourceCounter.went(resource.ref().kind(), resource.status().phase());
            resourceCounter.came(resource.ref().kind(), now.phase());
        }
    }

    private PassResult gone(Resource resource, Reconciled answer) {
        List<Operation> ended = operations.ofLeaving(resource.ref()).stream()
                .map(operation -> operations.ended(operations.showing(operation, answer.steps()), answer.message()))
                .toList();
        EventDraft told = events.create("removed", resource, ended.stream().findFirst());
        Optional<Phase> was =
                store.remove(resource.ref(), resource.uid(), TransactionalWrites.of(List.of(told), ended));
        if (was.isPresent()) {
            operations.stored(ended);
            resourceCounter.went(resource.ref().kind(), was.get());
            LOG.info("resource removed resource={}", resource.ref());
        }
        return new PassResult.Finished();
    }

    /** Keeps a resource whose removal was refused; its status is recorded first, so that the next pass sees it. */
    private PassResult kept(Resource resource, InstalledController installed, Reconciled answer) {
        record(resource, notes.after(resource, answer), UnaryOperator.identity());
        List<Operation> failed = operations.list(resource.ref()).stream()
                .filter(operation -> operation.kind() == Kind.DELETE)
                .map(operation -> operations.showing(operation, answer.steps()))
                .map(operation -> operations.failed(operation, fault(operation, answer)))
                .toList();
        Resource staying = resource.staying(clock.instant());
        EventDraft told = events.kept(staying, failed.stream().findFirst(), answer.message());
        ResourceWish same = new ResourceWish(resource.desired(), resource.labels(), OptionalLong.empty());
        if (store.change(
                staying,
                resource.generation(),
                ResourceDocumentValidator.chosenBy(installed.kind(), same),
                TransactionalWrites.of(List.of(told), failed))) {
            operations.stored(failed);
        }
        return new PassResult.RequeueAfter(SHORTEST);
    }
}
