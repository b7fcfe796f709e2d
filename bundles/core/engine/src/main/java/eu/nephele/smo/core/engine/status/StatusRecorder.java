// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.status;

import eu.nephele.smo.api.graph.Drift;
import eu.nephele.smo.api.graph.GraphView;
import eu.nephele.smo.api.model.DesiredState;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.Operation.Kind;
import eu.nephele.smo.api.runtime.Operation.State;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.event.EventDraft;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.contract.store.ObservedGraph;
import eu.nephele.smo.core.contract.store.ObservedGraph.ObservedService;
import eu.nephele.smo.core.contract.store.TransactionalWrites;
import eu.nephele.smo.core.engine.graph.GraphEventFactory;
import eu.nephele.smo.core.engine.graph.GraphIndex;
import eu.nephele.smo.core.engine.graph.GraphRepository;
import eu.nephele.smo.core.engine.graph.GraphViewFactory;
import eu.nephele.smo.core.engine.operation.OperationTracker;
import eu.nephele.smo.core.engine.operation.OperationTransitions;
import eu.nephele.smo.core.engine.scaling.ScalingPlans;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records observations and actions of a pass: in the store, in the cache of the ledger, and for waiting callers. */
public final class StatusRecorder {

    /**
     * @param drift outside changes that are there still
     * @param news further events beside those that follow from the change itself
     */
    public record PassObservation(Map<String, ObservedService> services, List<Drift> drift, List<EventDraft> news) {

        /** Services alone; without outside changes. */
        public static PassObservation of(Map<String, ObservedService> services) {
            return new PassObservation(services, List.of(), List.of());
        }

        /** The same as at the last observation. */
        public static PassObservation unchanged(GraphRecord record) {
            return new PassObservation(
                    record.observed().services(), record.observed().drift(), List.of());
        }

