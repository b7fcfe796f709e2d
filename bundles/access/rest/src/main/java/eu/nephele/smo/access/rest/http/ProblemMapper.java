// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import eu.nephele.smo.access.http.ProblemException;
import eu.nephele.smo.access.http.ProblemKind;
import eu.nephele.smo.access.http.RequestBodies;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.runtime.SmoException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Maps every failure to a {@link Problem}. */
public final class ProblemMapper implements ExceptionMapper<Throwable> {

    private static final Logger log = LoggerFactory.getLogger(ProblemMapper.class);
    private static final int PRECONDITION_FAILED = 412;
    private static final Duration USUAL_RETRY = Duration.ofSeconds(5);

    @Override
    public Response toResponse(Throwable failure) {
        if (failure instanceof SmoException known) {
            return toResponse(known, Optional.empty(), Optional.empty());
        } else if (failure instanceof ProblemException told) {
            return toResponse(told.refusal(), told.word(), told.operation());
        } else if (failure instanceof AdapterException outside) {
            return toResponse(outside);
        } else if (failure instanceof JsonProcessingException malformed) {
            return toResponse(RequestBodies.notJson(malformed), Optional.empty(), Optional.empty());
        } else if (failure instanceof WebApplicationException web) {
            return toResponse(web);
        }
        log.error("request failed unexpectedly", failure);
        return answer(Problem.create(
                        "internal",
                        "Internal Server Error",
                        500,
                        "An unexpected error occurred. The log has it under the correlation id."))
                .build();
    }

    private static Response toResponse(SmoException failure, Optional<String> word, Optional<String> operation) {
        ProblemKind kind = ProblemKind.from(failure.kind());
        ResponseBuilder answer = answer(new Problem(
                word.orElse(kind.word()),
                kind.title(),
                kind.status(),
                messageOf(failure),
                failure.source(),
                operation,
                failure.violations(),
                failure.reasons(),
                failure.elsewhere()));
        return withRetry(answer, kind.status(), failure.retryAfter()).build();
    }

    private static Response toResponse(AdapterException failure) {
        ProblemKind kind =
                switch (failure.kind()) {
                    case UNAVAILABLE -> ProblemKind.from(SmoException.Kind.UNAVAILABLE);
                    case TIMED_OUT -> ProblemKind.from(SmoException.Kind.TIMED_OUT);
                    case REFUSED, NOT_FOUND, CONFLICT -> ProblemKind.from(SmoException.Kind.UPSTREAM_FAILED);
                };
        ResponseBuilder answer = answer(new Problem(
                kind.word(),
                kind.title(),
                kind.status(),
                messageOf(failure),
                failure.system(),
                Optional.empty(),
                List.of(),
                Map.of(),
                Optional.empty()));
        return withRetry(answer, kind.status(), failure.retryAfter()).build();
    }

    private static Response toResponse(WebApplicationException failure) {
        Response original = failure.getResponse();
        int status = original.getStatus();
        if (status < 400) {
            return original;
        }
        ResponseBuilder answer = answer(WebProblems.forStatus(status));
        Optional.ofNullable(original.getHeaderString(HttpHeaders.ALLOW))
                .ifPresent(allowed -> answer.header(HttpHeaders.ALLOW, allowed));
        if (status >= 500) {
            log.error("request failed unexpectedly", failure);
        }
        return answer.build();
    }

    /** Returns the problem of a failed precondition; the framework answers it without a body. */
    static Problem preconditionFailed() {
        return WebProblems.forStatus(PRECONDITION_FAILED);
    }

    private static ResponseBuilder withRetry(ResponseBuilder answer, int status, Optional<Duration> retryAfter) {
        if (status == 503 || status == 429) {
            long seconds = Math.max(1, retryAfter.orElse(USUAL_RETRY).toSeconds());
            answer.header(HttpHeaders.RETRY_AFTER, seconds);
        }
        return answer;
    }

    private static ResponseBuilder answer(Problem problem) {
        return Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(problem);
    }

    private static String messageOf(RuntimeException failure) {
        return Optional.ofNullable(failure.getMessage()).orElse("");
    }

    private static final class WebProblems {

        private WebProblems() {}

        static Problem forStatus(int status) {
            return switch (status) {
                case 400 -> Problem.create("invalid", "Bad Request", status, "The request cannot be understood.");
                case 404 ->
                    Problem.create("not-found", "Not Found", status, "Nothing is served under this path. See /docs.");
                case 405 ->
                    Problem.create(
                            "method-not-allowed",
                            "Method Not Allowed",
                            status,
                            "This path does not know the method; the header Allow lists those it knows.");
                case 406 ->
                    Problem.create(
                            "not-acceptable",
                            "Not Acceptable",
                            status,
                            "The answer exists in none of the media types that the header Accept asks for.");
                case 408 ->
                    Problem.create(
                            "request-timeout",
                            "Request Timeout",
                            status,
                            "The body did not come as a whole, or too slowly: see minBytesPerSecond of the PID"
                                    + " eu.nephele.smo.access.front.");
                case 412 ->
                    Problem.create(
                            "precondition-failed",
                            "Precondition Failed",
                            status,
                            "The precondition of If-Match or If-None-Match failed: the resource has changed. Get it"
                                    + " again, and change that version. PUT and DELETE of a graph, and of a resource"
                                    + " below /api/v1/kinds, compare tags;"
                                    + " no other change has one to compare, and takes only If-Match: *.");
                case 415 ->
                    Problem.create(
                            "unsupported-media-type",
                            "Unsupported Media Type",
                            status,
                            "The body's Content-Type is not read here. See /docs for those that are.");
                default ->
                    status >= 500
                            ? Problem.create(
                                    "internal", "Internal Server Error", status, "An unexpected error occurred.")
                            : Problem.create("refused", "Refused", status, "The request was refused.");
            };
        }
    }
}
