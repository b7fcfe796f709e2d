// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.InfrastructureProvider;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.Operation.Fault;
import eu.nephele.smo.api.runtime.Operation.Kind;
import eu.nephele.smo.api.runtime.Operation.State;
import eu.nephele.smo.api.runtime.Operation.Step;
import eu.nephele.smo.api.runtime.Reconciled;
import eu.nephele.smo.api.runtime.Reconciled.Outcome;
import eu.nephele.smo.api.runtime.Reconciliation;
import eu.nephele.smo.api.runtime.RequestOrigin;
import eu.nephele.smo.api.runtime.RequestOrigin.IdempotencyKey;
import eu.nephele.smo.api.runtime.Resource;
import eu.nephele.smo.api.runtime.ResourceKind;
import eu.nephele.smo.api.runtime.ResourceQuery;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.ResourceService;
import eu.nephele.smo.api.runtime.ResourceStatus;
import eu.nephele.smo.api.runtime.ResourceStatus.Phase;
import eu.nephele.smo.api.runtime.ResourceWish;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.infrastructure.InfrastructureController;
import eu.nephele.smo.core.infrastructure.ProviderInstance;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiFunction;

/**
 * The runtime for infrastructure, with its real controller: what is asked for, or ended outside, is looked at before the call
 * returns. Other kinds are those of others.
 */
final class DrivenInfrastructure implements ResourceService {

    private static final String KIND = InfrastructureController.INFRASTRUCTURE;
    private static final int MOST_PASSES = 20;
    private static final Duration AT_ONCE = Duration.ofMillis(10);

    private final ResourceService others;
    private final InMemoryOperations operations;
    private final InfrastructureController controller;
    private final Map<ResourceRef, Resource> resources = new TreeMap<>();
    private final Map<String, Operation> byKey = new TreeMap<>();
    private boolean passing;

    /** How long ago an operation was accepted that is accepted now. */
    volatile Duration age = Duration.ZERO;

    DrivenInfrastructure(
            ResourceService others, InMemoryOperations operations, Map<String, InfrastructureProvider> providers) {
        this.others = others;
        this.operations = operations;
        this.controller = new InfrastructureController(
                () -> sources(providers), this::wake, ref -> find(ref, CallContext.INTERNAL));
    }

    private static Map<String, ProviderInstance> sources(Map<String, InfrastructureProvider> providers) {
        Map<String, ProviderInstance> sources = new TreeMap<>();
        providers.forEach((name, provider) ->
                sources.put(name, new ProviderInstance(provider, System.identityHashCode(provider))));
        return sources;
    }

    @Override
    public List<ResourceKind> kinds() {
        return others.kinds();
    }

    @Override
    public synchronized Accepted apply(ResourceRef ref, ResourceWish wish, CallContext call) {
        if (!ref.kind().equals(KIND)) {
            return others.apply(ref, wish, new CallContext(call.origin(), Optional.empty()));
        }
        Optional<Operation> repeated = repeated(call.origin());
        if (repeated.isPresent()) {
            return new Accepted(known(ref), false, repeated);
        }
        Optional<Resource> present = find(ref, CallContext.INTERNAL);
        checkGeneration(present, wish.ifGeneration());
        if (present.filter(Resource::leaving).isPresent()) {
            throw SmoException.conflict("%s is being removed".formatted(ref));
        }
        if (present.filter(is -> is.desired().equals(wish.desired())).isPresent()) {
            return new Accepted(present.get(), false, Optional.empty());
        }
        Instant now = Instant.now();
        Resource next = new Resource(
                ref,
                present.map(Resource::uid).orElseGet(() -> UUID.randomUUID().toString()),
                present.map(Resource::generation).orElse(0L) + 1,
                1,
                wish.desired(),
                wish.labels(),
                false,
                present.map(Resource::status).orElse(ResourceStatus.NOTHING),
                present.map(Resource::createdAt).orElse(now),
                now);
        Operation operation = begin(Kind.APPLY, next, call.origin());
        return new Accepted(next, present.isEmpty(), Optional.of(operation));
    }

    @Override
    public synchronized Operation remove(ResourceRef ref, OptionalLong ifGeneration, CallContext call) {
        if (!ref.kind().equals(KIND)) {
            return others.remove(ref, ifGeneration, new CallContext(call.origin(), Optional.empty()));
        }
        Optional<Operation> repeated = repeated(call.origin());
        if (repeated.isPresent()) {
            return repeated.get();
        }
        Resource present = known(ref);
        if (present.leaving()) {
            return open(ref).get(0);
        }
        checkGeneration(find(ref, CallContext.INTERNAL), ifGeneration);
        return begin(Kind.DELETE, present.leaving(Instant.now()), call.origin());
    }

    @Override
    public synchronized Operation forget(ResourceRef ref, OptionalLong ifGeneration, CallContext call) {
        if (!ref.kind().equals(KIND)) {
            return others.forget(ref, ifGeneration, new CallContext(call.origin(), Optional.empty()));
        }
        Operation operation =
                ended(fresh(Kind.DELETE, known(ref), call.origin()), State.SUCCEEDED, Optional.empty(), "forgotten");
        operations.put(operation);
        resources.remove(ref);
        return operation;
    }

