// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.events.webhooks;

import eu.nephele.smo.core.contract.event.Delivery;
import eu.nephele.smo.core.contract.event.WebhookStore;
import eu.nephele.smo.core.events.FailureBackOff;
import eu.nephele.smo.core.events.Wakeup;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands due deliveries to the workers. They are read from the store each time: a restart changes nothing. */
final class WebhookDispatcher implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookDispatcher.class);
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(20);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final long END_MILLIS = 2000;
    private static final int MOST_CORRECTED = 1_000;
    private static final Duration BETWEEN_CHECKS = Duration.ofMinutes(1);

    private final WebhookStore store;
    private final DeliveryAttempt attempts;
    private final DeliveryGaps gaps;
    private final DeliveryBulkhead deliveryBulkhead;
    private final SteadyClock clock;
    private final Duration longestPlan;
    private final Wakeup wakeup = new Wakeup();
    private final FailureBackOff backoff = new FailureBackOff(FIRST_PAUSE, LONGEST_PAUSE);
    private final ExecutorService workers;
    private final Thread thread = new Thread(this::run, "smo-webhooks");
    private volatile boolean closed;
    private volatile boolean plansToCheck = true;
    private Instant checkedAt = Instant.EPOCH;

    /** @param longestPlan nothing is planned further ahead than this */
    WebhookDispatcher(
            WebhookStore store,
            DeliveryAttempt attempts,
            DeliveryGaps gaps,
            DeliveryBulkhead deliveryBulkhead,
            SteadyClock clock,
            Duration longestPlan) {
        this.store = store;
        this.attempts = attempts;
        this.gaps = gaps;
        this.deliveryBulkhead = deliveryBulkhead;
        this.clock = clock;
        this.longestPlan = longestPlan;
        AtomicInteger count = new AtomicInteger();
        this.workers = Executors.newFixedThreadPool(deliveryBulkhead.workers(), task -> {
            Thread worker = new Thread(task, "smo-webhooks-" + count.incrementAndGet());
            worker.setDaemon(true);
            return worker;
        });
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    void wake() {
        wakeup.signal();
    }

    /** Deliveries wait again that were planned some time ago, maybe by another clock. */
    void checkPlans() {
        plansToCheck = true;
        wakeup.signal();
    }

    private void run() {
        try {
            while (!closed) {
                round();
            }
        } catch (InterruptedException e) {
            LOG.error("webhook dispatcher interrupted; deliveries wait for the restart", e);
        }
    }

    private void round() throws InterruptedException {
        try {
            checkPlansNowAndThen();
            startDue();
            Duration wait = untilNext();
            backoff.reset();
            wakeup.await(wait);
        } catch (RuntimeException e) {
            plansToCheck = true;
            if (backoff.isFresh()) {
                LOG.warn("reading webhook deliveries failed reason=\"{}\"; retrying", e.toString());
            }
            wakeup.await(backoff.failed());
        }
    }

    private void checkPlansNowAndThen() {
        Instant now = clock.now();
        if (plansToCheck || now.isAfter(checkedAt.plus(BETWEEN_CHECKS))) {
            plansToCheck = false;
            gaps.load();
            correctPlans(now);
            checkedAt = now;
        }
    }

    private void startDue() {
        // Read before the store: a delivery that ends meanwhile may still be in its answer, as if it were due.
        Set<DeliveryQueue> before = deliveryBulkhead.lanes();
        deliveryBulkhead
                .inTurn(store.due(clock.now(), deliveryBulkhead.busyWebhooks(), deliveryBulkhead.perWebhook()))
                .stream()
                .filter(delivery -> !before.contains(DeliveryQueue.from(delivery)))
                .forEach(this::begin);
    }

    private void begin(Delivery delivery) {
        DeliveryQueue deliveryQueue = DeliveryQueue.from(delivery);
        if (deliveryBulkhead.take(deliveryQueue)) {
            workers.execute(() -> work(delivery, deliveryQueue));
        }
    }

    private void work(Delivery delivery, DeliveryQueue deliveryQueue) {
        boolean failed = true;
        try {
            failed = attempts.failed(delivery);
        } catch (InterruptedException calledOff) {
            LOG.debug(
                    "delivery cancelled event={}; it stays due",
                    delivery.event().sequence());
        } finally {
            deliveryBulkhead.release(deliveryQueue, failed);
            wakeup.signal();
        }
    }

    /** A delivery that waits for a slot is woken by its release. */
    private Duration untilNext() {
        return store.nextDue()
                .map(next -> Duration.between(clock.now(), next))
                .map(left -> left.isNegative() || left.isZero() ? SHORTEST_WAIT.multipliedBy(5) : left)
                .filter(left -> left.compareTo(LONGEST_WAIT) < 0)
                .map(left -> left.compareTo(SHORTEST_WAIT) < 0 ? SHORTEST_WAIT : left)
                .orElse(LONGEST_WAIT);
    }

    /** A clock that ran ahead and was put right left plans that would come true much later. */
    private void correctPlans(Instant now) {
        Instant latest = now.plus(longestPlan);
        Set<DeliveryQueue> before = deliveryBulkhead.lanes();
        List<Delivery> late = store.plannedBehind(latest, MOST_CORRECTED);
        late.stream()
                .filter(delivery -> !before.contains(DeliveryQueue.from(delivery)))
                .forEach(delivery -> store.save(dueAt(delivery, now)));
        if (late.size() == MOST_CORRECTED) {
            plansToCheck = true;
        }
    }

    private static Delivery dueAt(Delivery delivery, Instant at) {
        return new Delivery(
                delivery.webhook(),
                delivery.event(),
                delivery.state(),
                delivery.attempts(),
                at,
                delivery.finishedAt(),
                delivery.lastStatus(),
                delivery.lastError());
    }

    /** Waits a little for what is under way; what does not end is tried again at the next start. */
    @Override
    public void close() {
        closed = true;
        attempts.close();
        wakeup.signal();
        workers.shutdown();
        try {
            thread.join(END_MILLIS);
            workers.awaitTermination(END_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
