// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.identity;

import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.Verb;
import eu.nephele.smo.core.contract.identity.Grant;
import java.util.Optional;

/** What one grant allows, without its time. */
final class GrantRule {

    private GrantRule() {}

    /** @param target empty: anything of the kind */
    static boolean allows(Grant grant, Verb verb, String kind, String project, Optional<ResourceRef> target) {
        return (grant.limits().verbs().isEmpty() || grant.limits().verbs().contains(verb))
                && grant.limits()
                        .resource()
                        .map(resource -> isMeant(resource, kind, target))
                        .orElse(true)
                && RoleRules.allows(grant.role(), grant.project(), verb, kind, project);
    }

    private static boolean isMeant(String resource, String kind, Optional<ResourceRef> target) {
        return resource.startsWith(kind + "/")
                && target.map(named -> resource.equals(kind + "/" + named.name()))
                        .orElse(true);
    }
}
