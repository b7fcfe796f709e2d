// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.runtime;

import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.Operation.Fault;
import eu.nephele.smo.api.runtime.Operation.Kind;
import eu.nephele.smo.api.runtime.Operation.Stage;
import eu.nephele.smo.api.runtime.Operation.State;
import eu.nephele.smo.api.runtime.Operation.Step;
import eu.nephele.smo.api.runtime.Operation.Times;
import eu.nephele.smo.api.runtime.RequestOrigin;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.core.contract.store.IdempotencyRecord;
import eu.nephele.smo.core.contract.store.OperationStore;
import eu.nephele.smo.core.contract.work.PriorityLevel;
import eu.nephele.smo.core.contract.work.SortableIds;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Operations on resources that are not final, in memory as they are in the store: each pass reads them. Entered when
 * they are stored, loaded at the start.
 */
final class OpenOperations {

    private static final Set<Kind> OURS = Set.of(Kind.APPLY, Kind.DELETE);
    private static final String APPLYING = "applying";
    /** A resource has two of them, seldom more. */
    private static final int MOST = 100;

    private final Map<ResourceRef, List<Operation>> open = new ConcurrentHashMap<>();
    private final OperationStore store;
    private final SortableIds ids;
    private final Clock clock;

    OpenOperations(OperationStore store, Clock clock) {
        this.store = store;
        this.ids = new SortableIds(clock);
        this.clock = clock;
    }

    void load() {
        open.clear();
        store.open().stream()
                .filter(operation -> OURS.contains(operation.kind()))
                .forEach(this::enter);
    }

    List<Operation> list(ResourceRef ref) {
        return open.getOrDefault(ref, List.of());
    }

    /**
     * Operations of a resource that leaves. A pass may see that it leaves before the request has entered its operation
     * here, but not before that is stored.
     */
    List<Operation> ofLeaving(ResourceRef ref) {
        List<Operation> known = list(ref);
        return known.stream().anyMatch(operation -> operation.kind() == Kind.DELETE)
                ? known
                : store.list(new OperationStore.Query(Optional.of(ref), Optional.empty(), true, MOST)).stream()
                        .filter(operation -> OURS.contains(operation.kind()))
                        .toList();
    }

    PriorityLevel laneOf(ResourceRef ref) {
        List<Operation> known = list(ref);
        boolean leaves = known.stream().anyMatch(operation -> operation.kind() == Kind.DELETE);
        return leaves ? PriorityLevel.REMOVAL : known.isEmpty() ? PriorityLevel.ROUTINE : PriorityLevel.PROGRESS;
    }

    Operation begin(Kind kind, ResourceRef ref, long generation, RequestOrigin origin) {
        Instant now = clock.instant();
        return new Operation(
                ids.next(),
                kind,
                ref,
                State.PENDING,
                generation,
                0,
                origin,
                Times.from(now),
                List.of(),
                List.of(new Stage(APPLYING, now, Optional.empty())),
                Optional.empty(),
                "");
    }

    /** Over when it begins, without stages: for a request with a key whose desired state is reached already. */
    Operation needless(ResourceRef ref, long generation, RequestOrigin origin) {
        Operation begun = begin(Kind.APPLY, ref, generation, origin);
        return new Operation(
                begun.id(),
                begun.kind(),
                ref,
                State.SUCCEEDED,
                generation,
                begun.wish(),
                origin,
                begun.times().changed(begun.createdAt(), true),
                List.of(),
                List.of(),
                Optional.empty(),
                "the resource is in the desired state already; nothing was changed");
    }

    List<Operation> superseded(ResourceRef ref, String later) {
        return list(ref).stream()
                .filter(operation -> operation.kind() == Kind.APPLY)
                .map(operation -> changed(
                        operation, State.SUPERSEDED, Optional.empty(), "operation %s took its place".formatted(later)))
                .toList();
    }

    /** Their resource is gone: no pass will end them. */
    void settleGone(ResourceRef ref) {
        List<Operation> ended = list(ref).stream()
                .map(operation -> operation.kind() == Kind.DELETE
                        ? succeeded(operation)
                        : changed(operation, State.SUPERSEDED, Optional.empty(), "the resource is gone"))
                .toList();
        if (!ended.isEmpty()) {
            store.save(ended);
            stored(ended);
        }
    }

    /** A request for the desired state of an earlier one is answered alike when it comes again. */
    void repeat(Operation operation, RequestOrigin origin) {
        origin.idempotency()
                .ifPresent(key -> store.accept(
                        operation,
                        new IdempotencyRecord(key.key(), key.fingerprint(), operation.id(), clock.instant())));
    }

    void enter(Operation operation) {
        open.merge(operation.target(), List.of(operation), (known, fresh) -> {
            List<Operation> all = new ArrayList<>(known);
            all.addAll(fresh);
            return List.copyOf(all);
        });
    }

    /** Stored like this; one that has ended meanwhile is final in the store as well, whatever the result of a pass. */
    void stored(List<Operation> operations) {
        operations.forEach(operation -> open.computeIfPresent(operation.target(), (ref, known) -> {
            List<Operation> next = known.stream()
                    .map(each -> each.id().equals(operation.id()) ? operation : each)
                    .filter(each -> !each.state().isFinal())
                    .toList();
            return next.isEmpty() ? null : next;
        }));
    }

    Operation succeeded(Operation operation) {
        return ended(operation, "");
    }

    Operation ended(Operation operation, String message) {
        return changed(operation, State.SUCCEEDED, Optional.empty(), message);
    }

    Operation failed(Operation operation, Fault why) {
        return changed(operation, State.FAILED, Optional.of(why), why.message());
    }

    Operation going(Operation operation, Optional<Fault> heldUpBy, String message) {
        return changed(operation, State.RUNNING, heldUpBy, message);
    }

    /** Adds its steps outside; without any it stays as it was. */
    Operation showing(Operation operation, List<Step> steps) {
        return steps.isEmpty() || operation.steps().equals(steps)
                ? operation
                : new Operation(
                        operation.id(),
                        operation.kind(),
                        operation.target(),
                        operation.state(),
                        operation.generation(),
                        operation.wish(),
                        operation.origin(),
                        operation.times().changed(clock.instant(), false),
                        steps,
                        operation.stages(),
                        operation.error(),
                        operation.message());
    }

    private Operation changed(Operation operation, State state, Optional<Fault> error, String message) {
        if (operation.state() == state
                && operation.error().equals(error)
                && operation.message().equals(message)) {
            return operation;
        }
        Instant now = clock.instant();
        return new Operation(
                operation.id(),
                operation.kind(),
                operation.target(),
                state,
                operation.generation(),
                operation.wish(),
                operation.origin(),
                operation.times().changed(now, state.isFinal()),
                operation.steps(),
                state.isFinal() ? ended(operation.stages(), now) : operation.stages(),
                error,
                message);
    }

    /** A clock may be set back; nothing takes less than no time. */
    private static List<Stage> ended(List<Stage> stages, Instant now) {
        return stages.stream()
                .map(stage -> new Stage(
                        stage.name(),
                        stage.startedAt(),
                        Optional.of(
                                now.isBefore(stage.startedAt())
                                        ? Duration.ZERO
                                        : Duration.between(stage.startedAt(), now))))
                .toList();
    }
}
