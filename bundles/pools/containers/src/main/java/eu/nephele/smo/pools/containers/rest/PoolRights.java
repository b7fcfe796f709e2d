// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.rest;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.Permissions;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.Verb;

/**
 * Who may do what here, beside what the core asks at its own doors. A dry run needs what the change needs: it tells as much.
 */
final class PoolRights {

    /** Kind of what only an administrator may change. */
    private static final String CONFIGURATION = "configuration";

    private final Permissions permissions;
    private final ResourceRef pool;

    PoolRights(Permissions permissions, ResourceRef pool) {
        this.permissions = permissions;
        this.pool = pool;
    }

    /**
     * Reading the file again.
     *
     * @throws SmoException {@code FORBIDDEN} without the role admin
     */
    void requireReload(CallContext call) {
        require(call, Verb.UPDATE, new ResourceRef(CONFIGURATION, "", pool.name()), "reload the file of the pool");
    }

    /** @throws SmoException {@code FORBIDDEN} when the caller may not change the pool */
    void requireChange(CallContext call) {
        require(call, Verb.UPDATE, pool, "change the pool");
    }

    boolean mayScale(GraphId service, CallContext call) {
        return call.isInternal() || permissions.allow(call, Verb.OPERATE, ResourceRef.of(service));
    }

    /** @throws SmoException {@code FORBIDDEN} when the caller may not operate the graph of the service */
    void requireScaling(GraphId service, CallContext call) {
        require(call, Verb.OPERATE, ResourceRef.of(service), "scale " + service.name());
    }

    private void require(CallContext call, Verb verb, ResourceRef target, String what) {
        if (!call.isInternal() && !permissions.allow(call, verb, target)) {
            throw SmoException.forbidden("%s may not %s%s"
                    .formatted(
                            call.origin().principal(),
                            what,
                            permissions
                                    .requirement(call, verb, target)
                                    .map(": "::concat)
                                    .orElse("")));
        }
    }
}