        public PassObservation with(List<EventDraft> events) {
            return new PassObservation(services, drift, events);
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(StatusRecorder.class);

    private final GraphRepository graphs;
    private final GraphViewFactory views;
    private final OperationTracker operations;
    private final GraphEventFactory graphEventFactory;
    private final GraphIndex graphIndex;
    private final ScalingPlans plans;
    private final Clock clock;

    public StatusRecorder(
            GraphRepository graphs,
            GraphViewFactory views,
            OperationTracker operations,
            GraphEventFactory graphEventFactory,
            GraphIndex graphIndex,
            ScalingPlans plans,
            Clock clock) {
        this.graphs = graphs;
        this.views = views;
        this.operations = operations;
        this.graphEventFactory = graphEventFactory;
        this.graphIndex = graphIndex;
        this.plans = plans;
        this.clock = clock;
    }

    public Conditions conditions(GraphRecord record) {
        return new Conditions(
                record.observed().conditions(),
                clock.instant(),
                record.desired().generation());
    }

    /**
     * Stores the observation and the progress of operations, with the events, if anything changed; returns the record
     * as it is now.
     */
    public GraphRecord save(
            GraphRecord record,
            GraphPhase wanted,
            Conditions conditions,
            PassObservation passObservation,
            PassOutcome outcome) {
        GraphPhase phase = allowed(record, wanted);
        ObservedGraph seen = seen(record, phase, conditions, passObservation, outcome);
        List<Operation> due = operations.due(record);
        List<Operation> changed = new ArrayList<>();
        for (Operation operation : due) {
            Operation next =
                    OperationProgress.next(operation, record, passObservation.services(), outcome, clock.instant());
            if (!next.equals(operation)) {
                changed.add(next);
            }
        }
        List<EventDraft> events = new ArrayList<>(passObservation.news());
        events.addAll(graphEventFactory.between(record, seen, changed, GraphEventFactory.latest(due)));
        write(record, seen, events, changed);
        operations.stored(changed, () -> view(record.id()), outcome.cause());
        outcome.cause().ifPresent(why -> operations.tellHeldUp(due, why));
        GraphRecord now = new GraphRecord(record.desired(), record.decided(), seen);
        record(now, phase, passObservation.services().size());
        plans.record(now, graphs.read(record.desired()));
        return now;
    }

    private static ObservedGraph seen(
            GraphRecord record,
            GraphPhase phase,
            Conditions conditions,
            PassObservation passObservation,
            PassOutcome outcome) {
        ObservedGraph last = record.observed();
        boolean done = outcome instanceof PassOutcome.Succeeded;
        boolean runs = done && record.desired().state() == DesiredState.RUNNING;
        return new ObservedGraph(
                phase,
                conditions.list(),
                passObservation.services(),
                record.desired().generation(),
                done ? record.desired().generation() : last.convergedGeneration(),
                runs ? record.desired().declaration().revision() : last.goodRevision(),
                passObservation.drift());
    }

    /**
     * Returns the writes stored with a decision that moves a graph to another phase. {@link #entered} has to follow.
     */
    public TransactionalWrites entering(
            GraphRecord record, GraphPhase wanted, Conditions conditions, List<Operation> running) {
        PassObservation passObservation = PassObservation.unchanged(record);
        PassOutcome going = new PassOutcome.InProgress();
        ObservedGraph seen = seen(record, allowed(record, wanted), conditions, passObservation, going);
        List<Operation> changed = running.stream()
                .map(operation ->
                        OperationProgress.next(operation, record, passObservation.services(), going, clock.instant()))
                .toList();
        List<EventDraft> events = graphEventFactory.between(record, seen, changed, GraphEventFactory.latest(running));
        return TransactionalWrites.of(events, changed).with(seen);
    }

    /** Takes note of the writes that were stored with a decision. */
    public void entered(GraphPhase from, GraphRecord record) {
        GraphPhase phase = record.observed().phase();
        if (phase != from) {
            LOG.info("phase changed graph={} from={} to={}", record.id(), from, phase);
        }
        record(record, phase, record.observed().services().size());
    }

    private GraphPhase allowed(GraphRecord record, GraphPhase wanted) {
        GraphPhase from = record.observed().phase();
        if (PhaseTable.allows(from, wanted)) {
            return wanted;
        }
        LOG.error("phase transition rejected graph={} from={} to={}; this is a defect", record.id(), from, wanted);
        return from;
    }

    private void write(GraphRecord record, ObservedGraph seen, List<EventDraft> events, List<Operation> changed) {
        if (seen.equals(record.observed()) && events.isEmpty() && changed.isEmpty()) {
            return;
        }
        graphs.observe(record.id(), seen, TransactionalWrites.of(events, changed));
        if (seen.phase() != record.observed().phase()) {
            LOG.info(
                    "phase changed graph={} from={} to={}",
                    record.id(),
                    record.observed().phase(),
                    seen.phase());
        }
    }

    /** Some of the operations that are due fail; the graph itself stays as it is. */
    public void fail(GraphRecord record, Predicate<Operation> which, SmoException why) {
        List<Operation> failed = operations.due(record).stream()
                .filter(which)
                .map(operation -> operations.ended(operation, State.FAILED, Optional.of(why), why.getMessage()))
                .toList();
        if (!failed.isEmpty()) {
            graphs.observe(record.id(), record.observed(), TransactionalWrites.of(List.of(), failed));
            operations.stored(failed, () -> view(record.id()), Optional.of(why));
        }
    }

    /** The operations that are due, as they are during a rollback. */
    public List<Operation> undoing(GraphRecord record, Operation.Fault why) {
        return operations.due(record).stream()
                .map(operation -> OperationTransitions.undoing(operation, why, "", clock.instant()))
                .toList();
    }

    public void stored(GraphRecord record, List<Operation> changed, Optional<SmoException> why) {
        operations.stored(changed, () -> view(record.id()), why);
    }

    public EventDraft event(String type, GraphRecord record, Map<String, String> data) {
        return graphEventFactory.create(type, record, GraphEventFactory.latest(operations.due(record)), data);
    }

    public List<EventDraft> removed(GraphRecord record, Collection<String> services) {
        return graphEventFactory.removed(record, services, GraphEventFactory.latest(operations.due(record)));
    }

    private Optional<GraphView> view(GraphId graph) {
        return graphs.find(graph).map(views::create);
    }

    /** Takes note of a graph's phase without storing anything. */
    public void record(GraphRecord record, GraphPhase phase, int services) {
        graphIndex.record(record.id(), phase, services);
        plans.entered(record.id(), phase, graphs.read(record.desired()));
    }

    public void waitsForRoom(GraphId graph) {
        graphIndex.waiting(graph);
    }

    public boolean isDue(GraphRecord record, Kind kind) {
        return operations.due(record).stream().anyMatch(operation -> operation.kind() == kind);
    }

    /** Notifies callers that wait for a decision on a graph of its state. */
    public void tellDecided(GraphRecord decided) {
        operations.tellDecided(
                decided.id(),
                decided.desired().generation(),
                decided.desired().wish().number(),
                () -> views.create(decided));
    }
}
