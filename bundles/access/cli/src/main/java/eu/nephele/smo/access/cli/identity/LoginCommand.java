// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.cli.ConnectionOptions;
import eu.nephele.smo.access.cli.client.RestCalls;
import eu.nephele.smo.access.cli.client.StoredSessions;
import eu.nephele.smo.access.cli.identity.LoginOptions.ProviderOptions;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "login",
        description =
                "Logs in, with a password (--user) or by an identity provider (--provider): later commands for this server are those of the user.")
public final class LoginCommand implements Callable<Integer> {

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private PasswordOptions password = new PasswordOptions();

    @ArgGroup(multiplicity = "1")
    private LoginOptions who = new LoginOptions();

    @Option(names = "--hours", paramLabel = "N", description = "How long the session counts; default: as configured.")
    private @Nullable Integer hours;

    @Override
    public Integer call() throws IOException {
        RestCalls anonymous = connection.client(connection.client().server(), Optional.empty());
        ProviderOptions provider = who.provider();
        JsonNode session = provider == null ? byPassword(anonymous) : byProvider(anonymous, provider);
        StoredSessions.ofUser().save(anonymous.server(), session.path("token").asText());
        if (connection.terminal().isJson()) {
            connection.terminal().json(((ObjectNode) session).without("token"));
        } else {
            connection
                    .terminal()
                    .good("Logged in at %s as %s until %s"
                            .formatted(
                                    anonymous.server(),
                                    session.path("principal").asText(),
                                    session.path("until").asText()));
        }
        return 0;
    }

    private JsonNode byPassword(RestCalls anonymous) throws IOException {
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("user", who.user())
                .put("password", password.present(connection));
        Optional.ofNullable(hours).ifPresent(number -> body.put("hours", number));
        return anonymous.post("/api/v1/sessions", body);
    }

    private JsonNode byProvider(RestCalls anonymous, ProviderOptions provider) throws IOException {
        ProviderLogin login =
                new ProviderLogin(anonymous, provider.name(), Optional.ofNullable(hours), connection::error);
        return provider.byBrowser() ? login.byBrowser() : login.byDevice();
    }
}
