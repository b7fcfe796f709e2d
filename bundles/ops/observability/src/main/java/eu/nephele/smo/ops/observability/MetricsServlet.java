// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.observability;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code GET /metrics}: everything measured, for Prometheus. */
@Component(
        service = Servlet.class,
        property = {
            "osgi.http.whiteboard.servlet.pattern=/*",
            "osgi.http.whiteboard.servlet.name=smo-metrics",
            "osgi.http.whiteboard.context.select=(osgi.http.whiteboard.context.name=smo-metrics)"
        })
public final class MetricsServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final String OPEN_METRICS = "application/openmetrics-text";

    private final transient MicrometerMeasurements measurements;
    private final transient HealthGauges health;

    @Activate
    public MetricsServlet(@Reference MicrometerMeasurements measurements, @Reference HealthGauges health) {
        this.measurements = measurements;
        this.health = health;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String below = request.getPathInfo();
        if (below != null && !below.equals("/")) {
            ServletResponses.notFound(request, response);
        } else if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
            ServletResponses.methodNotAllowed(request, response);
        } else {
            request.setAttribute(RequestTimer.ROUTE, "/metrics");
            health.refresh();
            String accepted = request.getHeader("Accept");
            if (accepted != null && accepted.contains(OPEN_METRICS)) {
                ServletResponses.write(response, 200, MicrometerMeasurements.OPEN_METRICS, measurements.openMetrics());
            } else {
                ServletResponses.write(response, 200, TYPE, measurements.text());
            }
        }
    }
}
