// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.identity;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.cli.ConnectionOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "whoami", description = "Who the server takes this user for, and what was granted.")
public final class WhoAmICommand implements Callable<Integer> {

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Override
    public Integer call() {
        JsonNode caller = connection.client().get("/api/v1/whoami");
        if (connection.terminal().isJson()) {
            connection.terminal().json(caller);
            return 0;
        }
        connection.terminal().line(caller.path("principal").asText());
        caller.path("roles")
                .forEach(role -> connection.terminal().line("role %s for all projects".formatted(role.asText())));
        if (!caller.path("grants").isEmpty()) {
            connection.terminal().table(IdentityTables.grants(caller.path("grants")));
        }
        return 0;
    }
}
