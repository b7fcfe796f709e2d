// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.front;

import eu.nephele.smo.core.contract.problem.ProblemDetails;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** @param retryAfter delay before a retry; sent in whole seconds, at least one */
record ProblemAnswer(ProblemDetails problem, Optional<Duration> retryAfter) {

    private static final int LONGEST_PATH = 500;

    void write(Request request, Response response, Callback callback) {
        String correlationId = request.getAttribute(ProblemDetails.CORRELATION_ATTRIBUTE) instanceof String given
                ? given
                : ProblemDetails.correlationId(request.getHeaders().get(ProblemDetails.CORRELATION_ID));
        byte[] body = problem.bytes(instanceOf(request), correlationId);
        response.setStatus(problem.status());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, ProblemDetails.MEDIA_TYPE);
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        response.getHeaders().put(ProblemDetails.CORRELATION_ID, correlationId);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        retryAfter.ifPresent(
                after -> response.getHeaders().put(HttpHeader.RETRY_AFTER, Math.max(1, after.toSeconds())));
        response.write(true, ByteBuffer.wrap(body), callback);
    }

    /** The path as received, truncated to its limit. */
    private static String instanceOf(Request request) {
        String path = Optional.ofNullable(request.getHttpURI().getPath()).orElse("");
        return path.length() <= LONGEST_PATH ? path : path.substring(0, LONGEST_PATH) + "…";
    }
}
