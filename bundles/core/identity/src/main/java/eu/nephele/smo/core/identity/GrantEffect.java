// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.identity;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.runtime.Verb;
import eu.nephele.smo.core.contract.identity.Grant;
import eu.nephele.smo.core.contract.json.JsonFieldWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Who gains or loses what by a grant: verbs by kind that the subject has after it and not before, or the reverse. */
final class GrantEffect {

    private GrantEffect() {}

    /**
     * @param without all identities but this grant
     * @param verb {@code gains} or {@code loses}
     */
    static JsonObject json(Grant grant, IdentityDirectory without, String verb) {
        List<Grant> rest = without.grantsOf(grant.subject());
        JsonFieldWriter kinds = new JsonFieldWriter();
        for (String kind : grantedKinds(grant)) {
            List<String> verbs = Arrays.stream(Verb.values())
                    .filter(each -> allows(grant, each, kind))
                    .filter(Predicate.not(each -> rest.stream().anyMatch(other -> allows(other, grant, each, kind))))
                    .map(Verb::name)
                    .toList();
            if (!verbs.isEmpty()) {
                kinds.texts(kind, verbs);
            }
        }
        return new JsonFieldWriter()
                .put("subject", grant.subject())
                .put("project", grant.project())
                .put("resource", grant.limits().resource())
                .put(verb, kinds.object())
                .object();
    }

    private static List<String> grantedKinds(Grant grant) {
        return grant.limits()
                .resource()
                .map(resource -> List.of(resource.substring(0, resource.indexOf('/'))))
                .orElse(RoleTable.KINDS);
    }

    private static boolean allows(Grant grant, Verb verb, String kind) {
        return GrantRule.allows(grant, verb, kind, project(grant, kind), Optional.empty());
    }

    private static String project(Grant grant, String kind) {
        return RoleTable.IN_PROJECTS.contains(kind) ? grant.project() : "";
    }

    /** Another grant covers it only when it is not narrower, and lasts. */
    private static boolean allows(Grant other, Grant grant, Verb verb, String kind) {
        return (other.limits().resource().isEmpty()
                        || other.limits().resource().equals(grant.limits().resource()))
                && other.limits().until().isEmpty()
                && (!other.origin().needsConsent()
                        || other.origin().consentedBy().isPresent())
                && GrantRule.allows(other, verb, kind, project(grant, kind), Optional.empty());
    }
}
