// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.front;

import eu.nephele.smo.core.contract.problem.ProblemDetails;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Problem details in place of the web server's own page: malformed requests never reach the application. */
final class ProblemErrorHandler extends ErrorHandler {

    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int PAYLOAD_TOO_LARGE = 413;
    private static final int NOT_IMPLEMENTED = 501;
    private static final int UNAVAILABLE = 503;
    private static final int VERSION_NOT_SUPPORTED = 505;
    private static final Duration SOON = Duration.ofSeconds(1);

    private final AnswerHeaders headers;

    ProblemErrorHandler(AnswerHeaders headers) {
        this.headers = headers;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        ProblemDetails problem = problem(request, response);
        Optional<Duration> retryAfter = problem.status() == UNAVAILABLE ? Optional.of(SOON) : Optional.empty();
        // Input that cannot be read comes here without having passed any handler.
        headers.complete(
                response.getHeaders(), "", request.getConnectionMetaData().isSecure());
        new ProblemAnswer(problem, retryAfter).write(request, response, callback);
        return true;
    }

    /** A 404 without a resource does not mean an unknown path: the server starts, or a part of it is updated. */
    private static ProblemDetails problem(Request request, Response response) {
        int status = statusOf(request, response);
        return status == NOT_FOUND && isPath(request) && request.getAttribute(ServedFilter.SERVED) == null
                ? UnavailableResponse.PROBLEM
                : new ProblemDetails(status, detail(causeOf(request, response)));
    }

    /** {@code OPTIONS *} and {@code CONNECT} have no path. */
    private static boolean isPath(Request request) {
        return Optional.ofNullable(request.getHttpURI().getPath())
                .filter(path -> path.startsWith("/"))
                .isPresent();
    }

    /**
     * Returns a 4xx for input that cannot be parsed, since the client made the mistake. HTTP has 501 and 505 for some
     * of it; a client that takes any 5xx for a failure of the server would retry, and an alert would fire.
     */
    private static int statusOf(Request request, Response response) {
        int status = causeOf(request, response);
        return status == NOT_IMPLEMENTED || status == VERSION_NOT_SUPPORTED ? BAD_REQUEST : status;
    }

    private static int causeOf(Request request, Response response) {
        Object cause = request.getAttribute(ERROR_EXCEPTION);
        if (cause instanceof HttpException known && known.getCode() >= BAD_REQUEST) {
            return known.getCode();
        }
        return response.getStatus() >= BAD_REQUEST ? response.getStatus() : 500;
    }

    private static String detail(int status) {
        return switch (status) {
            case BAD_REQUEST ->
                "The request cannot be read: its first line, its path, its header fields or the length of its body"
                        + " are not as RFC 9112 has them, or the path can be read in more than one way.";
            case NOT_FOUND -> "Nothing is served under this path. See /docs.";
            case 406 -> "The answer exists in none of the media types that the header Accept asks for.";
            case 408 ->
                "The request came too slowly: see bodySeconds and minBytesPerSecond of the PID " + FrontConfig.PID;
            case PAYLOAD_TOO_LARGE -> "The body is larger than any that is read here.";
            case 414 -> "The URI is longer than what is read here (8 KiB with the header fields).";
            case 415 -> "The body's Content-Type is not read here. See /docs for those that are.";
            case 417 -> "Only Expect: 100-continue is supported.";
            case 431 -> "The header fields are larger than what is read here (8 KiB).";
            case NOT_IMPLEMENTED -> "Transfer codings other than chunked and unknown methods are not supported.";
            case VERSION_NOT_SUPPORTED -> "Only HTTP/1.0 and HTTP/1.1 are supported.";
            case UNAVAILABLE -> "The limit of concurrent requests is reached. Try again.";
            default ->
                status < 500
                        ? "The request was refused."
                        : "An unexpected error occurred. The log has it under the correlation id.";
        };
    }
}
