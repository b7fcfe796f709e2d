// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.observability;

import eu.nephele.smo.core.contract.measure.Metric;
import eu.nephele.smo.core.contract.measure.MetricType;
import eu.nephele.smo.core.contract.measure.MetricsRecorder;
import eu.nephele.smo.ops.observability.Readiness.ReadinessCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The checks of {@code /health/ready} as metrics, read once for each look at the metrics. */
@Component(service = HealthGauges.class)
@Metric(
        value = "smo_health_ready",
        type = MetricType.GAUGE,
        unit = "yes or no",
        meaning = "1 while `/health/ready` answers 200, else 0")
@Metric(
        value = "smo_health_owner",
        type = MetricType.GAUGE,
        unit = "yes or no",
        meaning = "1 while this server owns its database and accepts changes, else 0: it stands by")
@Metric(
        value = "smo_health_failing",
        type = MetricType.GAUGE,
        unit = "yes or no",
        labels = "check",
        meaning = "1 while the check of `/health/ready` fails, else 0")
@Metric(
        value = "smo_health_warning",
        type = MetricType.GAUGE,
        unit = "yes or no",
        labels = "check",
        meaning = "1 while the check only warns, else 0")
public final class HealthGauges {

    private static final String FAILING = "smo_health_failing";
    private static final String WARNING = "smo_health_warning";

    private final Readiness readiness;
    private final MetricsRecorder metricsRecorder;
    private volatile List<ReadinessCheck> checks = List.of();
    private volatile boolean owner;
    // guarded by this
    private List<String> shown = List.of();

    @Activate
    public HealthGauges(@Reference Readiness readiness, @Reference MetricsRecorder metricsRecorder) {
        this.readiness = readiness;
        this.metricsRecorder = metricsRecorder;
        metricsRecorder.gauge("smo_health_ready", Map.of(), this, HealthGauges::ready);
        metricsRecorder.gauge("smo_health_owner", Map.of(), this, gauges -> gauges.owner ? 1 : 0);
    }

    private double ready() {
        return !checks.isEmpty() && checks.stream().allMatch(ReadinessCheck::ok) ? 1 : 0;
    }

    /** Reads the checks anew; those that are gone are no longer shown. */
    synchronized void refresh() {
        List<ReadinessCheck> present = readiness.checks();
        checks = present;
        owner = readiness.owner().ok();
        List<String> names =
                present.stream().map(ReadinessCheck::name).distinct().toList();
        List<String> gone = new ArrayList<>(shown);
        gone.removeAll(names);
        gone.forEach(name -> {
            metricsRecorder.withdraw(FAILING, labels(name));
            metricsRecorder.withdraw(WARNING, labels(name));
        });
        names.stream().filter(name -> !shown.contains(name)).forEach(this::show);
        shown = names;
    }

    private void show(String name) {
        metricsRecorder.gauge(FAILING, labels(name), this, gauges -> gauges.any(name, false));
        metricsRecorder.gauge(WARNING, labels(name), this, gauges -> gauges.any(name, true));
    }

    /** @param warning whether warnings are meant, not failures */
    private double any(String name, boolean warning) {
        return checks.stream()
                        .filter(check -> check.name().equals(name))
                        .anyMatch(check -> warning ? check.isWarning() : !check.ok())
                ? 1
                : 0;
    }

    private static Map<String, String> labels(String name) {
        return Map.of("check", name);
    }
}
