// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.http;

import eu.nephele.smo.api.graph.Change;
import eu.nephele.smo.api.graph.DeployRequest;
import eu.nephele.smo.api.graph.GraphService;
import eu.nephele.smo.api.graph.GraphView;
import eu.nephele.smo.api.model.DesiredState;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.OperationService;
import eu.nephele.smo.api.runtime.RequestOrigin;
import eu.nephele.smo.api.runtime.RequestOrigin.IdempotencyKey;
import eu.nephele.smo.api.runtime.SmoException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.util.Optional;
import java.util.function.Function;

/** A request for a change, with the answers to refusals. */
public final class ChangeSubmission {

    /** The answer repeats the first one of the idempotency key. */
    public static final String REPLAYED_HEADER = "Idempotency-Replayed";

    private static final String UPDATE = "PUT ";

    private final CallContext call;
    private final SharedLimits sharedLimits;

    private ChangeSubmission(CallContext call, SharedLimits sharedLimits) {
        this.call = call;
        this.sharedLimits = sharedLimits;
    }

    public static ChangeSubmission create(ContainerRequestContext request) {
        return new ChangeSubmission(RequestCaller.from(request), SharedLimits.from(request));
    }

    public CallContext call() {
        return call;
    }

    public AsyncWait waiting() {
        return sharedLimits.waiting();
    }

    /** Adds a streamed body to the fingerprint of the key. */
    public ChangeSubmission withBody(String sha256) {
        CallContext whole = call.origin()
                .idempotency()
                .map(key -> call.with(new IdempotencyKey(key.key(), key.fingerprint() + "." + sha256)))
                .orElse(call);
        return new ChangeSubmission(whole, sharedLimits);
    }

    /** @throws ProblemException when the key stands for another request already */
    public <T> T ask(Function<CallContext, T> change) {
        try {
            return change.apply(call);
        } catch (SmoException refused) {
            if (refused.kind() == SmoException.Kind.UNPROCESSABLE
                    && call.origin().idempotency().isPresent()) {
                throw ProblemException.named("idempotency-key-reused", refused);
            }
            throw refused;
        }
    }

    /**
     * Returns whether the request is repeated and answered with its operation, regardless of the present state.
     *
     * @throws ProblemException when the key stands for another request
     */
    public boolean wasAccepted(OperationService operations) {
        return ask(operations::repeated).isPresent();
    }

    /** Submits a change of one graph while no other change of it is being submitted. */
    public <T> T ask(GraphId graph, Function<CallContext, T> change) {
        return sharedLimits.graphChangeLock().take(graph, () -> ask(change));
    }

    /** A conflict, also with a stopped graph of this name, names the path to use. */
    public Change deploy(GraphService graphs, DeployRequest deployment) {
        GraphId id = deployment.graph().id();
        try {
            Change change = ask(id, from -> graphs.deploy(deployment, from));
            if (change.replay()
                    && change.accepted().item().desired() == DesiredState.STOPPED
                    && !isRepetition(change)) {
                throw SmoException.conflict("Graph %s exists already and is stopped; start it instead".formatted(id));
            }
            return change;
        } catch (SmoException refused) {
            boolean lost = refused.kind() == SmoException.Kind.CONFLICT
                    && !refused.getMessage().contains(UPDATE)
                    && differs(graphs.find(id, call), deployment.graph());
            if (lost) {
                throw SmoException.conflict("%s. %s/api/v1/projects/%s/graphs/%s gives it the new descriptor"
                        .formatted(refused.getMessage().replaceAll("\\.$", ""), UPDATE, id.project(), id.name()));
            }
            throw refused;
        }
    }

    public boolean isRepetition(Change change) {
        return change.replay()
                && call.origin().idempotency().isPresent()
                && keyOf(change.operation().map(Operation::origin)).equals(keyOf(Optional.of(call.origin())));
    }

    /** Marks an answer that repeats an earlier one. */
    public void mark(ResponseBuilder answer, Change change) {
        if (isRepetition(change)) {
            answer.header(REPLAYED_HEADER, true);
        }
    }

    public boolean isRepetition(Operation operation) {
        return call.origin().idempotency().isPresent()
                && !operation.origin().correlationId().equals(call.origin().correlationId());
    }

    private static Optional<String> keyOf(Optional<RequestOrigin> origin) {
        return origin.flatMap(RequestOrigin::idempotency).map(IdempotencyKey::key);
    }

    private static boolean differs(Optional<GraphView> there, Graph wished) {
        return there.filter(view -> view.item().desired() != DesiredState.REMOVED)
                .filter(view -> !view.graph()
                        .descriptor()
                        .canonical()
                        .equals(wished.descriptor().canonical()))
                .isPresent();
    }
}
