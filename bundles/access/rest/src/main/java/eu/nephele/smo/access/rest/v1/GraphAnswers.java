// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.v1;

import eu.nephele.smo.access.http.ChangeSubmission;
import eu.nephele.smo.access.http.Responses;
import eu.nephele.smo.access.http.json.OperationAnswers;
import eu.nephele.smo.access.rest.cluster.ClusterOverview;
import eu.nephele.smo.api.graph.Change;
import eu.nephele.smo.api.graph.GraphView;
import eu.nephele.smo.api.model.DesiredState;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.OperationService;
import eu.nephele.smo.api.runtime.ResourceRef;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Answers changes of graphs. */
public final class GraphAnswers {

    private static final int OK = 200;
    private static final int ACCEPTED = 202;

    private final OperationService operations;
    private final OperationAnswers answers;
    private final ClusterOverview clusterOverview;

    public GraphAnswers(OperationService operations, ClusterOverview clusterOverview) {
        this.operations = operations;
        this.answers = new OperationAnswers(operations);
        this.clusterOverview = clusterOverview;
    }

    /** 202 with the operation; 200 when it ended in the time, or when the graph was already as asked for. */
    Response respond(ChangeSubmission submission, Change change, Duration atMost) {
        if (change.operation().isEmpty()) {
            return unchanged(change.accepted());
        }
        boolean repetition = submission.isRepetition(change);
        boolean asItWas =
                change.replay() && !repetition && change.accepted().item().desired() != DesiredState.REMOVED;
        return answers.respond(submission, change.operation().get(), atMost, asItWas ? OK : ACCEPTED, repetition);
    }

    boolean hasOneOf(ChangeSubmission submission) {
        return answers.hasOneOf(submission);
    }

    /** Returns the latest open operation of a graph. */
    Optional<Operation> openOf(GraphView view, CallContext call) {
        return operations.list(Optional.of(ResourceRef.of(view.graph().id())), Optional.empty(), true, 1, call).stream()
                .findFirst();
    }

    /** The operation that produced the present state is no longer kept. */
    private Response unchanged(GraphView view) {
        return Responses.json(OK, GraphJson.whole(view, clusterOverview.names(), Optional.empty()))
                .location(URI.create(GraphJson.path(view.graph().id())))
                .build();
    }
}
