// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.reconcile;

import eu.nephele.smo.api.graph.Operation;
import eu.nephele.smo.api.graph.Operation.Fault;
import eu.nephele.smo.api.graph.Revision;
import eu.nephele.smo.api.graph.SmoException;
import eu.nephele.smo.api.model.Condition;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.LifecyclePolicy.OnFailure;
import eu.nephele.smo.core.contract.descriptor.DescriptorReader;
import eu.nephele.smo.core.contract.event.EventDraft;
import eu.nephele.smo.core.contract.store.Alongside;
import eu.nephele.smo.core.contract.store.Decided;
import eu.nephele.smo.core.contract.store.Desired;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.contract.store.GraphStore;
import eu.nephele.smo.core.contract.store.GraphStore.CommitResult;
import eu.nephele.smo.core.contract.store.RevisionStore;
import eu.nephele.smo.core.engine.decision.Placer;
import eu.nephele.smo.core.engine.graph.Declarations;
import eu.nephele.smo.core.engine.rollout.Rollout;
import eu.nephele.smo.core.engine.status.Conditions;
import eu.nephele.smo.core.engine.status.Outcome;
import eu.nephele.smo.core.engine.status.Recorder;
import eu.nephele.smo.core.engine.status.Recorder.Sight;
import eu.nephele.smo.core.engine.work.Deadlines;
import eu.nephele.smo.core.engine.work.WorkQueue.Next;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done about a change that failed for good: an update goes back to the descriptor that ran before, a first deployment is
 * undone step by step in reverse, and where the graph wishes so, or takes over releases of others, everything stays for a person to
 * look at.
 */
final class Compensation {

    private static final Logger LOG = LoggerFactory.getLogger(Compensation.class);

    private final GraphStore store;
    private final RevisionStore revisions;
    private final DescriptorReader reader;
    private final Declarations declarations;
    private final Placer placer;
    private final Rollout rollout;
    private final Recorder recorder;
    private final Deadlines undoLimit;
    private final Duration poll;
    private final Runnable roomMade;

    Compensation(
            GraphStore store,
            RevisionStore revisions,
            DescriptorReader reader,
            Declarations declarations,
            Placer placer,
            Rollout rollout,
            Recorder recorder,
            Deadlines undoLimit,
            Duration poll,
            Runnable roomMade) {
        this.store = store;
        this.revisions = revisions;
        this.reader = reader;
        this.declarations = declarations;
        this.placer = placer;
        this.rollout = rollout;
        this.recorder = recorder;
        this.undoLimit = undoLimit;
        this.poll = poll;
        this.roomMade = roomMade;
    }

    /** Whether everything of a deployment is being taken back, or was. */
    static boolean isUndoing(GraphRecord record) {
        return record.decided()
                .filter(decided -> decided.undoing().isPresent()
                        && decided.generation() == record.desired().generation())
                .isPresent();
    }

    /** Begins to compensate a change that did not come to its end; empty when nothing is to be compensated. */
    Optional<Next> begin(GraphRecord record, Graph graph, SmoException why) {
        boolean converged =
                record.observed().convergedGeneration() == record.desired().generation();
        if (converged || graph.lifecycle().onFailure() != OnFailure.ROLLBACK || takesOver(record)) {
            return Optional.empty();
        }
        boolean neverRan = record.observed().goodRevision() == 0;
        return neverRan && record.decided().isPresent()
                ? Optional.of(undo(record, why))
                : giveUpRevision(record, graph, why);
    }

    /** Goes back to the descriptor that ran before, if the present one is another; empty when it is not, or shall be kept. */
    Optional<Next> giveUpRevision(GraphRecord record, Graph graph, SmoException why) {
        long good = record.observed().goodRevision();
        boolean another = good > 0 && good != record.desired().descriptorRevision();
        return another && graph.lifecycle().onFailure() == OnFailure.ROLLBACK && !takesOver(record)
                ? revisions.find(record.id(), good).map(revision -> back(record, graph, revision, why))
                : Optional.empty();
    }

