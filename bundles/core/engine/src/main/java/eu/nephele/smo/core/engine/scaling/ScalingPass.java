// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.scaling;

import eu.nephele.smo.api.graph.SmoException;
import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.api.scaling.ScalingResult.Infeasible;
import eu.nephele.smo.api.scaling.ScalingResult.Keep;
import eu.nephele.smo.api.scaling.ScalingResult.Replicas;
import eu.nephele.smo.api.scaling.ScalingTarget;
import eu.nephele.smo.core.contract.decision.Journal;
import eu.nephele.smo.core.contract.decision.ScalingDecider;
import eu.nephele.smo.core.contract.decision.ScalingItem;
import eu.nephele.smo.core.contract.decision.ScalingOutcome;
import eu.nephele.smo.core.contract.event.EventDraft;
import eu.nephele.smo.core.contract.store.Alongside;
import eu.nephele.smo.core.contract.store.Decided;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.contract.store.GraphStore;
import eu.nephele.smo.core.contract.store.GraphStore.CommitResult;
import eu.nephele.smo.core.engine.cluster.ClusterBoard;
import eu.nephele.smo.core.engine.decision.Reservations;
import eu.nephele.smo.core.engine.decision.Transit;
import eu.nephele.smo.core.engine.graph.Graphs;
import eu.nephele.smo.core.engine.graph.Happenings;
import eu.nephele.smo.core.engine.proposal.Automation;
import eu.nephele.smo.core.engine.proposal.Problems;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides replicas beside the work queue: one pass reads the metrics of all graphs that are due in one batch, decides in one
 * batch, and reads and wakes only the graphs whose replicas change.
 */
public final class ScalingPass {

    private static final Logger LOG = LoggerFactory.getLogger(ScalingPass.class);

    private final GraphStore store;
    private final Graphs graphs;
    private final ClusterBoard board;
    private final Problems problems;
    private final Demand demand;
    private final ScalingDecider decider;
    private final Journal journal;
    private final Clock clock;
    private final Consumer<GraphId> wake;
    private final BiPredicate<GraphId, Runnable> exclusively;
    private final ScalingSchedule schedule;
    private final ScalingPlans plans;
    private final Automation automation;
    private final Happenings happenings;

    ScalingPass(
            GraphStore store,
            Graphs graphs,
            ClusterBoard board,
            Problems problems,
            Demand demand,
            ScalingDecider decider,
            Journal journal,
            Clock clock,
            Consumer<GraphId> wake,
            BiPredicate<GraphId, Runnable> exclusively,
            ScalingSchedule schedule,
            ScalingPlans plans,
            Automation automation,
            Happenings happenings) {
        this.store = store;
        this.graphs = graphs;
        this.board = board;
        this.problems = problems;
        this.demand = demand;
        this.decider = decider;
        this.journal = journal;
        this.clock = clock;
        this.wake = wake;
        this.exclusively = exclusively;
        this.schedule = schedule;
        this.plans = plans;
        this.automation = automation;
        this.happenings = happenings;
    }

    /** Looks at all graphs that are due. Called by one thread at a time. */
    public void run() {
        Instant now = clock.instant();
        List<GraphId> due = schedule.take(now);
        List<ScalingPlan> known = plans.of(due);
        List<ScalingCandidate> candidates = known.stream()
                .filter(ScalingPlan::open)
                .flatMap(plan -> candidates(plan).stream())
                .toList();
        known.stream().filter(plan -> !scales(plan)).forEach(plan -> unscalable(plan.graph(), List.of()));
        if (candidates.isEmpty()) {
            return;
        }
        Optional<List<ScalingItem>> read = demand.of(candidates, now);
        if (read.isEmpty()) {
            return;
        }
        List<ScalingItem> items = read.get();
        List<ScalingOutcome> outcomes = decider.decide(items, clusters(items));
        apply(candidates, outcomes);
    }

    /** Whether replicas of a graph are decided here at all; that no cluster of it is ready now says nothing about them. */
    private boolean scales(ScalingPlan plan) {
        return plan.services().stream().anyMatch(service -> scales(plan, service));
    }

    private boolean scales(ScalingPlan plan, ScalingPlan.Part service) {
        return decider.scales(plan.graph().project(), service.wishes());
    }

    private List<ScalingCandidate> candidates(ScalingPlan plan) {
        return plan.services().stream()
                .filter(service -> scales(plan, service))
                .flatMap(service -> service.shares().stream()
                        .filter(share -> board.ready(share.cluster()))
                        .map(share -> new ScalingCandidate(plan, service, share)))
                .toList();
    }

