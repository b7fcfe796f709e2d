// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.lifecycle;

import eu.nephele.smo.api.graph.GraphService;
import eu.nephele.smo.api.graph.PlanService;
import eu.nephele.smo.core.contract.access.Authorizer;
import eu.nephele.smo.core.engine.cluster.ClusterModule;
import eu.nephele.smo.core.engine.context.EngineContext;
import eu.nephele.smo.core.engine.decision.DecisionModule;
import eu.nephele.smo.core.engine.decision.DeployedState;
import eu.nephele.smo.core.engine.graph.GraphModule;
import eu.nephele.smo.core.engine.operation.OperationTracker;
import eu.nephele.smo.core.engine.rollout.ReleaseRequests;

/**
 * The authorized services through which graphs are changed.
 *
 * @param moves not authorized, for plans of the fleet
 */
public record LifecycleModule(GraphService graphs, PlanService plans, PinnedMoves moves) {

    public static LifecycleModule create(
            EngineContext context,
            GraphModule register,
            OperationTracker operations,
            ClusterModule clusterModule,
            DecisionModule decision,
            ReleaseRequests requests,
            Authorizer authorizer) {
        ArtifactTypes artifactTypes =
                new ArtifactTypes(clusterModule.ports(), clusterModule.clusterInventory(), register.graphs());
        DesiredStateWriter desiredStateWriter = new DesiredStateWriter(
                register.graphs(),
                register.views(),
                operations,
                register.graphEventFactory(),
                context.admission(),
                context.queue(),
                context.clock());
        GraphQueries visible = new GraphQueries(register.graphs(), register.revisions(), register.views());
        GraphLifecycle lifecycle = new GraphLifecycle(
                register.graphs(),
                visible,
                clusterModule.clusterInventory(),
                register.declarations(),
                new PendingRemovals(
                        register.graphs(), context.queue(), context.settings().removalWait()),
                new GraphAcceptance(artifactTypes, context.engineDependencies().translator()),
                desiredStateWriter);
        DryRun dryRun = new DryRun(
                register.graphs(),
                clusterModule.clusterInventory(),
                decision.proposer(),
                decision.decisions(),
                new DeployedState(register.revisions()),
                new ReleaseAdoption(clusterModule.ports(), requests),
                context.engineDependencies().journal());
        PlanRunner planRunner = new PlanRunner(
                context.memory().plans(),
                new ChangeDraftFactory(
                        register.graphs(), register.declarations(), clusterModule.clusterInventory(), artifactTypes),
                dryRun,
                lifecycle,
                desiredStateWriter,
                context.settings().planValidity(),
                context.clock());
        return new LifecycleModule(
                new AuthorizedGraphService(
                        lifecycle,
                        new ReplicaHolds(visible, register.declarations(), desiredStateWriter, context.clock()),
                        visible,
                        authorizer),
                new AuthorizedPlanService(planRunner, visible, authorizer),
                new PinnedMoves(visible, lifecycle));
    }
}
