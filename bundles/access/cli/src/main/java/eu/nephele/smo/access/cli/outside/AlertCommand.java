// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.outside;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.cli.ConnectionOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code alert}: sends what an Alertmanager would send. */
@Command(name = "alert", description = "Sends alerts as Alertmanager does, from a file with its JSON: to try rules.")
public final class AlertCommand implements Callable<Integer> {

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Option(
            names = {"-f", "--filename"},
            paramLabel = "FILE",
            required = true,
            description = "The body of a webhook of Alertmanager; - for standard input.")
    private Path file = Path.of("");

    @Override
    public Integer call() throws IOException {
        String body = file.toString().equals("-")
                ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
                : Files.readString(file);
        JsonNode answer = connection.client().post("/alerts", body, "application/json");
        if (connection.terminal().isJson()) {
            connection.terminal().json(answer);
        } else {
            connection.terminal().good("The server has taken the alerts");
        }
        return 0;
    }
}
