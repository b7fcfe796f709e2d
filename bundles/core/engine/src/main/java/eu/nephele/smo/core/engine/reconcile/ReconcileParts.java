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
import eu.nephele.smo.core.engine.status.Recorder;
import eu.nephele.smo.core.engine.work.Deadlines;

/** What makes the world as it is wanted, put together. */
public record ReconcileParts(Reconciler reconciler, Resync resync, Sweep sweep) {

    /** @param roomMade is told when something gives back what it had reserved */
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
            Recorder recorder,
            Runnable roomMade) {
        Memory memory = context.memory();
        EngineSettings settings = context.settings();
        Deadlines progress = new Deadlines(settings.progressDeadline(), context.clock());
        Deadlines undoing = new Deadlines(settings.progressDeadline(), context.clock());
        Departure departure = new Departure(recorder, proposal.automation(), progress, undoing);
        Retirement retirement = new Retirement(
                memory.graphs(),
                memory.alerts(),
                graph.declarations(),
                proposal.automation(),
                rollout.rollout(),
                dashboard.desk(),
                recorder,
                departure,
                settings.poll(),
                roomMade);
        Compensation compensation = new Compensation(
                memory.graphs(),
                memory.revisions(),
                context.rooms().reader(),
                graph.declarations(),
                decision.placer(),
                rollout.rollout(),
                recorder,
                undoing,
                settings.poll(),
                roomMade);
        Resync resync = new Resync(
                cluster.ports(),
                cluster.board(),
                proposal.automation(),
                context.queue()::add,
                settings.drift(),
                context.clock());
        Reconciler reconciler = new Reconciler(
                memory.graphs(),
                graph.graphs(),
                operation.operations(),
                graph.declarations(),
                proposal.automation(),
                decision.placer(),
                rollout.rollout(),
                retirement,
                compensation,
                departure,
                dashboard.desk(),
                recorder,
                resync,
                progress,
                settings,
                context.rooms().scaling(),
                roomMade);
        Sweep sweep = new Sweep(
                memory.graphs(),
                memory.tombstones(),
                graph.graphs(),
                cluster.ports(),
                rollout.releases(),
                alert.watches(),
                context.queue()::exclusively,
                context::wake,
                memory.installationId(),
                settings.orphanGrace(),
                context.clock());
        return new ReconcileParts(reconciler, resync, sweep);
    }
}
