// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.scaling;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.core.contract.decision.ScalingDecider;
import eu.nephele.smo.core.contract.decision.ScalingItem;
import eu.nephele.smo.core.contract.decision.ScalingOutcome;
import eu.nephele.smo.core.engine.cluster.ClusterInventory;
import eu.nephele.smo.core.engine.cluster.ClusterModule;
import eu.nephele.smo.core.engine.context.EngineContext;
import eu.nephele.smo.core.engine.context.EngineDependencies;
import eu.nephele.smo.core.engine.context.EngineSettings;
import eu.nephele.smo.core.engine.decision.DecisionModule;
import eu.nephele.smo.core.engine.demand.DemandModule;
import eu.nephele.smo.core.engine.graph.GraphModule;
import eu.nephele.smo.core.engine.proposal.EffectiveServiceResolver;
import eu.nephele.smo.core.engine.proposal.PlacementProblemFactory;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Decides replicas beside the work queue: one pass reads the metrics of all graphs that are due in one batch, decides
 * in one batch, and reads and wakes only the graphs whose replicas change.
 */
public final class ScalingPass {

    private final ScalingPlans plans;
    private final ClusterInventory clusterInventory;
    private final PlacementProblemFactory problems;
    private final DemandReader demand;
    private final ScalingDecider decider;
    private final ScalingApplier changes;
    private final Clock clock;

    ScalingPass(
            ScalingPlans plans,
            ClusterInventory clusterInventory,
            PlacementProblemFactory problems,
            DemandReader demand,
            ScalingDecider decider,
            ScalingApplier changes,
            Clock clock) {
        this.plans = plans;
        this.clusterInventory = clusterInventory;
        this.problems = problems;
        this.demand = demand;
        this.decider = decider;
        this.changes = changes;
        this.clock = clock;
    }

    public static ScalingPass create(
            EngineContext context,
            GraphModule register,
            ClusterModule clusterModule,
            DecisionModule decision,
            ScalingPlans plans,
            DemandModule demandModule) {
        EngineSettings.Scaling settings = context.settings().scaling();
        EngineDependencies engineDependencies = context.engineDependencies();
        Clock clock = context.clock();
        return new ScalingPass(
                plans,
                clusterModule.clusterInventory(),
                decision.problems(),
                new DemandReader(
                        clusterModule.ports(),
                        engineDependencies.scaling(),
                        new EffectiveServiceResolver(settings, clusterModule.ports()::profiles),
                        settings,
                        demandModule,
                        new ProfileSampling(clusterModule.ports()::profiles, demandModule.queries()),
                        clock),
                engineDependencies.scaling(),
                new ScalingApplier(
                        register.graphs(),
                        new ReplicaCommit(
                                register.graphs(),
                                clusterModule.clusterInventory(),
                                register.graphEventFactory(),
                                demandModule.changes(),
                                clock),
                        engineDependencies.journal(),
                        context.queue(),
                        plans,
                        decision.automation()),
                clock);
    }

    /** Decides on all graphs that are due, as soon as the free capacity is known. Called by one thread at a time. */
    public void run() {
        if (clusterInventory.blind().isPresent()) {
            return;
        }
        List<ScalingPlan> known = plans.due();
        known.stream().filter(plan -> !scales(plan)).forEach(plan -> changes.unscalable(plan.graph(), List.of()));
        List<ScalingPlan> open = known.stream().filter(ScalingPlan::open).toList();
        List<ScalingOutcome> outcomes = new ArrayList<>(held(open));
        List<ScalingCandidate> candidates =
                open.stream().flatMap(plan -> candidates(plan).stream()).toList();
        if (!candidates.isEmpty()) {
            demand.read(candidates)
                    .ifPresent(items -> outcomes.addAll(decider.decide(items, clusters(items), demand.outlook())));
        }
        apply(open, outcomes);
    }

    private List<ScalingOutcome> held(List<ScalingPlan> open) {
        Instant now = clock.instant();
        if (open.stream().flatMap(plan -> plan.services().stream()).noneMatch(service -> service.held(now))) {
            return List.of();
        }
        HeldReplicas held = new HeldReplicas(clusterInventory.free(Map.of()), now);
        List<ScalingOutcome> outcomes = new ArrayList<>();
        open.forEach(plan -> plan.services().stream()
                .filter(service -> service.held(now))
                .forEach(service -> outcomes.addAll(
                        held.outcomes(plan, service, service.hold().orElseThrow()))));
        return outcomes;
    }

    /** Returns whether replicas of a graph are decided here at all, even if no cluster of it is ready now. */
    private boolean scales(ScalingPlan plan) {
        return plan.services().stream().anyMatch(service -> scales(plan, service));
    }

    private boolean scales(ScalingPlan plan, ScalingPlan.ScaledService service) {
        return decider.scales(plan.graph().project(), service.wishes());
    }

    private List<ScalingCandidate> candidates(ScalingPlan plan) {
        Instant now = clock.instant();
        return plan.services().stream()
                .filter(service -> scales(plan, service) && !service.held(now))
                .flatMap(service -> service.shares().stream()
                        .filter(share -> clusterInventory.ready(share.cluster()))
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

    private void apply(List<ScalingPlan> open, List<ScalingOutcome> outcomes) {
        Map<GraphId, List<ScalingOutcome>> byGraph = new LinkedHashMap<>();
        outcomes.forEach(outcome -> byGraph.computeIfAbsent(outcome.target().graph(), any -> new ArrayList<>())
                .add(outcome));
        open.forEach(plan -> Optional.ofNullable(byGraph.get(plan.graph())).ifPresent(its -> changes.apply(plan, its)));
    }
}
