// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.decision;

import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.core.contract.profile.ServiceProfiles;
import eu.nephele.smo.core.engine.cluster.ClusterModule;
import eu.nephele.smo.core.engine.context.EngineContext;
import eu.nephele.smo.core.engine.context.EngineDependencies;
import eu.nephele.smo.core.engine.context.EngineSettings;
import eu.nephele.smo.core.engine.context.Stages;
import eu.nephele.smo.core.engine.graph.GraphModule;
import eu.nephele.smo.core.engine.operation.OperationTracker;
import eu.nephele.smo.core.engine.proposal.AutomaticPlacement;
import eu.nephele.smo.core.engine.proposal.EffectiveServiceResolver;
import eu.nephele.smo.core.engine.proposal.IntentReview;
import eu.nephele.smo.core.engine.proposal.MoveBudget;
import eu.nephele.smo.core.engine.proposal.PlacementProblemFactory;
import eu.nephele.smo.core.engine.proposal.PlacementProposer;
import java.time.Clock;

/** The stages of a decision: demand of the engine, placement problem, proposal, stored state and reservations. */
public record DecisionModule(
        AutomaticPlacement automation,
        IntentReview review,
        PlacementProblemFactory problems,
        PlacementProposer proposer,
        DecidedGraphFactory decisions,
        DecisionCommitter commits,
        PlacementReconciler placer) {

    public static DecisionModule create(
            EngineContext context, GraphModule register, OperationTracker operations, ClusterModule clusterModule) {
        EngineSettings settings = context.settings();
        EngineDependencies engineDependencies = context.engineDependencies();
        Clock clock = context.clock();
        MoveBudget budget = new MoveBudget(clock);
        PlacementProblemFactory problems =
                new PlacementProblemFactory(clusterModule.clusterInventory(), clusterModule.ports(), clock);
        StagedDecider decider = new StagedDecider(
                engineDependencies.placement(), engineDependencies.translator(), new Stages(context.tracing()));
        PlacementProposer proposer = new PlacementProposer(
                clusterModule.clusterInventory(),
                problems,
                new EffectiveServiceResolver(settings.scaling(), () -> ServiceProfiles.NONE),
                decider,
                new PlacedGraphLookup(register.graphs()),
                decider);
        DecidedGraphFactory decidedGraphFactory = new DecidedGraphFactory(
                clusterModule.clusterInventory(),
                budget,
                register.graphEventFactory(),
                new QuotaReview(context.memory().capacity()::quota),
                clock);
        DecisionCommitter commits = new DecisionCommitter(
                register.graphs(),
                clusterModule.clusterInventory(),
                new DeployedState(register.revisions()),
                operations);
        return new DecisionModule(
                new AutomaticPlacement(
                        clusterModule.clusterInventory(),
                        budget,
                        settings.failoverGrace(),
                        settings.replacementInterval(),
                        graph -> engineDependencies.journal().lastPlaced(graph, DecisionReason.SCALE),
                        clock,
                        context.time()),
                new IntentReview(
                        proposer,
                        clusterModule.clusterInventory(),
                        budget,
                        settings.replacementInterval(),
                        context.time()),
                problems,
                proposer,
                decidedGraphFactory,
                commits,
                new PlacementReconciler(
                        commits,
                        clusterModule.clusterInventory(),
                        proposer,
                        decidedGraphFactory,
                        engineDependencies.journal(),
                        register.graphIndex(),
                        operations));
    }
}
