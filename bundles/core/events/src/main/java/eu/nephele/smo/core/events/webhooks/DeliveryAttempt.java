// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.events.webhooks;

import eu.nephele.smo.core.contract.event.Delivery;
import eu.nephele.smo.core.contract.event.Webhook;
import eu.nephele.smo.core.contract.event.WebhookStore;
import eu.nephele.smo.core.contract.measure.Metric;
import eu.nephele.smo.core.contract.measure.MetricType;
import eu.nephele.smo.core.events.EventMetrics;
import eu.nephele.smo.core.events.FailureBackOff;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

@Metric(
        value = "smo_events_deliveries_total",
        type = MetricType.COUNTER,
        unit = "attempts",
        labels = "outcome=delivered|failed|dead",
        meaning = "Attempts to deliver to webhooks. Appears with the first")
final class DeliveryAttempt {

    private static final Logger LOG = LoggerFactory.getLogger(DeliveryAttempt.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    /** Attempts to store a result while the database is unavailable; then the receiver gets the event again. */
    private static final int SAVES = 30;

    private final WebhookStore store;
    private final WebhookSender sender;
    private final RetryRule rule;
    private final SteadyClock clock;
    private final DeliveryGaps gaps;
    private final EventMetrics eventMetrics;
    private final CountDownLatch closed = new CountDownLatch(1);

    DeliveryAttempt(
            WebhookStore store,
            WebhookSender sender,
            RetryRule rule,
            SteadyClock clock,
            DeliveryGaps gaps,
            EventMetrics eventMetrics) {
        this.store = store;
        this.sender = sender;
        this.rule = rule;
        this.clock = clock;
        this.gaps = gaps;
        this.eventMetrics = eventMetrics;
    }

    /** @return whether the webhook is to be treated as one that fails */
    boolean failed(Delivery delivery) throws InterruptedException {
        try {
            Optional<Webhook> webhook = store.find(delivery.webhook()).filter(found -> !found.paused());
            return webhook.isPresent() && failed(webhook.get(), delivery);
        } catch (RuntimeException e) {
            LOG.warn(
                    "delivering event failed event={} reason=\"{}\"; retrying",
                    delivery.event().sequence(),
                    e.toString());
            closed.await(LONGEST_PAUSE.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        }
    }

    private boolean failed(Webhook webhook, Delivery delivery) throws InterruptedException {
        DeliveryOutcome outcome = sender.post(webhook, delivery, gaps.before(delivery));
        if (outcome.result() == DeliveryOutcome.DeliveryResult.GONE) {
            store.setPaused(webhook.id(), true);
        }
        Duration age = clock.since(delivery.event().time());
        double chance = ThreadLocalRandom.current().nextDouble();
        Delivery after = rule.after(delivery, outcome, clock.now(), age, chance);
        save(after);
        report(webhook, after, outcome);
        return outcome.result() == DeliveryOutcome.DeliveryResult.FAILED;
    }

    private void save(Delivery delivery) throws InterruptedException {
        FailureBackOff backoff = new FailureBackOff(FIRST_PAUSE, LONGEST_PAUSE);
        for (int left = SAVES; ; left--) {
            try {
                store.save(delivery);
                return;
            } catch (RuntimeException e) {
                if (left <= 1 || closed.await(backoff.failed().toMillis(), TimeUnit.MILLISECONDS)) {
                    throw e;
                }
            }
        }
    }

    private void report(Webhook webhook, Delivery after, DeliveryOutcome outcome) {
        eventMetrics.count("smo_events_deliveries_total", Map.of("outcome", outcome(after, outcome)));
        if (after.state() == Delivery.DeliveryState.DEAD) {
            gaps.died(after);
            LOG.warn(
                    "delivery dead webhook={} event={} attempts={} reason=\"{}\"; it can be replayed",
                    webhook.id(),
                    after.event().sequence(),
                    after.attempts(),
                    after.lastError());
        } else if (outcome.result() == DeliveryOutcome.DeliveryResult.GONE) {
            LOG.warn("webhook paused webhook={} reason=\"{}\"", webhook.id(), after.lastError());
        } else if (outcome.result() == DeliveryOutcome.DeliveryResult.FAILED && after.attempts() == 1) {
            LOG.info(
                    "delivery failed webhook={} event={} reason=\"{}\"; retrying",
                    webhook.id(),
                    after.event().sequence(),
                    after.lastError());
        }
    }

    private static String outcome(Delivery after, DeliveryOutcome outcome) {
        return after.state() == Delivery.DeliveryState.DEAD
                ? "dead"
                : outcome.result() == DeliveryOutcome.DeliveryResult.DELIVERED ? "delivered" : "failed";
    }

    void close() {
        closed.countDown();
    }
}
