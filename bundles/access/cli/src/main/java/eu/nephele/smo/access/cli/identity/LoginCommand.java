// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.cli.ConnectionOptions;
import eu.nephele.smo.access.cli.client.SmoClient;
import eu.nephele.smo.access.cli.client.StoredSessions;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "login", description = "Logs in: later commands for this server are those of the user.")
public final class LoginCommand implements Callable<Integer> {

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private PasswordOptions password = new PasswordOptions();

    @Option(names = "--user", paramLabel = "NAME", required = true)
    private String user = "";

    @Option(names = "--hours", paramLabel = "N", description = "How long the session counts; default: as configured.")
    private @Nullable Integer hours;

    @Override
    public Integer call() throws IOException {
        ObjectNode body =
                JsonNodeFactory.instance.objectNode().put("user", user).put("password", password.present(connection));
        Optional.ofNullable(hours).ifPresent(number -> body.put("hours", number));
        SmoClient anonymous = connection.client(connection.client().server(), Optional.empty());
        JsonNode session = anonymous.post("/api/v1/sessions", body);
        StoredSessions.ofUser().save(anonymous.server(), session.path("token").asText());
        if (connection.terminal().isJson()) {
            connection.terminal().json(((ObjectNode) session).without("token"));
        } else {
            connection
                    .terminal()
                    .good("Logged in at %s as %s until %s"
                            .formatted(
                                    anonymous.server(),
                                    user,
                                    session.path("until").asText()));
        }
        return 0;
    }
}
