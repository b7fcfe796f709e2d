// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Serial;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.util.ArrayList;
import java.util.List;

/** A call that was not answered as hoped: the server is not there, or it answered with a problem. */
public final class CallFailed extends RuntimeException {

    /** Status of a call that reached no server. */
    public static final int UNREACHED = 0;

    @Serial
    private static final long serialVersionUID = 1L;

    private final int status;

    // An exception may only have members that can be serialised, which a List need not be.
    private final ArrayList<String> lines;

    private CallFailed(int status, List<String> lines) {
        super(lines.get(0));
        this.status = status;
        this.lines = new ArrayList<>(lines);
    }

    static CallFailed unreached(URI server, Throwable cause) {
        String why = cause instanceof HttpTimeoutException ? "does not answer in time" : "cannot be reached";
        CallFailed failed = new CallFailed(
                UNREACHED,
                List.of("The server at %s %s. Is it running? ./smo server starts one, --url names another."
                        .formatted(server, why)));
        failed.initCause(cause);
        return failed;
    }

    /** @param problem problem details (RFC 9457); anything else is told as it is */
    static CallFailed problem(int status, String call, JsonNode problem) {
        List<String> lines = new ArrayList<>();
        String detail = problem.path("detail").asText(problem.path("title").asText("no details"));
        lines.add("%s answered %d: %s".formatted(call, status, detail));
        problem.path("errors")
                .forEach(error -> lines.add("  %s %s"
                        .formatted(
                                error.path("pointer").asText().isEmpty()
                                        ? "(whole input)"
                                        : error.path("pointer").asText(),
                                error.path("message").asText())));
        problem.path("reasons").properties().forEach(service -> service.getValue()
                .properties()
                .forEach(cluster -> lines.add("  %s not on %s: %s"
                        .formatted(
                                service.getKey(),
                                cluster.getKey(),
                                cluster.getValue().asText()))));
        String correlation = problem.path("correlationId").asText("");
        if (status >= 500 && !correlation.isEmpty()) {
            lines.add("  at fault: %s; log lines: correlation id %s"
                    .formatted(problem.path("source").asText("smo"), correlation));
        }
        return new CallFailed(status, lines);
    }

    /** HTTP status, {@link #UNREACHED} when there was no answer. */
    public int status() {
        return status;
    }

    /** What to tell a person; the first line is the message. */
    public List<String> lines() {
        return List.copyOf(lines);
    }
}
