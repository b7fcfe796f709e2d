// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.http.json;

import eu.nephele.smo.access.http.ChangeSubmission;
import eu.nephele.smo.access.http.ProblemException;
import eu.nephele.smo.access.http.Responses;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.OperationService;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.net.URI;
import java.time.Duration;

/** Answers changes with their operations. */
public final class OperationAnswers {

    private static final int OK = 200;
    private static final int ACCEPTED = 202;

    private final OperationService operations;

    public OperationAnswers(OperationService operations) {
        this.operations = operations;
    }

    public boolean hasOneOf(ChangeSubmission submission) {
        return submission.wasAccepted(operations);
    }

    /** 202 with the operation; 200 when it ended in the time. */
    public Response respond(ChangeSubmission submission, Operation operation, Duration atMost) {
        return respond(submission, operation, atMost, ACCEPTED, submission.isRepetition(operation));
    }

    /** With another status while the operation is in progress; {@code repetition}: an earlier request again. */
    public Response respond(
            ChangeSubmission submission, Operation accepted, Duration atMost, int status, boolean repetition) {
        Operation operation = awaited(submission, accepted, atMost);
        boolean ended = !atMost.isZero() && operation.state().isFinal();
        ResponseBuilder answer = Responses.json(ended ? OK : status, OperationJson.whole(operation))
                .location(URI.create(OperationJson.path(operation.id())));
        if (repetition) {
            answer.header(ChangeSubmission.REPLAYED_HEADER, true);
        }
        return answer.build();
    }

    /** The state after that time at the latest; fails with a {@link ProblemException} when the operation does. */
    public Operation awaited(ChangeSubmission submission, Operation accepted, Duration atMost) {
        Operation operation = submission.waiting().on(operations, accepted, atMost, submission.call());
        if (!atMost.isZero() && operation.state() == Operation.State.FAILED) {
            throw ProblemException.create(operation);
        }
        return operation;
    }
}