    private List<ClusterCapacity> clusters(List<ScalingItem> items) {
        Map<ClusterId, Resources> own = new TreeMap<>();
        items.forEach(item -> own.merge(
                item.target().cluster(),
                item.target().perReplica().times(item.target().replicas()),
                Resources::plus));
        return problems.capacitiesBeside(own).stream()
                .filter(cluster -> own.containsKey(cluster.id()))
                .toList();
    }

    private void apply(List<ScalingCandidate> candidates, List<ScalingOutcome> outcomes) {
        Map<GraphId, List<ScalingOutcome>> byGraph = new LinkedHashMap<>();
        outcomes.forEach(outcome -> byGraph.computeIfAbsent(outcome.target().graph(), any -> new ArrayList<>())
                .add(outcome));
        Map<GraphId, ScalingPlan> decided = new LinkedHashMap<>();
        candidates.forEach(candidate -> decided.putIfAbsent(candidate.graph(), candidate.plan()));
        decided.values().forEach(plan -> {
            List<ScalingOutcome> outcomesOfGraph = byGraph.getOrDefault(plan.graph(), List.of());
            boolean free = exclusively.test(plan.graph(), () -> applyOrWarn(plan, outcomesOfGraph));
            if (!free) {
                LOG.debug(
                        "graph={} is being worked on; its replicas are decided anew at the next interval",
                        plan.graph());
            }
        });
    }

    private void applyOrWarn(ScalingPlan plan, List<ScalingOutcome> outcomes) {
        if (outcomes.stream().allMatch(ScalingPass::changesNothing)) {
            keep(plan, outcomes);
            return;
        }
        try {
            applyIfUnchanged(plan, outcomes);
        } catch (SmoException e) {
            LOG.warn("graph={} its new replicas could not be stored: {}", plan.graph(), e.getMessage());
        }
    }

    private static boolean changesNothing(ScalingOutcome outcome) {
        return outcome.answer() instanceof Keep
                || (outcome.answer() instanceof Replicas replicas
                        && replicas.replicas() == outcome.target().replicas());
    }

    /** Nothing is read for it: a graph that has changed meanwhile is looked at anew at the next interval. */
    private void keep(ScalingPlan plan, List<ScalingOutcome> outcomes) {
        journal.note(outcomes, plan.generation());
        automation.starved(plan.graph(), Map.of());
        unscalable(plan.graph(), outcomes);
    }

    /** Since its last pass the graph may have been placed anew; then these replicas are of yesterday. */
    private void applyIfUnchanged(ScalingPlan plan, List<ScalingOutcome> outcomes) {
        store.find(plan.graph()).ifPresent(record -> {
            ScalingPlan now = ScalingPlan.of(record, graphs.of(record.desired()));
            if (now.equals(plan)) {
                apply(record, outcomes);
            } else {
                plans.keep(now);
            }
        });
    }

    private void apply(GraphRecord record, List<ScalingOutcome> answers) {
        Decided decided = record.decided().orElseThrow();
        List<ScalingOutcome> outcomes = TotalReplicas.limited(decided, answers);
        Placement next = decided.placement();
        for (ScalingOutcome outcome : outcomes) {
            if (outcome.answer() instanceof Replicas replicas) {
                next = scaled(next, outcome.target(), replicas.replicas());
            }
        }
        boolean changed = !next.equals(decided.placement());
        if (changed && !commit(record, decided, next, outcomes)) {
            return;
        }
        journal.note(outcomes, record.desired().generation());
        Map<String, Integer> starved = starved(outcomes);
        boolean news = automation.starved(record.id(), starved) && !starved.isEmpty();
        unscalable(record.id(), outcomes);
        if (changed) {
            LOG.info("graph={} scaled: {}", record.id(), changes(decided.placement(), next));
        } else if (news) {
            LOG.info("graph={} replicas do not fit where they are, wanted: {}", record.id(), starved);
        }
        if (changed || news) {
            wake.accept(record.id());
        }
    }

    /** What cannot be scaled as wanted is a condition of its graph, told when it begins and when it ends. */
    private void unscalable(GraphId graph, List<ScalingOutcome> outcomes) {
        Map<String, String> reasons = new TreeMap<>();
        for (ScalingOutcome outcome : outcomes) {
            if (outcome.answer() instanceof Infeasible) {
                reasons.putIfAbsent(outcome.target().service(), outcome.answer().reason());
            }
        }
        if (automation.unscalable(graph, reasons)) {
            LOG.info(
                    "graph={} cannot be scaled as wanted: {}", graph, reasons.isEmpty() ? "nothing any more" : reasons);
            wake.accept(graph);
        }
    }

