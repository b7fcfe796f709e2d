// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.observability;

import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.core.contract.measure.MeasuredCall;
import eu.nephele.smo.core.contract.measure.MetricsRecorder;
import eu.nephele.smo.core.contract.trace.TraceContext;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Times every HTTP call, including those refused by the gate, by method, route and status. The route is the template of
 * the path, never the path itself: labels come from a closed set.
 */
@Component(
        service = Filter.class,
        property = {
            "osgi.http.whiteboard.filter.pattern=/*",
            "osgi.http.whiteboard.filter.name=smo-request-timer",
            "osgi.http.whiteboard.filter.asyncSupported:Boolean=true",
            "osgi.http.whiteboard.context.select=(osgi.http.whiteboard.context.name=*)",
            "service.ranking:Integer=2000"
        })
public final class RequestTimer implements Filter {

    /** Request attribute in which the REST API stores the template of the path. */
    static final String ROUTE = "smo.route";

    /** Route of calls that no resource answers: unknown paths, calls refused by the gate. */
    static final String NO_ROUTE = "unmatched";

    private final MetricsRecorder metricsRecorder;

    @Activate
    public RequestTimer(@Reference MetricsRecorder metricsRecorder) {
        this.metricsRecorder = metricsRecorder;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        long start = System.nanoTime();
        boolean ended = false;
        try {
            chain.doFilter(request, response);
            ended = true;
        } finally {
            HttpServletRequest call = (HttpServletRequest) request;
            int status = ended ? ((HttpServletResponse) response).getStatus() : 500;
            MeasuredCall measured = new MeasuredCall(
                    call.getMethod(), route(call), status, Duration.ofNanos(System.nanoTime() - start));
            LoggedTrace.during(trace(call), () -> measured.record(metricsRecorder));
        }
    }

    /** The span of the call, which has ended: this filter is around the one that begins it. */
    private static Optional<TraceContext> trace(HttpServletRequest call) {
        return call.getAttribute(CallContext.PROPERTY) instanceof CallContext context
                ? TraceContext.parse(context.origin().traceParent())
                : Optional.empty();
    }

    private static String route(HttpServletRequest call) {
        return call.getAttribute(ROUTE) instanceof String route ? route : NO_ROUTE;
    }
}
