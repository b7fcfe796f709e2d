// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.runtime;

import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.Resource;
import eu.nephele.smo.api.runtime.ResourceKind;
import eu.nephele.smo.api.runtime.ResourceQuery;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.ResourceService;
import eu.nephele.smo.api.runtime.ResourceWish;
import eu.nephele.smo.api.runtime.Verb;
import eu.nephele.smo.core.contract.access.Authorizer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

final class AuthorizedResourceService implements ResourceService {

    private final ResourceLifecycle resourceLifecycle;
    private final Authorizer authorizer;

    AuthorizedResourceService(ResourceLifecycle resourceLifecycle, Authorizer authorizer) {
        this.resourceLifecycle = resourceLifecycle;
        this.authorizer = authorizer;
    }

    /** Lists the installed kinds; they belong to no project, so every caller with any right may see them. */
    @Override
    public List<ResourceKind> kinds() {
        return authorizer.inside(resourceLifecycle::kinds);
    }

    @Override
    public Accepted apply(ResourceRef ref, ResourceWish wish, CallContext call) {
        return authorizer.inside(() -> {
            Verb verb = resourceLifecycle.find(ref).isPresent() ? Verb.UPDATE : Verb.CREATE;
            return authorizer.change(call, verb, ref, "apply", () -> resourceLifecycle.apply(ref, wish, call.origin()));
        });
    }

    @Override
    public Operation remove(ResourceRef ref, OptionalLong ifGeneration, CallContext call) {
        return authorizer.change(
                call, Verb.DELETE, ref, "remove", () -> resourceLifecycle.remove(ref, ifGeneration, call.origin()));
    }

    @Override
    public Operation forget(ResourceRef ref, OptionalLong ifGeneration, CallContext call) {
        return authorizer.change(
                call, Verb.DELETE, ref, "forget", () -> resourceLifecycle.forget(ref, ifGeneration, call.origin()));
    }

    @Override
    public Optional<Resource> find(ResourceRef ref, CallContext call) {
        return authorizer.find(call, ref, () -> resourceLifecycle.find(ref));
    }

    @Override
    public List<Resource> list(ResourceQuery query, CallContext call) {
        return authorizer.page(
                call,
                Resource::ref,
                query.limit(),
                (last, most) -> resourceLifecycle.list(new ResourceQuery(
                        query.kind(),
                        query.project(),
                        query.labels(),
                        query.fields(),
                        query.phase(),
                        last.map(Resource::ref).or(query::after),
                        most)));
    }

    @Override
    public void wake(ResourceRef ref) {
        resourceLifecycle.wake(ref);
    }
}
