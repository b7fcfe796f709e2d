// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.reconcile;

import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.store.Decided;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.contract.work.WorkQueue.Next;
import eu.nephele.smo.core.engine.decision.Placer;
import eu.nephele.smo.core.engine.proposal.Automation;
import eu.nephele.smo.core.engine.status.Holdings;
import eu.nephele.smo.core.engine.status.Recorder;
import java.time.Duration;

/** The part of a pass over a graph that shall run: decides what is open, then carries it out. */
final class Running {

    private final Placer placer;
    private final Automation automation;
    private final Undoing undoing;
    private final RollingOut rolling;
    private final Undecided undecided;
    private final Recorder recorder;
    private final Holdings holdings;
    private final Entrance entrance;

    Running(
            Placer placer,
            Automation automation,
            Undoing undoing,
            RollingOut rolling,
            Undecided undecided,
            Recorder recorder,
            Holdings holdings) {
        this.placer = placer;
        this.automation = automation;
        this.undoing = undoing;
        this.rolling = rolling;
        this.undecided = undecided;
        this.recorder = recorder;
        this.holdings = holdings;
        this.entrance = new Entrance(recorder);
    }

    Next pass(GraphRecord record, Graph graph) {
        if (Undoing.isUnderWay(record)) {
            return undoing.goOn(record, graph);
        }
        Placer.Answer answer;
        try {
            answer = placer.settle(
                    record,
                    graph,
                    automation.wanted(record, graph),
                    (decided, running) -> entrance.alongside(decided, graph, running));
        } catch (SmoException e) {
            return undecided.undecidable(record, graph, e);
        }
        if (answer instanceof Placer.Answer.Settled settled) {
            if (settled.changed()) {
                holdings.track(record, settled.decided());
                recorder.entered(record.observed().phase(), settled.graph());
                recorder.tellDecided(settled.graph());
            }
            return rolling.pass(settled.graph(), settled.decided(), graph);
        } else if (answer instanceof Placer.Answer.NoRoom noRoom) {
            return noRoom(record, graph, noRoom);
        }
        return new Next.Again(Duration.ZERO);
    }

    private Next noRoom(GraphRecord record, Graph graph, Placer.Answer.NoRoom noRoom) {
        if (noRoom.inForce().isPresent()) {
            GraphRecord answered = noRoom.inForce().get();
            Decided inForce = answered.decided().orElseThrow();
            recorder.fail(answered, operation -> operation.kind() == Operation.Kind.PLACE, noRoom.why());
            if (record.decided().map(Decided::generation).orElse(0L) != inForce.generation()) {
                holdings.track(answered, inForce);
                recorder.entered(record.observed().phase(), answered);
                recorder.tellDecided(answered);
            }
            if (automation.lost(answered).isEmpty()) {
                recorder.waitsForRoom(record.id());
                return rolling.pass(answered, inForce, graph);
            }
            if (record.decided().map(Decided::wishNumber).orElse(0L) < inForce.wishNumber()) {
                // only the wish was refused and is answered now; that a cluster is lost is no reason to give a change
                // up with it
                return new Next.Again(Duration.ZERO);
            }
        }
        return undecided.noRoom(record, graph, noRoom);
    }
}
