// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.Operation.Kind;
import eu.nephele.smo.api.runtime.Operation.State;
import eu.nephele.smo.api.runtime.OperationService;
import eu.nephele.smo.api.runtime.RequestOrigin;
import eu.nephele.smo.api.runtime.RequestOrigin.IdempotencyKey;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.SmoException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Keeps operations in a map. */
final class InMemoryOperations implements OperationService {

    /** Context of the requests that begin operations; "" for none. */
    volatile String traceParent = "";

    private int waiting;

    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");

    private final Map<String, Operation> operations = new TreeMap<>();

    /** Callers of cancellations. */
    final List<RequestOrigin> cancellations = new ArrayList<>();

    synchronized Operation begin(
            Kind kind,
            Optional<GraphId> graph,
            Optional<ClusterId> cluster,
            long generation,
            RequestOrigin origin,
            State state) {
        ResourceRef target = graph.map(ResourceRef::of).orElseGet(() -> ResourceRef.of(cluster.orElseThrow()));
        return begin(kind, target, generation, origin, state);
    }

    /** On a plugin. */
    synchronized Operation begin(Kind kind, String plugin, RequestOrigin origin, State state) {
        return begin(kind, ResourceRef.plugin(plugin), 0, origin, state);
    }

    /** On whatever it is. */
    synchronized Operation begin(Kind kind, ResourceRef target, long generation, RequestOrigin origin, State state) {
        String id = "op-%03d".formatted(operations.size() + 1);
        Operation.Step step = new Operation.Step(
                Operation.Action.INSTALL, "web", "release web on c2", Operation.StepState.PENDING, "");
        Operation.Stage stage = new Operation.Stage("deciding", START, Optional.of(Duration.ofMillis(12)));
        Operation operation = new Operation(
                id,
                kind,
                target,
                state,
                generation,
                0,
                origin.traced(traceParent),
                Operation.Times.from(START),
                List.of(step),
                List.of(stage, new Operation.Stage("applying", START, Optional.empty())),
                Optional.empty(),
                "");
        operations.put(id, operation);
        return state.isFinal() ? end(id, state, Optional.empty()) : operation;
    }

    /** As somebody else made it, or made of it; who waits for it is woken. */
    synchronized void put(Operation operation) {
        operations.put(operation.id(), operation);
        notifyAll();
    }

    synchronized String nextId() {
        return "op-%03d".formatted(operations.size() + 1);
    }

    /** Ends an operation; who waits for it is woken. */
    synchronized Operation end(String id, State state, Optional<Operation.Fault> fault) {
        Operation was = find(id, CallContext.INTERNAL).orElseThrow();
        Operation is = new Operation(
                id,
                was.kind(),
                was.target(),
                state,
                was.generation(),
                was.wish(),
                was.origin(),
                was.times().changed(START.plusSeconds(2), true),
                was.steps(),
                was.stages(),
                fault,
                fault.map(Operation.Fault::message).orElse("done"));
        operations.put(id, is);
        notifyAll();
        return is;
    }

    synchronized Optional<Operation> latestOf(GraphId graph) {
        return list(Optional.of(ResourceRef.of(graph)), Optional.empty(), false, 1, CallContext.INTERNAL).stream()
                .findFirst();
    }

    /** As retention does. */
    synchronized void forgetAll() {
        operations.clear();
    }

    @Override
    public synchronized Optional<Operation> find(String id, CallContext call) {
        return Optional.ofNullable(operations.get(id));
    }

    @Override
    public synchronized Optional<Operation> repeated(CallContext call) {
        Optional<IdempotencyKey> key = call.origin().idempotency();
        Optional<Operation> first = operations.values().stream()
                .filter(operation -> key.isPresent()
                        && operation
                                .origin()
                                .idempotency()
                                .filter(known -> known.key().equals(key.get().key()))
                                .isPresent())
                .findFirst();
        if (first.filter(operation -> !operation.origin().idempotency().equals(key))
                .isPresent()) {
            throw SmoException.of(
                    SmoException.Kind.UNPROCESSABLE, "smo", "The key stands for another request", Optional.empty());
        }
        return first;
    }

    @Override
    public synchronized List<Operation> list(
            Optional<ResourceRef> target, Optional<String> beforeId, boolean openOnly, int limit, CallContext call) {
        return operations.values().stream()
                .filter(operation -> target.isEmpty() || operation.target().equals(target.get()))
                .filter(operation -> beforeId.isEmpty() || operation.id().compareTo(beforeId.get()) < 0)
                .filter(operation -> !openOnly || !operation.state().isFinal())
                .sorted(Comparator.comparing(Operation::id).reversed())
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized List<Operation> listOf(
            String kind, String project, Optional<String> beforeId, boolean openOnly, int limit, CallContext call) {
        return list(Optional.empty(), beforeId, openOnly, Integer.MAX_VALUE, CallContext.INTERNAL).stream()
                .filter(operation -> operation.target().kind().equals(kind))
                .filter(operation -> operation.target().project().equals(project))
                .limit(limit)
                .toList();
    }

    /** How many wait now. */
    synchronized int waiting() {
        return waiting;
    }

    @Override
    public synchronized Operation await(String id, Duration atMost, CallContext call) {
        long end = System.nanoTime() + atMost.toNanos();
        waiting++;
        try {
            for (long left = atMost.toMillis(); left > 0 && !known(id).state().isFinal(); ) {
                wait(left);
                left = Duration.ofNanos(end - System.nanoTime()).toMillis();
            }
        } catch (InterruptedException ending) {
            throw new IllegalStateException(ending);
        } finally {
            waiting--;
        }
        return known(id);
    }

    @Override
    public synchronized Operation cancel(String id, CallContext call) {
        Operation operation = known(id);
        if (operation.state() != State.PENDING) {
            throw SmoException.conflict("Operation %s is %s: it cannot be taken back".formatted(id, operation.state()));
        }
        cancellations.add(call.origin());
        return end(id, State.CANCELLED, Optional.empty());
    }

    private Operation known(String id) {
        return find(id, CallContext.INTERNAL)
                .orElseThrow(() -> SmoException.notFound("There is no operation %s".formatted(id)));
    }
}
