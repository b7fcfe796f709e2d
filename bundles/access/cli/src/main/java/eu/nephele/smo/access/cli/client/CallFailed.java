// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.client.call.SmoProblem;
import eu.nephele.smo.access.client.call.SmoProblemException;
import java.io.Serial;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** A failed call: the server cannot be reached, or it answered with a problem. */
public final class CallFailed extends RuntimeException {

    /** Status of a call that did not reach the server. */
    public static final int UNREACHED = 0;

    @Serial
    private static final long serialVersionUID = 1L;

    private final int status;

    private final @Nullable String operation;

    // An exception may only have members that can be serialised, which a List need not be.
    private final ArrayList<String> lines;

    private final String outcome;

    private CallFailed(int status, @Nullable String operation, List<String> lines) {
        this(status, operation, lines.get(0), lines);
    }

    private CallFailed(int status, @Nullable String operation, String outcome, List<String> lines) {
        super(lines.get(0));
        this.outcome = outcome;
        this.operation = operation;
        this.status = status;
        this.lines = new ArrayList<>(lines);
    }

    static CallFailed unreached(URI server, Throwable cause) {
        String why = cause instanceof HttpTimeoutException ? "does not answer in time" : "cannot be reached";
        String line = cause instanceof SSLException
                ? ("The connection with %s is not safe: %s. --ca FILE or SMO_CA names who vouches for its certificate,"
                                + " --url the name that is in it; http is not spoken where TLS is.")
                        .formatted(server, cause.getMessage())
                : ("The server at %s %s. Is it running? ./smo server starts one; --port, --url or"
                                + " SMO_URL name another.")
                        .formatted(server, why);
        CallFailed failed = new CallFailed(UNREACHED, null, List.of(line));
        failed.initCause(cause);
        return failed;
    }

    /** @param servers one line for each */
    static CallFailed severalServers(List<String> servers) {
        List<String> lines = new ArrayList<>();
        lines.add("%d servers run here. Choose one with --port N, --url URL or the variable SMO_URL:"
                .formatted(servers.size()));
        servers.forEach(server -> lines.add("  " + server));
        return new CallFailed(UNREACHED, null, lines);
    }

    /** The server, or a proxy, stopped reading a file. */
    static CallFailed cutOff(URI server, Path file, Throwable cause) {
        CallFailed failed = new CallFailed(
                UNREACHED,
                null,
                List.of(("The server at %s did not take %s as a whole: %s. Is the token right (--token-file),"
                                + " and the file within the limit of the server?")
                        .formatted(server, file, cause.getMessage())));
        failed.initCause(cause);
        return failed;
    }

    public static CallFailed ended(JsonNode operation) {
        String error = operation.path("error").path("message").asText("");
        String why = error.isEmpty() ? operation.path("message").asText("no details") : error;
        String outcome = "The operation %s ended as %s"
                .formatted(
                        operation.path("id").asText(), operation.path("state").asText());
        return new CallFailed(UNREACHED, operation.path("id").textValue(), outcome, List.of(outcome + ": " + why));
    }

    public static CallFailed problem(SmoProblemException refused) {
        SmoProblem problem = refused.problem();
        List<String> lines = new ArrayList<>();
        String detail = problem.detail().isEmpty() ? problem.title() : problem.detail();
        String outcome = "%s answered %d".formatted(refused.call(), problem.status());
        lines.add(outcome + ": " + (detail.isEmpty() ? "no details" : detail));
        problem.errors()
                .forEach(error -> lines.add("  %s %s"
                        .formatted(error.pointer().isEmpty() ? "(whole input)" : error.pointer(), error.message())));
        problem.reasons()
                .forEach((service, clusters) -> clusters.forEach(
                        (cluster, reason) -> lines.add("  %s not on %s: %s".formatted(service, cluster, reason))));
        problem.retryAfter().ifPresent(pause -> lines.add("  ask again in %d s".formatted(pause.toSeconds())));
        if (problem.status() >= 500 && !problem.correlationId().isEmpty()) {
            lines.add("  at fault: %s; log lines: correlation id %s"
                    .formatted(problem.source(), problem.correlationId()));
        }
        return new CallFailed(problem.status(), problem.operation().orElse(null), outcome, lines);
    }

    /** The same when the reasons have been printed already. */
    public CallFailed withReasonsTold() {
        CallFailed shorter = new CallFailed(status, operation, List.of(outcome + "; the reasons are above"));
        shorter.initCause(this);
        return shorter;
    }

    /** The same with a further line, on what was done before it. */
    public CallFailed with(String line) {
        List<String> more = new ArrayList<>(lines);
        more.add(line);
        CallFailed longer = new CallFailed(status, operation, outcome, more);
        longer.initCause(this);
        return longer;
    }

    /** HTTP status, {@link #UNREACHED} when there was no answer. */
    public int status() {
        return status;
    }

    /** Whether the server gave no answer; not when it was not clear which one is meant. */
    public boolean isUnreached() {
        return status == UNREACHED && getCause() != null && operation == null;
    }

    /** Id of the operation that failed during the wait. */
    public Optional<String> operation() {
        return Optional.ofNullable(operation);
    }

    public List<String> lines() {
        return List.copyOf(lines);
    }
}
