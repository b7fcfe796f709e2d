// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.waiting;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.cli.ConnectionOptions;
import eu.nephele.smo.access.cli.ExitStatus;
import eu.nephele.smo.access.cli.client.RestCalls;
import java.time.Duration;
import picocli.CommandLine.Option;

/** How long a command waits for its operation. */
public final class WaitTime {

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description =
                    "Waits at most so long for the end, default ${DEFAULT-VALUE}; what is not done then goes on, and"
                            + " the exit status is 3.")
    private int seconds;

    @Option(names = "--no-wait", description = "Does not wait; the exit status is 0 when the server takes it on.")
    private boolean none;

    /** Waits for the operation, says how it ended, and returns the exit status. */
    public int settle(ConnectionOptions connection, RestCalls calls, JsonNode answer) {
        boolean operation = answer.has("state") && answer.has("kind") && answer.has("id");
        JsonNode latest = operation && !none
                ? new OperationWait(connection, calls).end(answer, Duration.ofSeconds(seconds))
                : answer;
        if (connection.terminal().isJson()) {
            connection.terminal().json(latest);
        }
        if (!operation) {
            connection.terminal().good("Nothing was to be changed.");
            return ExitStatus.DONE.code();
        }
        String text = OperationWait.text(latest);
        if (OperationWait.isOpen(latest)) {
            connection
                    .terminal()
                    .notable(text + "; smo wait --for operation="
                            + latest.path("id").asText());
            return none || seconds == 0 ? ExitStatus.DONE.code() : ExitStatus.NOT_DONE.code();
        }
        if (latest.path("state").asText().equals("SUCCEEDED")) {
            connection.terminal().good(text);
            return ExitStatus.DONE.code();
        }
        connection.terminal().bad(text);
        if (connection.terminal().isJson()) {
            connection.error(text);
        }
        return ExitStatus.FAILED.code();
    }
}
