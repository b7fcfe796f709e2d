// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.identity;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.runtime.Verb;
import eu.nephele.smo.core.contract.identity.Role;
import eu.nephele.smo.core.contract.json.JsonFieldWriter;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The roles as a table: what each allows in a project, and what it allows beside that where it holds for all projects. */
final class RoleTable {

    /** Kinds that may belong to a project; {@code resource} stands for those that bundles bring. */
    static final List<String> IN_PROJECTS = List.of("graph", "replay", "shadow", "resource", "grant", "quota");

    private static final List<String> OF_SERVER = List.of(
            "cluster",
            "alert",
            "webhook",
            "server",
            "resource",
            "plugin",
            "strategy",
            "default",
            "audit",
            "configuration",
            "user",
            "key",
            "session",
            "grant",
            "quota");

    /** All of them, once. */
    static final List<String> KINDS =
            Stream.concat(IN_PROJECTS.stream(), OF_SERVER.stream()).distinct().toList();

    private RoleTable() {}

    static List<JsonObject> rows() {
        return Arrays.stream(Role.values()).map(RoleTable::row).toList();
    }

    private static JsonObject row(Role role) {
        return new JsonFieldWriter()
                .put("role", role.word())
                .put("inProject", allowed(role, "PROJECT", IN_PROJECTS))
                .put("ofServer", allowed(role, "", OF_SERVER))
                .object();
    }

    private static JsonObject allowed(Role role, String project, List<String> kinds) {
        JsonFieldWriter allowed = new JsonFieldWriter();
        for (String kind : kinds) {
            List<String> verbs = Arrays.stream(Verb.values())
                    .filter(verb -> RoleRules.allows(role, project, verb, kind, project))
                    .map(Verb::name)
                    .toList();
            if (!verbs.isEmpty()) {
                allowed.texts(kind, verbs);
            }
        }
        return allowed.object();
    }
}
