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

    private final OperationQueries desk;
    private final Authorizer keeper;

    public AuthorizedOperationService(OperationQueries desk, Authorizer keeper) {
        this.desk = desk;
        this.keeper = keeper;
    }

    @Override
    public Optional<Operation> find(String id, CallContext call) {
        return keeper.inside(() -> desk.find(id).filter(found -> keeper.sees(call, found.target())));
    }

    @Override
    public Optional<Operation> repeated(CallContext call) {
        return keeper.inside(() -> desk.repeated(call.origin()).filter(first -> keeper.sees(call, first.target())));
    }

    @Override
    public List<Operation> list(
            Optional<ResourceRef> target, Optional<String> beforeId, boolean openOnly, int limit, CallContext call) {
        return keeper.page(
                call,
                Operation::target,
                limit,
                last -> desk.list(target, last.map(Operation::id).or(() -> beforeId), openOnly, limit));
    }

    @Override
    public List<Operation> listOf(
            String kind, String project, Optional<String> beforeId, boolean openOnly, int limit, CallContext call) {
        return keeper.page(
                call,
                Operation::target,
                limit,
                last -> desk.listOf(kind, project, last.map(Operation::id).or(() -> beforeId), openOnly, limit));
    }

    @Override
    public Operation await(String id, Duration atMost, CallContext call) {
        return keeper.inside(() -> {
            target(id, call);
            return desk.await(id, atMost);
        });
    }

    @Override
    public Operation cancel(String id, CallContext call) {
        ResourceRef target = keeper.inside(() -> target(id, call));
        return keeper.change(call, Verb.OPERATE, target, "cancel", () -> desk.cancel(id, call.origin()));
    }

    /** @throws SmoException {@code NOT_FOUND} */
    private ResourceRef target(String id, CallContext call) {
        return desk.target(id)
                .filter(target -> keeper.sees(call, target))
                .orElseThrow(() -> OperationQueries.notThere(id));
    }
}
