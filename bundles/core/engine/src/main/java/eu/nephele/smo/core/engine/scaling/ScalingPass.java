// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.scaling;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.port.WorkloadRef;
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
import eu.nephele.smo.core.engine.scaling.DemandReader.ReadDemand;
import eu.nephele.smo.core.engine.scaling.ScalingPlan.ScaledService;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

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
                        new PresentValues(clusterModule.ports()::metrics),
                        engineDependencies.scaling(),
                        new EffectiveServiceResolver(settings, clusterModule.ports()::profiles),
                        settings,
                        demandModule,
                        new ProfileSampling(clusterModule.ports()::profiles, demandModule.queries()),
                        new ImplausibleValues(clusterModule.clusterInventory()::state)),
                engineDependencies.scaling(),
                new ScalingApplier(
                        register.graphs(),
                        new ReplicaCommit(
                                register.graphs(),
                                clusterModule.clusterInventory(),
                                register.graphEventFactory(),
                                demandModule.changes(),
                                new UnusedWeights(
                                        register.graphs(), clusterModule.clusterInventory(), decision.proposer()),
                                clock),
                        engineDependencies.journal(),
                        context.queue(),
                        plans,
                        decision.automation(),
                        new QuotaCut(context.memory().capacity())),
                clock);
    }

    /** Decides on all graphs that are due, as soon as the free capacity is known. Called by one thread at a time. */
    public void run() {
        if (clusterInventory.blind().isPresent()) {
            return;
        }
        Instant now = clock.instant();
        List<DueGraph> known = plans.due().stream().map(plan -> due(plan, now)).toList();
        known.stream()
                .filter(graph -> !graph.isDecided())
                .forEach(graph -> changes.unscalable(graph.plan().graph(), List.of(), Set.of()));
        List<DueGraph> open = known.stream()
                .filter(graph -> graph.plan().open() && graph.isDecided())
                .toList();
        HeldReplicas byHand = new HeldReplicas(roomForHeld(open), now);
        List<ScalingOutcome> outcomes = new ArrayList<>(held(open, byHand));
        List<ScalingCandidate> candidates =
                open.stream().flatMap(this::candidates).toList();
        Set<WorkloadRef> unanswered = Set.of();
        if (!candidates.isEmpty()) {
            ReadDemand read = demand.read(candidates);
            unanswered = read.unanswered();
            outcomes.addAll(decider.decide(read.items(), clusters(read.items(), byHand.taken()), demand.outlook()));
        }
        apply(open, outcomes, unanswered);
    }

    /** Most passes decide nothing by hand: they do not add up what is reserved. */
    private Map<ClusterId, Resources> roomForHeld(List<DueGraph> open) {
        return open.stream().allMatch(graph -> graph.held().isEmpty()) ? Map.of() : clusterInventory.free(Map.of());
    }

    private DueGraph due(ScalingPlan plan, Instant now) {
        List<ScaledService> held =
                plan.services().stream().filter(service -> service.held(now)).toList();
        List<ScaledService> scaled = plan.services().stream()
                .filter(service ->
                        !service.held(now) && decider.scales(plan.graph().project(), service.wishes()))
                .toList();
        return new DueGraph(plan, held, scaled);
    }

    private static List<ScalingOutcome> held(List<DueGraph> open, HeldReplicas byHand) {
        return open.stream()
                .flatMap(graph -> graph.held().stream()
                        .flatMap(service ->
                                byHand
                                        .outcomes(
                                                graph.plan(),
                                                service,
                                                service.hold().orElseThrow())
                                        .stream()))
                .toList();
    }

    private Stream<ScalingCandidate> candidates(DueGraph graph) {
        return graph.scaled().stream().flatMap(service -> service.shares().stream()
                .filter(share -> clusterInventory.ready(share.cluster()))
                .map(share -> new ScalingCandidate(graph.plan(), service, share)));
    }

    /** @param taken by what persons have set in this pass */
    private List<ClusterCapacity> clusters(List<ScalingItem> items, Map<ClusterId, Resources> taken) {
        Map<ClusterId, Resources> own = new TreeMap<>();
        items.forEach(item -> own.merge(
                item.target().cluster(),
                item.target().perReplica().times(item.target().replicas()),
                Resources::plus));
        return problems.capacitiesBeside(own).stream()
                .filter(cluster -> own.containsKey(cluster.id()))
                .map(cluster -> without(cluster, taken.getOrDefault(cluster.id(), Resources.NONE)))
                .toList();
    }

    private static ClusterCapacity without(ClusterCapacity cluster, Resources taken) {
        return new ClusterCapacity(
                cluster.id(),
                cluster.free().minusFloored(taken),
                cluster.allocatable(),
                cluster.occupied(),
                cluster.labels(),
                cluster.energy(),
                cluster.signals());
    }

    private void apply(List<DueGraph> open, List<ScalingOutcome> outcomes, Set<WorkloadRef> unanswered) {
        Map<GraphId, List<ScalingOutcome>> byGraph = new LinkedHashMap<>();
        outcomes.forEach(outcome -> byGraph.computeIfAbsent(outcome.target().graph(), any -> new ArrayList<>())
                .add(outcome));
        open.forEach(graph -> Optional.ofNullable(byGraph.get(graph.plan().graph()))
                .ifPresent(its -> changes.apply(graph.plan(), its, graph.unknown(its, unanswered))));
    }
}
