// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.scaling;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.scaling.ScalingResult.Keep;
import eu.nephele.smo.api.scaling.ScalingResult.Replicas;
import eu.nephele.smo.api.scaling.ScalingTarget;
import eu.nephele.smo.core.contract.decision.DecisionJournal;
import eu.nephele.smo.core.contract.decision.ScalingOutcome;
import eu.nephele.smo.core.contract.store.DecidedGraph;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.contract.work.WorkQueue;
import eu.nephele.smo.core.engine.graph.GraphRepository;
import eu.nephele.smo.core.engine.proposal.AutomaticPlacement;
import eu.nephele.smo.core.engine.scaling.TotalReplicas.BoundedOutcomes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out decisions on replicas, graph by graph, and takes note of those whose demand is not served. */
final class ScalingApplier {

    private static final Logger LOG = LoggerFactory.getLogger(ScalingApplier.class);

    private final GraphRepository graphs;
    private final ReplicaCommit commits;
    private final DecisionJournal journal;
    private final WorkQueue<GraphId> queue;
    private final ScalingPlans plans;
    private final AutomaticPlacement automation;
    private final QuotaCut quotas;

    ScalingApplier(
            GraphRepository graphs,
            ReplicaCommit commits,
            DecisionJournal journal,
            WorkQueue<GraphId> queue,
            ScalingPlans plans,
            AutomaticPlacement automation,
            QuotaCut quotas) {
        this.graphs = graphs;
        this.commits = commits;
        this.journal = journal;
        this.queue = queue;
        this.plans = plans;
        this.automation = automation;
        this.quotas = quotas;
    }

    /**
     * Applies a decision on a graph, while no pass works on it.
     *
     * @param unknown services of whose demand nothing is known now
     */
    void apply(ScalingPlan plan, List<ScalingOutcome> outcomes, Set<String> unknown) {
        boolean free = queue.exclusively(plan.graph(), () -> applyOrWarn(plan, outcomes, unknown));
        if (!free) {
            LOG.debug("scaling skipped graph={}; a pass works on it, retrying at the next interval", plan.graph());
        }
    }

    private void applyOrWarn(ScalingPlan plan, List<ScalingOutcome> answers, Set<String> unknown) {
        try {
            List<ScalingOutcome> wished = WeightedDemand.wished(plan, answers);
            applyLimited(plan, quotas.limited(plan.graph(), TotalReplicas.limited(plan.bound(), wished)), unknown);
        } catch (SmoException e) {
            LOG.warn("storing replicas failed graph={} reason=\"{}\"", plan.graph(), e.getMessage());
        }
    }

    private void applyLimited(ScalingPlan plan, BoundedOutcomes limited, Set<String> unknown) {
        // a number that stays and does not do asks for another placement
        boolean nothingToDo = limited.outcomes().stream().allMatch(ScalingApplier::changesNothing)
                && starved(limited.outcomes(), limited.cut()).isEmpty();
        if (nothingToDo) {
            keep(plan, limited.outcomes(), unknown);
            return;
        }
        applyIfUnchanged(plan, limited, unknown);
    }

    /** Whom another placement may help: not those whom the bound of the whole graph or a quota holds back. */
    private static Map<String, Integer> starved(List<ScalingOutcome> outcomes, Set<String> cut) {
        Map<String, Integer> starved = UnmetDemand.starved(outcomes);
        starved.keySet().removeAll(cut);
        return starved;
    }

    private static boolean changesNothing(ScalingOutcome outcome) {
        return outcome.answer() instanceof Keep
                || (outcome.answer() instanceof Replicas replicas
                        && replicas.replicas() == outcome.target().replicas());
    }

    /** Nothing is read for it: a graph that has changed meanwhile is decided again at the next interval. */
    private void keep(ScalingPlan plan, List<ScalingOutcome> outcomes, Set<String> unknown) {
        journal.record(outcomes, plan.generation());
        automation.starved(plan.graph(), Map.of());
        unscalable(plan.graph(), outcomes, unknown);
    }

    /** Since its last pass the graph may have been placed again; then these replicas are outdated. */
    private void applyIfUnchanged(ScalingPlan plan, BoundedOutcomes limited, Set<String> unknown) {
        graphs.find(plan.graph()).ifPresent(record -> {
            ScalingPlan now = ScalingPlan.of(record, graphs.read(record.desired()));
            if (now.equals(plan)) {
                apply(record, limited, unknown);
            } else {
                plans.keep(now);
            }
        });
    }

    private void apply(GraphRecord record, BoundedOutcomes limited, Set<String> unknown) {
        DecidedGraph decided = record.decided().orElseThrow();
        List<ScalingOutcome> outcomes = commits.divided(record, decided, limited.outcomes());
        Placement next = decided.placement();
        for (ScalingOutcome outcome : outcomes) {
            if (outcome.answer() instanceof Replicas replicas) {
                next = scaled(next, outcome.target(), replicas.replicas());
            }
        }
        boolean changed = !next.equals(decided.placement());
        if (changed && !commits.commit(record, decided, next, outcomes)) {
            return;
        }
        journal.record(outcomes, record.desired().generation());
        Map<String, Integer> starved = starved(outcomes, limited.cut());
        boolean news = automation.starved(record.id(), starved) && !starved.isEmpty();
        unscalable(record.id(), outcomes, unknown);
        if (changed) {
            LOG.info("graph scaled graph={} replicas=\"{}\"", record.id(), changes(decided.placement(), next));
        } else if (news) {
            LOG.info("replicas do not fit graph={} desired={}; placing the graph again", record.id(), starved);
        }
        if (changed || news) {
            queue.add(record.id());
        }
    }

    /**
     * Shows services that cannot be scaled as desired by a condition; events mark its begin and end.
     *
     * @param unknown services of whose demand nothing is known now: their part of the condition stays
     */
    void unscalable(GraphId graph, List<ScalingOutcome> outcomes, Set<String> unknown) {
        Map<String, String> reasons = new TreeMap<>();
        for (ScalingOutcome outcome : outcomes) {
            UnmetDemand.reason(outcome.answer())
                    .ifPresent(reason -> reasons.putIfAbsent(outcome.target().service(), reason));
        }
        if (automation.unscalable(graph, reasons, unknown)) {
            LOG.info("unscalable services changed graph={} services={}", graph, reasons);
            queue.add(graph);
        }
    }

    private static Placement scaled(Placement placement, ScalingTarget target, int replicas) {
        List<Share> shares = new ArrayList<>(placement.of(target.service()));
        shares.removeIf(share -> share.cluster().equals(target.cluster()));
        shares.add(new Share(target.cluster(), replicas));
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
