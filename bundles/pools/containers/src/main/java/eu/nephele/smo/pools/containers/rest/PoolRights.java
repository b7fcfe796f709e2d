// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.rest;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.runtime.AuditedActions;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.Permissions;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.Verb;
import eu.nephele.smo.api.runtime.Violation;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Who may do what here, beside what the core asks at its own doors. A dry run needs what the change needs: it tells as much. What is
 * refused to others is in the audit.
 */
final class PoolRights {

    /** Kind of what only an administrator may change. */
    private static final String CONFIGURATION = "configuration";

    private static final String SCALE = "scale";
    private static final String RELOAD = "reload";

    /** As the core calls a change of the pool. */
    private static final String APPLY = "apply";

    private final Permissions permissions;
    private final AuditedActions actions;
    private final ResourceRef pool;

    PoolRights(Permissions permissions, AuditedActions actions, ResourceRef pool) {
        this.permissions = permissions;
        this.actions = actions;
        this.pool = pool;
    }

    /**
     * Reading the file again.
     *
     * @throws SmoException {@code FORBIDDEN} without the role admin
     */
    void requireReload(CallContext call) {
        try {
            require(call, Verb.UPDATE, new ResourceRef(CONFIGURATION, "", pool.name()), "reload the file of the pool");
        } catch (SmoException forbidden) {
            refusedReload(call, forbidden);
            throw forbidden;
        }
    }

    /** @param why without anything of the file that could be a secret */
    void refusedReload(CallContext call, SmoException why) {
        actions.refused(call, pool, RELOAD, why);
    }

    /**
     * A change of the pool; asked for before anything of it is looked at.
     *
     * @throws SmoException {@code FORBIDDEN} when the caller may not change the pool
     */
    void requireChange(boolean dryRun, CallContext call) {
        planned(dryRun, call, () -> {
            require(call, Verb.UPDATE, pool, "change the pool");
            return pool;
        });
    }

    /**
     * Looks whether a change of the pool is possible. That it is not is in the audit.
     *
     * @throws SmoException as the planning
     */
    <T> T planned(boolean dryRun, CallContext call, Supplier<T> planning) {
        try {
            return planning.get();
        } catch (SmoException refused) {
            if (!dryRun) {
                actions.refused(call, pool, APPLY, withPlaces(refused));
            }
            throw refused;
        }
    }

    /** With the places of what is invalid, and without values: one may be a secret. */
    private static SmoException withPlaces(SmoException refused) {
        return refused.violations().isEmpty()
                ? refused
                : SmoException.invalid(
                        "The change is not valid at "
                                + refused.violations().stream()
                                        .map(Violation::pointer)
                                        .collect(Collectors.joining(", ")),
                        List.of());
    }

    /** @throws SmoException {@code FORBIDDEN} when the caller may not operate the graph of the service */
    void requireScaling(GraphId service, boolean dryRun, CallContext call) {
        try {
            require(call, Verb.OPERATE, ResourceRef.of(service), "scale " + service.name());
        } catch (SmoException forbidden) {
            if (!dryRun) {
                actions.refused(call, ResourceRef.of(service), SCALE, forbidden);
            }
            throw forbidden;
        }
    }

    /** Records a step by hand that is allowed and finds nothing to do. */
    void refusedScaling(GraphId service, SmoException why, CallContext call) {
        actions.refused(call, ResourceRef.of(service), SCALE, why);
    }

    /**
     * Does a step by hand that is allowed, in the name of the caller.
     *
     * @throws SmoException as {@link AuditedActions#run}
     */
    <T> T scaled(GraphId service, CallContext call, Supplier<T> step) {
        return actions.run(call, Verb.OPERATE, ResourceRef.of(service), SCALE, step);
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
