// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.graph;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.cli.ConnectionOptions;
import eu.nephele.smo.access.cli.client.RestCalls;
import eu.nephele.smo.access.cli.waiting.OperationWait;
import java.time.Duration;
import picocli.CommandLine.Option;

final class WaitOptions {

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description =
                    "Waits at most so long for the end, default ${DEFAULT-VALUE}; what is not done then goes on, and"
                            + " the exit status is 3.")
    private int seconds;

    @Option(names = "--no-wait", description = "Does not wait; the exit status is 0 when the server takes it on.")
    private boolean none;

    /**
     * Waits for the end of an operation here and not in the server: Ctrl-C leaves it, and says which one.
     *
     * @param answer an operation, or anything else, which is returned as it is
     */
    JsonNode end(ConnectionOptions connection, RestCalls calls, JsonNode answer) {
        return isWanted() && OperationWait.isOpen(answer)
                ? new OperationWait(connection, calls).end(answer, Duration.ofSeconds(seconds))
                : answer;
    }

    boolean isWanted() {
        return !none && seconds > 0;
    }
}
