// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.reconcile;

import eu.nephele.smo.core.engine.cluster.ClusterModule;
import eu.nephele.smo.core.engine.context.EngineContext;
import eu.nephele.smo.core.engine.context.EngineSettings;
import eu.nephele.smo.core.engine.context.EngineStores;
import eu.nephele.smo.core.engine.decision.DecisionModule;
import eu.nephele.smo.core.engine.graph.GraphModule;
import eu.nephele.smo.core.engine.operation.OperationTracker;
import eu.nephele.smo.core.engine.rollout.RolloutModule;
import eu.nephele.smo.core.engine.status.StatusModule;
import eu.nephele.smo.core.engine.work.ProgressDeadlines;

/** Reconcilers of single graphs, and of the whole installation. */
public record ReconcileModule(Reconciler reconciler, PassTrace trace, Resync resync, OrphanCollector sweep) {

    public static ReconcileModule create(
            EngineContext context,
            GraphModule register,
            OperationTracker operations,
            ClusterModule clusterModule,
            DecisionModule decision,
            RolloutModule rolloutModule,
            StatusModule status) {
        EngineStores engineStores = context.memory();
        EngineSettings settings = context.settings();
        ProgressDeadlines progress = new ProgressDeadlines(
                settings.progressDeadline(), context.time(), context.clock(), operations::inheritedSince);
        ProgressDeadlines undoLimit = new ProgressDeadlines(
                settings.progressDeadline(), context.time(), context.clock(), operations::inheritedSince);
        GraphFinalizer graphFinalizer = new GraphFinalizer(
                status.endings(),
                status.holdings(),
                decision.automation(),
                decision.review(),
                engineStores.alerts(),
                progress,
                undoLimit);
        TeardownReconciler teardownReconciler = new TeardownReconciler(
                register.graphs(),
                register.declarations(),
                rolloutModule.rollout(),
                rolloutModule.dashboards(),
                status.recorder(),
                graphFinalizer);
        DeploymentRollback deploymentRollback = new DeploymentRollback(
                decision.commits(), rolloutModule.rollout(), status.recorder(), status.holdings(), undoLimit);
        Compensation compensation = new Compensation(
                register.graphs(),
                register.revisions(),
                register.declarations(),
                operations,
                status.recorder(),
                deploymentRollback);
        Resync resync = new Resync(
                clusterModule.ports(),
                clusterModule.clusterInventory(),
                decision.automation(),
                context.queue(),
                settings.drift(),
                context.clock());
        RolloutReconciler rolling = new RolloutReconciler(
                rolloutModule.rollout(),
                new ReservationReleaser(decision.commits(), rolloutModule.rollout(), status.holdings()),
                teardownReconciler,
                compensation,
                resync,
                new RunningStatus(
                        status.recorder(),
                        decision.automation(),
                        decision.review(),
                        context.engineDependencies().scaling(),
                        rolloutModule.dashboards(),
                        progress),
                new DeploymentStart(status.recorder()));
        RunningReconciler running = new RunningReconciler(
                decision.placer(),
                new PlacementOccasions(decision.automation(), decision.review()),
                deploymentRollback,
                rolling,
                new UndecidedReconciler(
                        decision.placer(),
                        graphFinalizer,
                        compensation,
                        status.recorder(),
                        decision.automation(),
                        register.placementOrder(),
                        settings.drift()),
                status.recorder(),
                status.holdings());
        Reconciler reconciler = new Reconciler(
                register.graphs(), operations, running, teardownReconciler, graphFinalizer, status.recorder(), resync);
        OrphanCollector orphanCollector = new OrphanCollector(
                register.graphs(),
                clusterModule.ports(),
                rolloutModule.releases(),
                rolloutModule.watches(),
                new OrphanTracker(
                        engineStores.tombstones(), settings.sweep().orphanGrace(), context.clock(), context.time()),
                context.queue(),
                engineStores.installationId());
        return new ReconcileModule(reconciler, new PassTrace(operations, context.tracing()), resync, orphanCollector);
    }
}
