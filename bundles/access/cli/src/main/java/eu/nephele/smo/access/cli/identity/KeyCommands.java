// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.cli.ConnectionOptions;
import eu.nephele.smo.access.cli.HumanDuration;
import eu.nephele.smo.access.cli.client.RestCalls;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code key}: API keys of programs. */
@Command(name = "key", description = "API keys: list, add, rotate, remove.", synopsisSubcommandLabel = "COMMAND")
public final class KeyCommands {

    private static final String KEYS = "/api/v1/keys";
    private static final int SECONDS_PER_DAY = 86_400;

    @Command(description = "All keys, without their secrets.")
    int list(@Mixin ConnectionOptions connection) {
        JsonNode keys = connection.client().get(KEYS + "?limit=1000");
        if (connection.terminal().isJson()) {
            connection.terminal().json(keys);
        } else {
            connection.terminal().table(IdentityTables.keys(keys.path("items")));
        }
        return 0;
    }

    @Command(description = "Makes a key; its token is shown once.")
    int add(
            @Mixin ConnectionOptions connection,
            @Parameters(paramLabel = "NAME") String name,
            @Option(names = "--description", paramLabel = "TEXT") @Nullable String description,
            @Option(names = "--days", paramLabel = "N", description = "How long it counts; default: for ever.")
                    @Nullable
                    Integer days,
            @Option(names = "--for", paramLabel = "DURATION", description = "Instead: 90m, 8h, 7d.") @Nullable
                    HumanDuration lasting,
            @Option(names = "--role", paramLabel = "ROLE", description = "A role that is granted.") @Nullable
                    String role,
            @Option(names = "--project", paramLabel = "PROJECT", description = "Where; default: in all projects.")
                    @Nullable
                    String project) {
        if (role == null && project != null) {
            throw connection.wrong("--project says where --role counts; there is no --role");
        }
        if (days != null && lasting != null) {
            throw connection.wrong("Give --days or --for, not both");
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("name", name);
        if (description != null) {
            body.put("description", description);
        }
        if (days != null) {
            body.put(
                    "until",
                    Instant.now().plusSeconds((long) days * SECONDS_PER_DAY).toString());
        }
        if (lasting != null) {
            body.put("until", Instant.now().plus(lasting.duration()).toString());
        }
        RestCalls client = connection.client();
        ObjectNode key = (ObjectNode) client.post(KEYS, body);
        if (role != null) {
            key.set("grant", client.post("/api/v1/grants", GrantCommands.body("key:" + name, role, project)));
        }
        return told(connection, key);
    }

    private static int told(ConnectionOptions connection, JsonNode key) {
        if (connection.terminal().isJson()) {
            connection.terminal().json(key);
        } else {
            connection.terminal().line("The token of the key, which is shown this once:");
            connection.terminal().good(key.path("token").asText());
        }
        return 0;
    }

    @Command(description = "Gives a key another token; the present one counts for --overlap more.")
    int rotate(
            @Mixin ConnectionOptions connection,
            @Parameters(paramLabel = "NAME") String name,
            @Option(names = "--overlap", paramLabel = "MINUTES", defaultValue = "0") int overlap) {
        return told(
                connection,
                connection
                        .client()
                        .post(
                                RestCalls.path("api", "v1", "keys", name, "rotate"),
                                JsonNodeFactory.instance.objectNode().put("overlapMinutes", overlap)));
    }

    @Command(description = "Removes a key with its grants.")
    int remove(@Mixin ConnectionOptions connection, @Parameters(paramLabel = "NAME") String name) {
        connection.client().delete(RestCalls.path("api", "v1", "keys", name));
        connection.terminal().good("Removed the key " + name);
        return 0;
    }
}
