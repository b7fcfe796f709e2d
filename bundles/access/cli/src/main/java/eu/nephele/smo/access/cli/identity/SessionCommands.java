// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.identity;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.cli.ConnectionOptions;
import eu.nephele.smo.access.cli.client.RestCalls;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code session}: who has logged in. */
@Command(name = "session", description = "Sessions: list, end.", synopsisSubcommandLabel = "COMMAND")
public final class SessionCommands {

    @Command(description = "The own sessions.")
    int list(
            @Mixin ConnectionOptions connection,
            @Option(names = "--all", description = "Those of everybody, for administrators.") boolean all) {
        JsonNode sessions = connection.client().get("/api/v1/sessions?limit=1000" + (all ? "&all=true" : ""));
        if (connection.terminal().isJson()) {
            connection.terminal().json(sessions);
        } else {
            connection.terminal().table(IdentityTables.sessions(sessions.path("items")));
        }
        return 0;
    }

    @Command(description = "Ends a session.")
    int end(@Mixin ConnectionOptions connection, @Parameters(paramLabel = "SESSION") String id) {
        connection.client().delete(RestCalls.path("api", "v1", "sessions", id));
        connection.terminal().good("Ended the session " + id);
        return 0;
    }
}
