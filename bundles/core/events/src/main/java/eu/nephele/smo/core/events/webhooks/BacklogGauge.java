// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.events.webhooks;

import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.event.Webhook;
import eu.nephele.smo.core.contract.event.WebhookStore;
import eu.nephele.smo.core.contract.event.WebhookStore.DeliveryBacklog;
import eu.nephele.smo.core.contract.measure.Metric;
import eu.nephele.smo.core.contract.measure.MetricType;
import eu.nephele.smo.core.contract.measure.MetricsRecorder;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Shows how many deliveries wait and how many are dead. Counted when the gauge is read, at most every few seconds. */
@Metric(
        value = "smo_events_backlog_deliveries",
        type = MetricType.GAUGE,
        unit = "deliveries",
        labels = "state=waiting|dead",
        meaning = "Deliveries to webhooks that wait, or dead letters that are not removed or replayed. "
                + "Counted at most every 10 s")
final class BacklogGauge {

    private static final long KEPT_NANOS = Duration.ofSeconds(10).toNanos();

    private final WebhookStore store;
    private final LongSupplier nanos;
    private @Nullable DeliveryBacklog counted;
    private long countedAt;

    BacklogGauge(WebhookStore store, LongSupplier nanos) {
        this.store = store;
        this.nanos = nanos;
    }

    void publish(MetricsRecorder metricsRecorder) {
        metricsRecorder.gauge(
                "smo_events_backlog_deliveries", Map.of("state", "waiting"), this, gauge -> gauge.backlog()
                        .waiting());
        metricsRecorder.gauge("smo_events_backlog_deliveries", Map.of("state", "dead"), this, gauge -> gauge.backlog()
                .dead());
    }

    /** The last count while the database is unavailable. */
    synchronized DeliveryBacklog backlog() {
        DeliveryBacklog known = counted;
        long now = nanos.getAsLong();
        if (known != null && now - countedAt < KEPT_NANOS) {
            return known;
        }
        countedAt = now;
        try {
            known = count();
        } catch (SmoException away) {
            known = known == null ? new DeliveryBacklog(0, 0) : known;
        }
        counted = known;
        return known;
    }

    private DeliveryBacklog count() {
        return store.list().stream()
                .map(Webhook::id)
                .map(store::backlog)
                .reduce(
                        new DeliveryBacklog(0, 0),
                        (one, other) ->
                                new DeliveryBacklog(one.waiting() + other.waiting(), one.dead() + other.dead()));
    }
}