    /** To undo a takeover would end what ran before anybody asked for this graph. */
    private static boolean takesOver(GraphRecord record) {
        return !record.desired().wish().adopts().isEmpty();
    }

    private Next back(GraphRecord record, Graph graph, Revision revision, SmoException why) {
        Graph former = reader.restore(record.id().project(), revision.descriptor());
        Desired desired = declarations.back(record.desired(), graph, former, revision);
        String failed = Long.toString(record.desired().descriptorRevision());
        SmoException told = SmoException.of(
                why.kind(),
                why.source(),
                "%s. Revision %s is given up, the graph goes back to revision %d"
                        .formatted(why.getMessage(), failed, revision.number()),
                why.retryAfter());
        List<Operation> ops = recorder.failing(record, told);
        EventDraft event = recorder.event(
                "hdag.rolled_back",
                record,
                Map.of(
                        "from", failed,
                        "to", Long.toString(revision.number()),
                        "message", why.getMessage()));
        if (store.update(desired, Alongside.of(List.of(event), ops))) {
            recorder.stored(record, ops, Optional.of(why));
            LOG.warn(
                    "graph={} revision {} failed, back to revision {}: {}",
                    record.id(),
                    failed,
                    revision.number(),
                    why.getMessage());
        }
        return new Next.Again(Duration.ZERO);
    }

    private Next undo(GraphRecord record, SmoException why) {
        Fault fault = Fault.of(why);
        LOG.warn("graph={} could not be deployed, what was done is undone: {}", record.id(), why.getMessage());
        Decided undoing = record.decided().orElseThrow().undoing(fault);
        List<Operation> changed = recorder.undoing(record, fault);
        if (placer.undo(record, undoing, changed) == CommitResult.STORED) {
            recorder.stored(record, changed, Optional.empty());
        }
        return new Next.Again(Duration.ZERO);
    }

    /** Goes on undoing a deployment: what it installed is removed in reverse, then what it reserved is given back. */
    Next undo(GraphRecord record, Graph graph) {
        Fault fault = record.decided().flatMap(Decided::undoing).orElseThrow();
        SmoException why = SmoException.of(fault.kind(), fault.source(), fault.message(), Optional.empty());
        if (record.observed().phase() == GraphPhase.FAILED
                && record.observed().generation() == record.desired().generation()) {
            recorder.note(record, GraphPhase.FAILED, graph.services().size());
            return new Next.Done();
        }
        Rollout.Report report = rollout.takeDown(record, graph);
        Conditions conditions = recorder.conditions(record);
        if (!report.converged()
                && !undoLimit.exceeded(record.id(), record.desired().generation())) {
            conditions.set(
                    Condition.READY, false, "Undoing", "%s. Undoing: %s".formatted(fault.message(), report.message()));
            recorder.save(
                    record,
                    record.observed().phase(),
                    conditions,
                    Sight.of(report.services()),
                    new Outcome.Undoing(fault, report.message()));
            return report.failures().isEmpty() ? new Next.Again(poll) : Next.after(report.failures());
        }
        undoLimit.forget(record.id());
        if (report.converged()) {
            recorder.release(record.id());
            roomMade.run();
            conditions
                    .set(Condition.READY, false, "RolledBack", undone(fault, report))
                    .set(Condition.PLACED, false, "RolledBack", "");
        } else {
            LOG.warn("graph={} could not be undone: {}", record.id(), report.message());
            conditions.set(
                    Condition.READY,
                    false,
                    "NotUndone",
                    "%s. Not undone: %s. What is left stays reserved; mend the cause and remove the graph, or deploy it again"
                            .formatted(fault.message(), report.message()));
        }
        recorder.save(record, GraphPhase.FAILED, conditions, Sight.of(report.services()), new Outcome.Failed(why));
        return new Next.Done();
    }

    /** What was refused although it was never made may have left traces that nobody here can see. */
    private static String undone(Fault fault, Rollout.Report report) {
        return report.message().isEmpty()
                ? fault.message() + ". Everything was undone; deploy again when it is mended"
                : "%s. Nothing of it runs; left behind: %s. Deploy again when it is mended"
                        .formatted(fault.message(), report.message());
    }
}