    /** Replicas that are needed and do not fit where their services are: reason for another placement. */
    private static Map<String, Integer> starved(List<ScalingOutcome> outcomes) {
        Map<String, Integer> starved = new TreeMap<>();
        outcomes.stream()
                .filter(outcome -> outcome.answer() instanceof Infeasible)
                .map(ScalingOutcome::target)
                .forEach(target -> needed(target).ifPresent(replicas -> starved.put(target.service(), replicas)));
        return starved;
    }

    /** The replicas that serve the present demand by the service's capacity model, if they are more than there are. */
    private static Optional<Integer> needed(ScalingTarget target) {
        if (target.demandPerSecond().isEmpty() || target.profile().alpha() <= 0) {
            return Optional.empty();
        }
        double exact =
                (target.demandPerSecond().getAsDouble() - target.profile().beta())
                        / target.profile().alpha();
        int bounded = (int) Math.min(target.maxReplicas(), Math.max(target.minReplicas(), Math.ceil(exact)));
        return bounded > target.replicas() ? Optional.of(bounded) : Optional.empty();
    }

    /** What shrinks stays reserved until it has. */
    private boolean commit(GraphRecord record, Decided decided, Placement next, List<ScalingOutcome> outcomes) {
        Transit.Use before = new Transit.Use(decided.placement(), decided.services());
        Transit.Use after = new Transit.Use(next, decided.services());
        Map<ClusterId, Resources> held =
                Transit.sideBySide(Reservations.of(decided), before, after, Placement.NONE, board::ready);
        Decided scaled = decided.next(decided.generation(), next, held, clock.instant());
        Map<ClusterId, Resources> reservation = Reservations.of(scaled);
        CommitResult result = store.commit(
                record.id(),
                record.desired().revision(),
                scaled,
                reservation,
                Optional.empty(),
                Alongside.of(told(record, decided.placement(), next, outcomes), List.of()));
        if (result != CommitResult.STORED) {
            LOG.info(
                    "graph={} its new replicas were not taken: {}; decided anew at the next interval",
                    record.id(),
                    result);
            return false;
        }
        Set<WorkloadRef> refs = Set.copyOf(record.desired().services().stream()
                .map(service -> new WorkloadRef(record.id(), service))
                .toList());
        board.track(record.id(), refs, reservation);
        return true;
    }

    private List<EventDraft> told(
            GraphRecord record, Placement before, Placement after, List<ScalingOutcome> outcomes) {
        return outcomes.stream()
                .filter(outcome -> before.replicasOf(outcome.target().service())
                        != after.replicasOf(outcome.target().service()))
                .map(outcome -> {
                    Map<String, JsonValue> data = new LinkedHashMap<>();
                    String service = outcome.target().service();
                    data.put(
                            "cluster", new JsonString(outcome.target().cluster().name()));
                    data.put("from", new JsonNumber(BigDecimal.valueOf(before.replicasOf(service))));
                    data.put("to", new JsonNumber(BigDecimal.valueOf(after.replicasOf(service))));
                    data.put("strategy", new JsonString(outcome.decidedBy().id()));
                    data.put("version", new JsonString(outcome.decidedBy().version()));
                    data.put("reason", new JsonString(outcome.answer().reason()));
                    return happenings.of(
                            "scaling.decision_made",
                            record.id(),
                            Optional.of(service),
                            record.desired().generation(),
                            Optional.empty(),
                            new JsonObject(data));
                })
                .toList();
    }

    private static Placement scaled(Placement placement, ScalingTarget target, int replicas) {
        List<Share> shares = placement.of(target.service()).stream()
                .map(share -> share.cluster().equals(target.cluster()) ? new Share(share.cluster(), replicas) : share)
                .toList();
        return placement.with(target.service(), shares);
    }

    private static String changes(Placement before, Placement after) {
        List<String> changes = new ArrayList<>();
        after.shares().keySet().stream()
                .filter(service -> before.replicasOf(service) != after.replicasOf(service))
                .forEach(service -> changes.add(
                        "%s %d→%d".formatted(service, before.replicasOf(service), after.replicasOf(service))));
        return String.join(", ", changes);
    }
}