    private Operation begin(Kind kind, Resource resource, RequestOrigin origin) {
        for (Operation superseded : open(resource.ref())) {
            operations.put(ended(superseded, State.SUPERSEDED, Optional.empty(), "something else is asked for"));
        }
        Operation operation = fresh(kind, resource, origin);
        operations.put(operation);
        origin.idempotency().map(IdempotencyKey::key).ifPresent(key -> byKey.put(key, operation));
        resources.put(resource.ref(), resource);
        look(resource.ref());
        return operation;
    }

    private Operation fresh(Kind kind, Resource resource, RequestOrigin origin) {
        return new Operation(
                operations.nextId(),
                kind,
                resource.ref(),
                State.PENDING,
                resource.generation(),
                0,
                origin,
                Operation.Times.from(Instant.now().minus(age)),
                List.of(),
                List.of(),
                Optional.empty(),
                "");
    }

    private List<Operation> open(ResourceRef ref) {
        return operations.list(Optional.of(ref), Optional.empty(), true, 10, CallContext.INTERNAL);
    }

    /** As after a day. */
    synchronized void forgetKeys() {
        byKey.clear();
    }

    private Optional<Operation> repeated(RequestOrigin origin) {
        Optional<Operation> first =
                origin.idempotency().map(IdempotencyKey::key).map(byKey::get);
        if (first.isPresent() && !first.get().origin().idempotency().equals(origin.idempotency())) {
            throw SmoException.of(
                    SmoException.Kind.UNPROCESSABLE, "smo", "The key stands for another request", Optional.empty());
        }
        return first.map(Operation::id).flatMap(id -> operations.find(id, CallContext.INTERNAL));
    }

    @Override
    public synchronized Optional<Resource> find(ResourceRef ref, CallContext call) {
        return ref.kind().equals(KIND)
                ? Optional.ofNullable(resources.get(ref))
                : others.find(ref, CallContext.INTERNAL);
    }

    private Resource known(ResourceRef ref) {
        return find(ref, CallContext.INTERNAL).orElseThrow(() -> SmoException.notFound("There is no " + ref));
    }

    private static void checkGeneration(Optional<Resource> present, OptionalLong wanted) {
        long is = present.map(Resource::generation).orElse(0L);
        if (wanted.isPresent() && wanted.getAsLong() != is) {
            throw SmoException.conflict("It has generation %d, not %d".formatted(is, wanted.getAsLong()));
        }
    }

    @Override
    public synchronized List<Resource> list(ResourceQuery query, CallContext call) {
        return query.kind().equals(KIND)
                ? resources.values().stream()
                        .filter(resource -> query.after()
                                .map(after -> resource.ref().compareTo(after) > 0)
                                .orElse(true))
                        .limit(query.limit())
                        .toList()
                : others.list(query, CallContext.INTERNAL);
    }

    @Override
    public synchronized void wake(ResourceRef ref) {
        if (!passing && resources.containsKey(ref)) {
            look(ref);
        }
    }

    private void look(ResourceRef ref) {
        passing = true;
        try {
            Optional<Duration> again = Optional.of(AT_ONCE);
            for (int pass = 0;
                    pass < MOST_PASSES && again.filter(AT_ONCE::equals).isPresent();
                    pass++) {
                Reconciled answer = controller.reconcile(known(ref), new Call());
                note(known(ref), answer);
                again = answer.outcome() == Outcome.GONE ? Optional.empty() : answer.again();
            }
        } catch (AdapterException outside) {
            // it is looked at again some time
            assertThat(outside.getMessage()).isNotEmpty();
        } catch (InterruptedException ending) {
            throw new IllegalStateException(ending);
        } finally {
            passing = false;
        }
    }

    private void note(Resource resource, Reconciled answer) {
        BiFunction<State, Operation, Operation> ending = (state, operation) ->
                ended(operation, state, state == State.FAILED ? answer.fault() : Optional.empty(), answer.message());
        ResourceStatus seen =
                new ResourceStatus(Phase.PROGRESSING, resource.generation(), answer.observed(), List.of());
        resources.put(
                resource.ref(),
                answer.outcome() == Outcome.KEPT ? resource.seen(seen).staying(Instant.now()) : resource.seen(seen));
        for (Operation before : open(resource.ref())) {
            Operation operation = answer.steps().isEmpty() ? before : showing(before, answer.steps());
            operations.put(
                    switch (answer.outcome()) {
                        case READY, GONE -> ending.apply(State.SUCCEEDED, operation);
                        case FAILED, KEPT -> ending.apply(State.FAILED, operation);
                        case PROGRESSING -> operation;
                    });
        }
        if (answer.outcome() == Outcome.GONE) {
            resources.remove(resource.ref());
        }
    }

    private static Operation showing(Operation operation, List<Step> steps) {
        return new Operation(
                operation.id(),
                operation.kind(),
                operation.target(),
                operation.state(),
                operation.generation(),
                operation.wish(),
                operation.origin(),
                operation.times(),
                steps,
                operation.stages(),
                operation.error(),
                operation.message());
    }

    private static Operation ended(Operation operation, State state, Optional<Fault> fault, String message) {
        return new Operation(
                operation.id(),
                operation.kind(),
                operation.target(),
                state,
                operation.generation(),
                operation.wish(),
                operation.origin(),
                operation.times().changed(Instant.now(), true),
                operation.steps(),
                operation.stages(),
                fault,
                message);
    }

    private record Call() implements Reconciliation {

        @Override
        public Clock clock() {
            return Clock.systemUTC();
        }

        @Override
        public Duration remaining() {
            return Duration.ofSeconds(30);
        }
    }
}
