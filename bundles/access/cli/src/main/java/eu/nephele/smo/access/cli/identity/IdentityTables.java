// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.identity;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.cli.terminal.TableRenderer;
import eu.nephele.smo.access.cli.terminal.Terminal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Users, keys, sessions and grants for people. */
final class IdentityTables {

    private static final String NAME = "name";
    private static final String UNTIL = "until";

    private IdentityTables() {}

    static TableRenderer users(JsonNode users) {
        TableRenderer table = new TableRenderer("user", "full name", "may log in", "since");
        users.forEach(user -> table.row(
                user.path(NAME).asText(),
                user.path("fullName").asText(),
                user.path("enabled").asBoolean()
                        ? (user.path("hasPassword").asBoolean() ? "yes" : "no password")
                        : "no",
                user.path("createdAt").asText()));
        return table;
    }

    static TableRenderer keys(JsonNode keys) {
        TableRenderer table = new TableRenderer("key", "description", "until", "last used", "made by");
        keys.forEach(key -> table.row(
                key.path(NAME).asText(),
                key.path("description").asText(),
                key.path(UNTIL).asText("for ever"),
                key.path("lastUsedAt").asText("never"),
                key.path("createdBy").asText()));
        return table;
    }

    static TableRenderer sessions(JsonNode sessions) {
        TableRenderer table = new TableRenderer("session", "who", "from", "since", "until", "last used");
        sessions.forEach(session -> table.row(
                session.path("id").asText(),
                session.path("principal").asText(),
                session.path("address").asText(),
                session.path("createdAt").asText(),
                session.path(UNTIL).asText(),
                session.path("lastUsedAt").asText("never")));
        return table;
    }

    static TableRenderer grants(JsonNode grants) {
        TableRenderer table = new TableRenderer("grant", "to", "role", "project", "only", "until", "by");
        grants.forEach(grant -> table.row(
                grant.path("id").asText(),
                grant.path("subject").asText(),
                grant.path("role").asText(),
                project(grant),
                narrowed(grant),
                grant.path(UNTIL).asText("for ever"),
                by(grant)));
        return table;
    }

    static String project(JsonNode grant) {
        String project = grant.path("project").asText();
        return project.isEmpty() ? "all" : project;
    }

    private static String narrowed(JsonNode grant) {
        List<String> parts = new ArrayList<>();
        if (grant.has("resource")) {
            parts.add(grant.path("resource").asText());
        }
        if (!grant.path("verbs").isEmpty()) {
            parts.add(words(grant.path("verbs")));
        }
        return String.join(" ", parts);
    }

    private static String by(JsonNode grant) {
        String by = grant.path("grantedBy").asText();
        if (!grant.path("needsConsent").asBoolean()) {
            return by;
        }
        return grant.has("consentedBy") ? by + ", " + grant.path("consentedBy").asText() : by + ", needs consent";
    }

    private static String words(JsonNode texts) {
        return StreamSupport.stream(texts.spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.joining(","));
    }

    static TableRenderer roles(JsonNode roles) {
        TableRenderer table =
                new TableRenderer("role", "in a project", "of the server, where granted for all projects");
        roles.forEach(role ->
                table.row(role.path("role").asText(), allowed(role.path("inProject")), allowed(role.path("ofServer"))));
        return table;
    }

    private static String allowed(JsonNode kinds) {
        return kinds.properties().stream()
                .map(kind -> kind.getKey() + " " + words(kind.getValue()))
                .collect(Collectors.joining("\n"));
    }

    /** Who gains or loses what. */
    static void effect(Terminal terminal, JsonNode effect) {
        String who = effect.path("subject").asText();
        for (String direction : List.of("gains", "loses")) {
            JsonNode kinds = effect.path(direction);
            if (!kinds.isMissingNode()) {
                terminal.line("%s %s in %s:"
                        .formatted(
                                who,
                                kinds.isEmpty() ? direction + " nothing" : direction,
                                effect.path("project").asText().isEmpty()
                                        ? "all projects"
                                        : effect.path("project").asText()));
                kinds.properties()
                        .forEach(kind -> terminal.line("  %s %s".formatted(kind.getKey(), words(kind.getValue()))));
            }
        }
    }
}
