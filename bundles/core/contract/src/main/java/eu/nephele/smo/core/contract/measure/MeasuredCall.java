// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.measure;

import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * An answered call over HTTP.
 *
 * @param method as it came; unknown ones are measured as {@code other}
 * @param route template of the path, never the path itself: labels come from a closed set
 */
@Metric(
        value = "smo_http_requests_seconds",
        type = MetricType.HISTOGRAM,
        unit = "seconds",
        labels = {"method=GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|other", "route", "status"},
        meaning = "Each HTTP call, rejected ones included. `route` is the template of the path; `unmatched` "
                + "when no resource answered. The time of a change that is rejected under overload ends "
                + "before its response is sent")
public record MeasuredCall(String method, String route, int status, Duration duration) {

    /** Name of the measurement. */
    public static final String NAME = "smo_http_requests_seconds";

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    /** Records its measurements. */
    public void record(MetricsRecorder metricsRecorder) {
        metricsRecorder.time(
                NAME,
                Map.of(
                        "method",
                        METHODS.contains(method) ? method : "other",
                        "route",
                        route,
                        "status",
                        Integer.toString(status)),
                duration);
    }
}
