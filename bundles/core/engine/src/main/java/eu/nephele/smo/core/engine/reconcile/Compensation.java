// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.reconcile;

import eu.nephele.smo.api.graph.Revision;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.LifecyclePolicy.OnFailure;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.event.EventDraft;
import eu.nephele.smo.core.contract.store.Desired;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.contract.store.TransactionalWrites;
import eu.nephele.smo.core.contract.work.WorkQueue.PassResult;
import eu.nephele.smo.core.engine.graph.DesiredGraphFactory;
import eu.nephele.smo.core.engine.graph.GraphRepository;
import eu.nephele.smo.core.engine.graph.RevisionHistory;
import eu.nephele.smo.core.engine.operation.OperationTracker;
import eu.nephele.smo.core.engine.status.StatusRecorder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles a change that failed permanently: an update goes back to the former descriptor, and a first deployment is
 * rolled back step by step in reverse. If the graph asks for it, or adopts releases of others, everything stays for a
 * person to inspect.
 */
final class Compensation {

    private static final Logger LOG = LoggerFactory.getLogger(Compensation.class);

    private final GraphRepository graphs;
    private final RevisionHistory revisions;
    private final DesiredGraphFactory desiredGraphFactory;
    private final OperationTracker operations;
    private final StatusRecorder recorder;
    private final DeploymentRollback deploymentRollback;

    Compensation(
            GraphRepository graphs,
            RevisionHistory revisions,
            DesiredGraphFactory desiredGraphFactory,
            OperationTracker operations,
            StatusRecorder recorder,
            DeploymentRollback deploymentRollback) {
        this.graphs = graphs;
        this.revisions = revisions;
        this.desiredGraphFactory = desiredGraphFactory;
        this.operations = operations;
        this.recorder = recorder;
        this.deploymentRollback = deploymentRollback;
    }

    /** Begins to compensate a change that did not complete; empty when nothing is to be compensated. */
    Optional<PassResult> begin(GraphRecord record, Graph graph, SmoException why) {
        boolean converged =
                record.observed().convergedGeneration() == record.desired().generation();
        if (converged || graph.lifecycle().onFailure() != OnFailure.ROLLBACK || takesOver(record)) {
            return Optional.empty();
        }
        boolean neverRan = record.observed().goodRevision() == 0;
        return neverRan && record.decided().isPresent()
                ? Optional.of(deploymentRollback.begin(record, why))
                : giveUpRevision(record, graph, why);
    }

    /** Goes back to the descriptor that ran before; empty when it is the present one, or that shall be kept. */
    Optional<PassResult> giveUpRevision(GraphRecord record, Graph graph, SmoException why) {
        long good = record.observed().goodRevision();
        boolean another = good > 0 && good != record.desired().declaration().revision();
        return another && graph.lifecycle().onFailure() == OnFailure.ROLLBACK && !takesOver(record)
                ? revisions.find(record.id(), good).map(revision -> back(record, graph, revision, why))
                : Optional.empty();
    }

    /** Rolling back an adoption would end workloads that ran before this graph was deployed. */
    private static boolean takesOver(GraphRecord record) {
        return !record.desired().wish().adopts().isEmpty();
    }

    private PassResult back(GraphRecord record, Graph graph, Revision revision, SmoException why) {
        Graph former = revisions.restore(revision);
        Desired desired = desiredGraphFactory.back(record.desired(), graph, former, revision);
        String failed = Long.toString(record.desired().declaration().revision());
        SmoException told = SmoException.of(
                why.kind(),
                why.source(),
                "%s. Revision %s is given up, the graph goes back to revision %d"
                        .formatted(why.getMessage(), failed, revision.number()),
                why.retryAfter());
        List<Operation> ops = operations.failing(record, told);
        EventDraft event = recorder.event(
                "hdag.rolled_back",
                record,
                Map.of(
                        "from", failed,
                        "to", Long.toString(revision.number()),
                        "message", why.getMessage()));
        if (graphs.update(desired, TransactionalWrites.of(List.of(event), ops))) {
            recorder.stored(record, ops, Optional.of(why));
            LOG.warn(
                    "revision rolled back graph={} failed={} restored={} reason=\"{}\"",
                    record.id(),
                    failed,
                    revision.number(),
                    why.getMessage());
        }
        return new PassResult.RequeueAfter(Duration.ZERO);
    }
}
