// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.reconcile;

import eu.nephele.smo.core.engine.cluster.Federation;
import eu.nephele.smo.core.engine.context.EngineContext;
import eu.nephele.smo.core.engine.context.EngineSettings;
import eu.nephele.smo.core.engine.context.Memory;
import eu.nephele.smo.core.engine.decision.DecisionMaking;
import eu.nephele.smo.core.engine.graph.GraphRegister;
import eu.nephele.smo.core.engine.operation.Operations;
import eu.nephele.smo.core.engine.rollout.Actuators;
import eu.nephele.smo.core.engine.status.Bookkeeping;
import eu.nephele.smo.core.engine.work.Deadlines;

/** What makes the world as it is wanted: by graph, and over all of it. */
public record ControlLoops(Reconciler reconciler, Resync resync, Sweep sweep) {

    public static ControlLoops of(
            EngineContext context,
            GraphRegister register,
            Operations operations,
            Federation federation,
            DecisionMaking decision,
            Actuators actuators,
            Bookkeeping status) {
        Memory memory = context.memory();
        EngineSettings settings = context.settings();
        Deadlines progress =
                new Deadlines(settings.progressDeadline(), context.time(), context.clock(), operations::inheritedSince);
        Deadlines undoLimit =
                new Deadlines(settings.progressDeadline(), context.time(), context.clock(), operations::inheritedSince);
        Departure departure = new Departure(
                status.endings(), status.holdings(), decision.automation(), memory.alerts(), progress, undoLimit);
        Retirement retirement = new Retirement(
                register.graphs(),
                register.declarations(),
                actuators.rollout(),
                actuators.dashboards(),
                status.recorder(),
                departure);
        Undoing undoing =
                new Undoing(decision.commits(), actuators.rollout(), status.recorder(), status.holdings(), undoLimit);
        Compensation compensation = new Compensation(
                register.graphs(),
                register.revisions(),
                register.declarations(),
                operations,
                status.recorder(),
                undoing);
        Resync resync = new Resync(
                federation.ports(),
                federation.board(),
                decision.automation(),
                context.queue(),
                settings.drift(),
                context.clock());
        RollingOut rolling = new RollingOut(
                actuators.rollout(),
                new Arrivals(decision.commits(), actuators.rollout(), status.holdings()),
                retirement,
                compensation,
                resync,
                new RunningStatus(
                        status.recorder(),
                        decision.automation(),
                        context.rooms().scaling(),
                        actuators.dashboards(),
                        progress),
                new Entrance(status.recorder()));
        Running running = new Running(
                decision.placer(),
                decision.automation(),
                undoing,
                rolling,
                new Undecided(decision.placer(), departure, compensation, status.recorder(), settings.drift()),
                status.recorder(),
                status.holdings());
        Reconciler reconciler = new Reconciler(
                register.graphs(), operations, running, retirement, departure, status.recorder(), resync);
        Sweep sweep = new Sweep(
                register.graphs(),
                federation.ports(),
                actuators.releases(),
                actuators.watches(),
                new Orphans(memory.tombstones(), settings.sweep().orphanGrace(), context.clock(), context.time()),
                context.queue(),
                memory.installationId());
        return new ControlLoops(reconciler, resync, sweep);
    }
}
