// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.reconcile;

import eu.nephele.smo.core.engine.alert.AlertParts;
import eu.nephele.smo.core.engine.cluster.ClusterParts;
import eu.nephele.smo.core.engine.context.EngineContext;
import eu.nephele.smo.core.engine.context.EngineSettings;
import eu.nephele.smo.core.engine.context.Memory;
import eu.nephele.smo.core.engine.dashboard.DashboardParts;
import eu.nephele.smo.core.engine.decision.DecisionParts;
import eu.nephele.smo.core.engine.graph.GraphParts;
import eu.nephele.smo.core.engine.operation.OperationParts;
import eu.nephele.smo.core.engine.proposal.ProposalParts;
import eu.nephele.smo.core.engine.rollout.RolloutParts;
import eu.nephele.smo.core.engine.status.StatusParts;
import eu.nephele.smo.core.engine.work.Deadlines;

/** What makes the world as it is wanted, put together. */
public record ReconcileParts(Reconciler reconciler, Resync resync, Sweep sweep) {

    public static ReconcileParts of(
            EngineContext context,
            GraphParts graph,
            OperationParts operation,
            ClusterParts cluster,
            ProposalParts proposal,
            DecisionParts decision,
            AlertParts alert,
            DashboardParts dashboard,
            RolloutParts rollout,
            StatusParts status) {
        Memory memory = context.memory();
        EngineSettings settings = context.settings();
        Deadlines progress = new Deadlines(settings.progressDeadline(), context.clock());
        Deadlines undoLimit = new Deadlines(settings.progressDeadline(), context.clock());
        Departure departure = new Departure(
                status.endings(), status.holdings(), proposal.automation(), memory.alerts(), progress, undoLimit);
        Retirement retirement = new Retirement(
                graph.graphs(),
                graph.declarations(),
                rollout.rollout(),
                dashboard.desk(),
                status.recorder(),
                departure);
        Undoing undoing =
                new Undoing(decision.commits(), rollout.rollout(), status.recorder(), status.holdings(), undoLimit);
        Compensation compensation = new Compensation(
                graph.graphs(),
                graph.revisions(),
                graph.declarations(),
                operation.operations(),
                status.recorder(),
                undoing);
        Resync resync = new Resync(
                cluster.ports(),
                cluster.board(),
                proposal.automation(),
                context.queue(),
                settings.drift(),
                context.clock());
        RollingOut rolling = new RollingOut(
                rollout.rollout(),
                new Arrivals(decision.commits(), rollout.rollout(), status.holdings()),
                retirement,
                compensation,
                resync,
                new RunningStatus(
                        status.recorder(),
                        proposal.automation(),
                        context.rooms().scaling(),
                        dashboard.desk(),
                        progress),
                new Entrance(status.recorder()));
        Running running = new Running(
                decision.placer(),
                proposal.automation(),
                undoing,
                rolling,
                new Undecided(decision.placer(), departure, compensation, status.recorder(), settings.drift()),
                status.recorder(),
                status.holdings());
        Reconciler reconciler = new Reconciler(
                graph.graphs(), operation.operations(), running, retirement, departure, status.recorder(), resync);
        Sweep sweep = new Sweep(
                graph.graphs(),
                cluster.ports(),
                rollout.releases(),
                alert.watches(),
                new Orphans(memory.tombstones(), settings.sweep().orphanGrace(), context.clock()),
                context.queue(),
                memory.installationId());
        return new ReconcileParts(reconciler, resync, sweep);
    }
}
