// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.cli.ConnectionOptions;
import eu.nephele.smo.access.cli.client.RestCalls;
import eu.nephele.smo.access.cli.terminal.TableRenderer;
import eu.nephele.smo.access.cli.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plugin signer}: whose plugins a server takes. */
@Command(name = "signer", description = "Signers of plugins: list, trust, revoke.", synopsisSubcommandLabel = "COMMAND")
public final class SignerCommands {

    private static final String SIGNERS = "/api/v1/signers";
    private static final int DIGITS = 12;

    @Command(description = "Signers with their keys, and what they may provide.")
    int list(@Mixin ConnectionOptions connection) {
        JsonNode page = connection.client().get(SIGNERS);
        Terminal terminal = connection.terminal();
        if (terminal.isJson()) {
            terminal.json(page);
        } else if (page.path("items").isEmpty()) {
            terminal.line("No signers are known; certificates in the trust store count nevertheless.");
        } else {
            terminal.table(table(page.path("items")));
        }
        return 0;
    }

    private static TableRenderer table(JsonNode signers) {
        TableRenderer table =
                new TableRenderer("signer", "may bring", "key", "valid from", "until", "revoked", "subject");
        signers.forEach(signer -> signer.path("keys")
                .forEach(key -> table.row(
                        signer.path("name").asText(),
                        signer.path("scope").asText(),
                        key.path("fingerprint").asText().substring(0, DIGITS),
                        key.path("from").asText(),
                        key.path("until").asText(),
                        "%s %s"
                                .formatted(
                                        key.path("revokedAt").asText(""),
                                        key.path("reason").asText())
                                .strip(),
                        key.path("subject").asText())));
        return table;
    }

    @Command(description = "Adds a key to a signer, who is made with the first one.")
    int trust(
            @Mixin ConnectionOptions connection,
            @Parameters(paramLabel = "NAME") String name,
            @Option(
                            names = "--certificate",
                            paramLabel = "FILE",
                            required = true,
                            description = "PEM; plugin keygen makes one.")
                    Path certificate,
            @Option(
                            names = "--scope",
                            paramLabel = "SCOPE",
                            description = "strategies (default of a new signer), adapters or anything.")
                    @Nullable
                    String scope)
            throws IOException {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("certificate", Files.readString(certificate));
        if (scope != null) {
            body.put("scope", scope);
        }
        JsonNode signer = connection.client().post(RestCalls.path("api", "v1", "signers", name, "keys"), body);
        if (connection.terminal().isJson()) {
            connection.terminal().json(signer);
        } else {
            connection
                    .terminal()
                    .table(table(JsonNodeFactory.instance.arrayNode().add(signer)));
        }
        return 0;
    }

    @Command(description = "Revokes a key for good, and names the plugins that it has signed.")
    int revoke(
            @Mixin ConnectionOptions connection,
            @Parameters(paramLabel = "NAME") String name,
            @Parameters(paramLabel = "KEY", description = "Its fingerprint, or the first 12 digits.") String key,
            @Option(names = "--reason", paramLabel = "TEXT", defaultValue = "") String reason,
            @Option(names = "--stop", description = "Also stop the plugins that it has signed.") boolean stop) {
        JsonNode answer = connection
                .client()
                .post(
                        RestCalls.path("api", "v1", "signers", name, "keys", key, "revoke"),
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("reason", reason)
                                .put("stop", stop));
        Terminal terminal = connection.terminal();
        if (terminal.isJson()) {
            terminal.json(answer);
            return 0;
        }
        terminal.good("The key is revoked: what it has signed is refused");
        answer.path("stopped").forEach(plugin -> terminal.line("stopped: " + plugin.asText()));
        answer.path("running")
                .forEach(plugin -> terminal.notable(
                        "still running: %s; stop it with plugin stop ID --force".formatted(plugin.asText())));
        return 0;
    }
}
