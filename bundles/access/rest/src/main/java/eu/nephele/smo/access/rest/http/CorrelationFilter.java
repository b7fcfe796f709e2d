// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.http;

import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Gives each request a correlation id: that of the front filter if present, else the caller's own if it is valid, else
 * a new one. Log lines and the answer carry it.
 */
@PreMatching
@Priority(Integer.MIN_VALUE)
public final class CorrelationFilter implements ContainerRequestFilter, ContainerResponseFilter {

    public static final String HEADER = "X-Correlation-Id";

    /** Request property, also set by the front filter. */
    static final String PROPERTY = "smo.correlationId";

    /** Request property with the id of the trace, set by the front filter. */
    private static final String TRACE = "smo.traceId";

    /** Request property that marks requests without a front filter, whose id has to be removed here. */
    private static final String OURS = "smo.correlationId.ours";

    private static final String MDC_KEY = "correlationId";
    private static final Pattern SANE = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

    @Override
    public void filter(ContainerRequestContext request) {
        if (request.getProperty(PROPERTY) instanceof String given) {
            MDC.put(MDC_KEY, given);
            return;
        }
        String id = ofHeader(request.getHeaderString(HEADER));
        request.setProperty(PROPERTY, id);
        request.setProperty(OURS, true);
        MDC.put(MDC_KEY, id);
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        response.getHeaders().putSingle(HEADER, idOf(request));
        if (request.getProperty(OURS) != null) {
            // Otherwise the front filter removes it after the body has been written, so that a failure there is logged
            // with it.
            MDC.remove(MDC_KEY);
        }
    }

    static String idOf(ContainerRequestContext request) {
        return request.getProperty(PROPERTY) instanceof String id ? id : "";
    }

    /** The trace of a request, if the front filter has begun one. */
    static Optional<String> traceOf(ContainerRequestContext request) {
        return request.getProperty(TRACE) instanceof String id ? Optional.of(id) : Optional.empty();
    }

    private static String ofHeader(@Nullable String wished) {
        return wished != null && SANE.matcher(wished).matches()
                ? wished
                : UUID.randomUUID().toString();
    }
}
