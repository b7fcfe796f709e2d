// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.identity;

import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.CallContext.Remote;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.identity.Grant;
import eu.nephele.smo.core.contract.identity.GrantRequest;
import eu.nephele.smo.core.contract.identity.Role;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Nobody gives away more than they have: an administration that is narrowed to verbs or a resource grants nothing, one that
 * ends grants nothing that lasts longer, and users and keys are changed by those who administer everything for ever, because
 * whoever sets the password of somebody may what they may.
 */
final class GrantAuthority {

    private final IdentityRegistry registry;

    GrantAuthority(IdentityRegistry registry) {
        this.registry = registry;
    }

    /** @throws SmoException {@code FORBIDDEN} when the caller's own administration does not cover a grant */
    void requireFor(GrantRequest request, CallContext call) {
        boolean covered = isBrought(call)
                || administrations(call)
                        .anyMatch(
                                own -> (own.project().isEmpty() || own.project().equals(request.project()))
                                        && own.limits()
                                                .until()
                                                .map(end -> request.limits()
                                                        .until()
                                                        .filter(until -> !until.isAfter(end))
                                                        .isPresent())
                                                .orElse(true));
        if (!covered) {
            throw SmoException.forbidden("%s may grant nothing that is wider, or lasts longer, than its own role admin"
                    .formatted(call.origin().principal()));
        }
    }

    /** @throws SmoException {@code FORBIDDEN} when the caller does not administer everything for ever */
    void requireWhole(CallContext call) {
        if (!isBrought(call)
                && administrations(call)
                        .noneMatch(own ->
                                own.project().isEmpty() && own.limits().until().isEmpty())) {
            throw SmoException.forbidden(
                    "%s does not have the role admin for all projects without an end, which users and keys need"
                            .formatted(call.origin().principal()));
        }
    }

    private static boolean isBrought(CallContext call) {
        return call.isInternal()
                || call.remote()
                        .map(remote -> remote.roles().getOrDefault("", Set.of()))
                        .filter(roles -> roles.contains(Role.ADMIN.word()))
                        .isPresent();
    }

    private Stream<Grant> administrations(CallContext call) {
        Instant now = registry.clock().instant();
        return call.remote().stream()
                .flatMap((Remote remote) ->
                        GrantedPermissions.grants(registry.now(), call.origin().principal(), remote))
                .filter(grant -> grant.role() == Role.ADMIN
                        && grant.counts(now)
                        && grant.limits().resource().isEmpty()
                        && grant.limits().verbs().isEmpty());
    }
}
