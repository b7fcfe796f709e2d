// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.v1;

import eu.nephele.smo.access.rest.cluster.Federation;
import eu.nephele.smo.access.rest.http.Answers;
import eu.nephele.smo.access.rest.http.Refusal;
import eu.nephele.smo.access.rest.http.Submission;
import eu.nephele.smo.access.rest.http.Waiting;
import eu.nephele.smo.api.graph.Change;
import eu.nephele.smo.api.graph.GraphView;
import eu.nephele.smo.api.model.DesiredState;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.OperationService;
import eu.nephele.smo.api.runtime.ResourceRef;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Answers changes with the operations that carry them out. */
public final class OperationAnswers {

    private static final int OK = 200;
    private static final int ACCEPTED = 202;

    private final OperationService operations;
    private final Federation federation;
    private final Waiting waiting;

    public OperationAnswers(OperationService operations, Federation federation, Waiting waiting) {
        this.operations = operations;
        this.federation = federation;
        this.waiting = waiting;
    }

    /**
     * 202 with the operation; 200 when it ended in the time, or when the graph was already as asked for.
     *
     * @throws Refusal when the operation failed in the time
     */
    Response of(Submission submission, Change change, Duration atMost) {
        if (change.operation().isEmpty()) {
            return unchanged(change.accepted());
        }
        boolean repetition = submission.isRepetition(change);
        boolean asItWas =
                change.replay() && !repetition && change.accepted().item().desired() != DesiredState.REMOVED;
        return of(submission, change.operation().get(), atMost, asItWas ? OK : ACCEPTED, repetition);
    }

    /** As above, for an operation that changes no graph of its own. */
    public Response of(Submission submission, Operation operation, Duration atMost) {
        return of(submission, operation, atMost, ACCEPTED, submission.isRepetition(operation));
    }

    /**
     * The operation as it is after that time at the latest.
     *
     * @throws Refusal when it failed in the time
     */
    public Operation awaited(Operation accepted, Duration atMost, CallContext call) {
        Operation operation = waiting.on(operations, accepted, atMost, call);
        if (!atMost.isZero() && operation.state() == Operation.State.FAILED) {
            throw Refusal.of(operation);
        }
        return operation;
    }

    /** What is being done with a graph now, the latest of it. */
    Optional<Operation> openOf(GraphView view, CallContext call) {
        return operations.list(Optional.of(ResourceRef.of(view.graph().id())), Optional.empty(), true, 1, call).stream()
                .findFirst();
    }

    private Response of(Submission submission, Operation accepted, Duration atMost, int status, boolean repetition) {
        Operation operation = awaited(accepted, atMost, submission.call());
        boolean ended = !atMost.isZero() && operation.state().isFinal();
        ResponseBuilder answer = Answers.json(ended ? OK : status, OperationJson.whole(operation))
                .location(URI.create(OperationJson.path(operation.id())));
        if (repetition) {
            answer.header(Submission.REPLAYED_HEADER, true);
        }
        return answer.build();
    }

    /** The operation that made the graph as it is is not kept any more. */
    private Response unchanged(GraphView view) {
        return Answers.json(OK, GraphJson.whole(view, federation.names(), Optional.empty()))
                .location(URI.create(GraphJson.path(view.graph().id())))
                .build();
    }
}
