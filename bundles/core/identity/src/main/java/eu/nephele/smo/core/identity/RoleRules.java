// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.identity;

import eu.nephele.smo.api.runtime.Verb;
import eu.nephele.smo.core.contract.identity.Role;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * What each role allows (ADR 0091). A kind that a bundle brings is covered by the rules for resources with or without a
 * project.
 */
final class RoleRules {

    /** Kinds that whoever has any role may read. */
    private static final Set<String> SHARED = Set.of("cluster", "plugin", "signer", "strategy", "default");

    /** Kinds that tell who may do what, or what was done, and the database, which has all of it. */
    private static final Set<String> TRUST =
            Set.of("user", "key", "session", "grant", "audit", "configuration", "database");

    /** Kinds that belong to projects, also where one asks for all projects together. */
    private static final Set<String> OF_PROJECTS = Set.of("graph", "replay", "shadow");

    /** What a project may have: nobody gives more to a project that they administer. */
    private static final String QUOTA = "quota";

    private static final Set<String> OF_PLUGINS = Set.of("plugin", "signer", "strategy", "default");

    /** What only those may change who answer for foreign code in the server. */
    private static final Set<String> FOREIGN_CODE = Set.of("plugin", "signer");

    private RoleRules() {}

    /**
     * @param grantedIn the project of the grant, "" for everywhere
     * @param project that of the resource, "" for one of the whole server
     */
    static boolean allows(Role role, String grantedIn, Verb verb, String kind, String project) {
        if (verb == Verb.READ && SHARED.contains(kind)) {
            return true;
        }
        if (verb == Verb.OPERATE && kind.equals("alert")) {
            // an alert does nothing to graphs that its sender may not operate
            return role != Role.VIEWER && role != Role.PLUGIN_ADMIN;
        }
        if (verb != Verb.READ && kind.equals(QUOTA)) {
            return role == Role.ADMIN && grantedIn.isEmpty();
        }
        return (grantedIn.isEmpty() || grantedIn.equals(project)) && allows(role, verb, kind, !project.isEmpty());
    }

    private static boolean allows(Role role, Verb verb, String kind, boolean inProject) {
        return switch (role) {
            case VIEWER -> reads(verb, kind);
            case DEPLOYER -> reads(verb, kind) || (!TRUST.contains(kind) && (inProject || OF_PROJECTS.contains(kind)));
            case OPERATOR ->
                (!TRUST.contains(kind) && !FOREIGN_CODE.contains(kind)) || (verb == Verb.READ && kind.equals("audit"));
            case PLUGIN_ADMIN -> OF_PLUGINS.contains(kind);
            case ADMIN -> true;
        };
    }

    private static boolean reads(Verb verb, String kind) {
        return verb == Verb.READ && !TRUST.contains(kind);
    }

    /** The least role that allows it, in the resource's own project, or everywhere. */
    static Optional<Role> least(Verb verb, String kind, String project) {
        return Arrays.stream(Role.values())
                .filter(role -> allows(role, project, verb, kind, project))
                .findFirst();
    }
}
