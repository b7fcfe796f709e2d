// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.identity;

import eu.nephele.smo.api.runtime.CallContext.Remote;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.Verb;
import eu.nephele.smo.core.contract.identity.Grant;
import eu.nephele.smo.core.contract.identity.Role;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What counts for a caller at one moment. Asked for each item of each list, so it has plain loops.
 *
 * @param brought roles that its credential brings
 * @param granted grants to it and to its groups
 */
record HeldRoles(List<BroughtRole> brought, List<Grant> granted) {

    private static final HeldRoles NONE = new HeldRoles(List.of(), List.of());

    /** @param project "" for everywhere */
    record BroughtRole(Role role, String project) {}

    /** None when what the caller is known by no longer counts. */
    static HeldRoles at(IdentityDirectory directory, String principal, Remote remote, Instant now) {
        if (!Credential.counts(remote.credential(), directory, now)) {
            return NONE;
        }
        List<BroughtRole> brought = new ArrayList<>();
        remote.roles()
                .forEach((project, words) -> words.forEach(
                        word -> Role.ofWord(word).ifPresent(role -> brought.add(new BroughtRole(role, project)))));
        List<Grant> granted = GrantedPermissions.grants(directory, principal, remote)
                .filter(grant -> grant.counts(now))
                .toList();
        return new HeldRoles(brought, granted);
    }

    /** @param target empty: anything of the kind */
    boolean allow(Verb verb, String kind, String project, Optional<ResourceRef> target) {
        for (BroughtRole role : brought) {
            if (RoleRules.allows(role.role(), role.project(), verb, kind, project)) {
                return true;
            }
        }
        for (Grant grant : granted) {
            if (GrantRule.allows(grant, verb, kind, project, target)) {
                return true;
            }
        }
        return false;
    }
}
