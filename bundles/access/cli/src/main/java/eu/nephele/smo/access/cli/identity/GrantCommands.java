// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.cli.ConnectionOptions;
import eu.nephele.smo.access.cli.HumanDuration;
import eu.nephele.smo.access.cli.client.RestCalls;
import eu.nephele.smo.access.cli.terminal.Terminal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code grant}: who may what. */
@Command(
        name = "grant",
        description = "Rights: list, add, revoke, consent, roles.",
        synopsisSubcommandLabel = "COMMAND")
public final class GrantCommands {

    private static final String GRANTS = "/api/v1/grants";
    private static final String TRIAL = "?dryRun=true";
    private static final int NOT_DONE = 1;

    /** @param project null for all */
    static ObjectNode body(String subject, String role, @Nullable String project) {
        ObjectNode body =
                JsonNodeFactory.instance.objectNode().put("subject", subject).put("role", role);
        if (project != null) {
            body.put("project", project);
        }
        return body;
    }

    @Command(description = "What was granted to whom.")
    int list(@Mixin ConnectionOptions connection) {
        JsonNode grants = connection.client().get(GRANTS + "?limit=1000");
        if (connection.terminal().isJson()) {
            connection.terminal().json(grants);
        } else {
            connection.terminal().table(IdentityTables.grants(grants.path("items")));
        }
        return 0;
    }

    @Command(description = "What each role allows.")
    int roles(@Mixin ConnectionOptions connection) {
        JsonNode roles = connection.client().get("/api/v1/roles");
        if (connection.terminal().isJson()) {
            connection.terminal().json(roles);
        } else {
            connection.terminal().table(IdentityTables.roles(roles.path("items")));
        }
        return 0;
    }

    @Command(description = "Shows who gains what, and grants it.")
    int add(
            @Mixin ConnectionOptions connection,
            @Parameters(paramLabel = "SUBJECT", description = "A user, key:NAME, group:PROVIDER/NAME or PROVIDER:NAME.")
                    String subject,
            @Parameters(paramLabel = "ROLE", description = "viewer, deployer, operator, plugin-admin or admin.")
                    String role,
            @Option(names = "--project", paramLabel = "PROJECT", description = "Default: all projects.") @Nullable
                    String project,
            @Option(names = "--resource", paramLabel = "KIND/NAME", description = "Only this one.") @Nullable
                    String resource,
            @Option(names = "--verbs", paramLabel = "VERB", split = ",", description = "Only these: read, operate, ...")
                    @Nullable
                    List<String> verbs,
            @Option(names = "--for", paramLabel = "DURATION", description = "Ends by itself: 90m, 8h, 7d.") @Nullable
                    HumanDuration lasting,
            @Option(names = "--consent", description = "Counts only after a second administrator has agreed.")
                    boolean consent,
            @Option(names = "--yes", description = "Does not ask.") boolean yes) {
        ObjectNode body = body(subject, role, project);
        if (resource != null) {
            body.put("resource", resource);
        }
        if (verbs != null) {
            verbs.forEach(verb -> body.withArray("verbs").add(verb.toUpperCase(Locale.ROOT)));
        }
        if (lasting != null) {
            body.put("until", Instant.now().plus(lasting.duration()).toString());
        }
        if (consent) {
            body.put("needsConsent", true);
        }
        RestCalls client = connection.client();
        if (!agreed(connection, client.post(GRANTS + TRIAL, body), yes)) {
            return NOT_DONE;
        }
        return told(connection, client.post(GRANTS, body), "Granted");
    }

    @Command(description = "Shows who loses what, and takes a grant back.")
    int revoke(
            @Mixin ConnectionOptions connection,
            @Parameters(paramLabel = "GRANT") String id,
            @Option(names = "--yes", description = "Does not ask.") boolean yes) {
        RestCalls client = connection.client();
        String path = RestCalls.path("api", "v1", "grants", id);
        if (!agreed(connection, client.delete(path + TRIAL), yes)) {
            return NOT_DONE;
        }
        return told(connection, client.delete(path), "Taken back");
    }

    @Command(description = "Agrees to a grant that somebody else has made.")
    int consent(@Mixin ConnectionOptions connection, @Parameters(paramLabel = "GRANT") String id) {
        return told(
                connection,
                connection.client().post(RestCalls.path("api", "v1", "grants", id, "consent")),
                "Agreed to");
    }

    private static boolean agreed(ConnectionOptions connection, JsonNode trial, boolean yes) {
        if (!connection.terminal().isJson()) {
            IdentityTables.effect(connection.terminal(), trial.path("effect"));
        }
        if (yes || connection.terminal().isJson()) {
            return true;
        }
        return Terminal.interactive()
                .map(console -> Optional.ofNullable(console.readLine("Go on? [y/N] "))
                        .orElse("")
                        .strip()
                        .toLowerCase(Locale.ROOT)
                        .startsWith("y"))
                .orElse(true);
    }

    private static int told(ConnectionOptions connection, JsonNode grant, String done) {
        if (connection.terminal().isJson()) {
            connection.terminal().json(grant);
        } else {
            connection
                    .terminal()
                    .good("%s: %s is %s in %s (grant %s)"
                            .formatted(
                                    done,
                                    grant.path("subject").asText(),
                                    grant.path("role").asText(),
                                    IdentityTables.project(grant).equals("all")
                                            ? "all projects"
                                            : IdentityTables.project(grant),
                                    grant.path("id").asText()));
        }
        return 0;
    }
}
