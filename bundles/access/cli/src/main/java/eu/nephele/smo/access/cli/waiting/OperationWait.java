// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.waiting;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.cli.ConnectionOptions;
import eu.nephele.smo.access.cli.client.CallFailed;
import eu.nephele.smo.access.cli.client.RestCalls;
import eu.nephele.smo.access.cli.terminal.InterruptNotice;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/** Waits for the end of operations, and shows on a terminal how far they are. */
public final class OperationWait {

    private static final Set<String> OPEN = Set.of("PENDING", "RUNNING");
    private static final String STATE = "state";

    /** Without an answer, too many requests, a part of the server or its proxy away. */
    private static final Set<Integer> NOT_NOW = Set.of(CallFailed.UNREACHED, 429, 502, 503, 504);

    private static final Duration SOON = Duration.ofMillis(200);

    private final ConnectionOptions connection;
    private final RestCalls calls;

    public OperationWait(ConnectionOptions connection, RestCalls calls) {
        this.connection = connection;
        this.calls = calls;
    }

    public static boolean isOpen(JsonNode operation) {
        return OPEN.contains(operation.path(STATE).asText());
    }

    /** Whether it is an operation that has ended without success. */
    public static boolean hasFailed(JsonNode operation) {
        return operation.has(STATE)
                && !isOpen(operation)
                && !operation.path(STATE).asText().equals("SUCCEEDED");
    }

    /** Returns the operation at its end, or its state after that time. */
    public JsonNode end(JsonNode operation, Duration atMost) {
        String id = operation.path("id").asText();
        String path = RestCalls.path("api", "v1", "operations", id);
        long end = System.nanoTime() + atMost.toNanos();
        JsonNode latest = operation;
        InterruptNotice notice = connection.interruptNotice(id);
        try {
            while (isOpen(latest) && System.nanoTime() < end) {
                if (connection.terminal().isLive()) {
                    connection.terminal().progress(text(latest));
                }
                long asked = System.nanoTime();
                latest = look(path + "?wait=1", latest);
                // one with many waiting calls answers at once
                boolean soon = System.nanoTime() - asked < SOON.toNanos();
                if (isOpen(latest) && soon && !Pauses.pause(SOON)) {
                    return latest;
                }
            }
        } finally {
            notice.close();
        }
        return latest;
    }

    /** An operation goes on while nobody can tell how far it is: the server is replaced, or has too much to do. */
    private JsonNode look(String path, JsonNode latest) {
        try {
            return calls.get(path);
        } catch (CallFailed failed) {
            if (NOT_NOW.contains(failed.status())) {
                return latest;
            }
            throw failed;
        }
    }

    /** Kind, state, progress and message in one line. */
    public static String text(JsonNode operation) {
        String error = operation.path("error").path("message").asText("");
        String message = error.isEmpty() ? operation.path("message").asText("") : error;
        String state = operation.path(STATE).asText().toLowerCase(Locale.ROOT);
        int percent = operation.path("progressPercent").asInt();
        return "%s: %s%s%s (operation %s)"
                .formatted(
                        operation.path("kind").asText().toLowerCase(Locale.ROOT).replace('_', ' '),
                        state,
                        percent > 0 && isOpen(operation) ? " %d %%".formatted(percent) : "",
                        message.isEmpty() ? "" : ": " + message,
                        operation.path("id").asText());
    }
}
