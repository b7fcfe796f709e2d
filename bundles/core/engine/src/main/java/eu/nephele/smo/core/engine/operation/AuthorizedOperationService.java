// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.operation;

import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.OperationService;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.Verb;
import eu.nephele.smo.core.contract.access.Authorizer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Authorized service for operations. A caller who may see a resource sees its operations. */
public final class AuthorizedOperationService implements OperationService {

    private final OperationQueries operationQueries;
    private final Authorizer authorizer;

    public AuthorizedOperationService(OperationQueries operationQueries, Authorizer authorizer) {
        this.operationQueries = operationQueries;
        this.authorizer = authorizer;
    }

    @Override
    public Optional<Operation> find(String id, CallContext call) {
        return authorizer.inside(
                () -> operationQueries.find(id).filter(found -> authorizer.sees(call, found.target())));
    }

    @Override
    public Optional<Operation> repeated(CallContext call) {
        return authorizer.inside(
                () -> operationQueries.repeated(call.origin()).filter(first -> authorizer.sees(call, first.target())));
    }

    @Override
    public List<Operation> list(
            Optional<ResourceRef> target, Optional<String> beforeId, boolean openOnly, int limit, CallContext call) {
        return authorizer.page(
                call,
                Operation::target,
                limit,
                (last, most) ->
                        operationQueries.list(target, last.map(Operation::id).or(() -> beforeId), openOnly, most));
    }

    @Override
    public List<Operation> listOf(
            String kind, String project, Optional<String> beforeId, boolean openOnly, int limit, CallContext call) {
        return authorizer.page(
                call,
                Operation::target,
                limit,
                (last, most) -> operationQueries.listOf(
                        kind, project, last.map(Operation::id).or(() -> beforeId), openOnly, most));
    }

    @Override
    public Operation await(String id, Duration atMost, CallContext call) {
        return authorizer.inside(() -> {
            target(id, call);
            return operationQueries.await(id, atMost);
        });
    }

    @Override
    public Operation cancel(String id, CallContext call) {
        ResourceRef target = authorizer.inside(() -> target(id, call));
        return authorizer.change(
                call, Verb.OPERATE, target, "cancel", () -> operationQueries.cancel(id, call.origin()));
    }

    /** @throws SmoException {@code NOT_FOUND} */
    private ResourceRef target(String id, CallContext call) {
        return operationQueries
                .target(id)
                .filter(target -> authorizer.sees(call, target))
                .orElseThrow(() -> OperationQueries.notThere(id));
    }
}
