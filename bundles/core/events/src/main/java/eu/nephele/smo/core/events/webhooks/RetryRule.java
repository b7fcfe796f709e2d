// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.events.webhooks;

import eu.nephele.smo.core.contract.event.Delivery;
import eu.nephele.smo.core.contract.event.Delivery.DeliveryState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Decides about a delivery after an attempt.
 *
 * @param first pause after the first failure
 * @param factor how much longer each next one is, 1 or more
 * @param longest pause, also when the factor or the receiver asks for more
 * @param maxAttempts after so many failures the delivery is dead
 * @param maxAge after a failure at that age of the event the delivery is dead
 */
public record RetryRule(Duration first, double factor, Duration longest, int maxAttempts, Duration maxAge) {

    /** Of each pause so much is left to chance, so that lanes that failed together do not come back together. */
    private static final double JITTER = 0.2;

    /**
     * @param now of the clock that schedules
     * @param chance from 0 to 1
     */
    Delivery after(Delivery delivery, DeliveryOutcome outcome, Instant now, Duration age, double chance) {
        int attempts = delivery.attempts() + 1;
        return switch (outcome.result()) {
            case DELIVERED -> finished(delivery, DeliveryState.DELIVERED, attempts, now, outcome);
            // Not the fault of the event: it waits with its webhook.
            case GONE -> waiting(delivery, attempts, now, outcome);
            case FAILED ->
                attempts >= maxAttempts || age.compareTo(maxAge) >= 0
                        ? finished(delivery, DeliveryState.DEAD, attempts, now, outcome)
                        : waiting(delivery, attempts, now.plus(pause(attempts, outcome, chance)), outcome);
        };
    }

    /** @param attempts that have failed, from 1 */
    Duration pause(int attempts, DeliveryOutcome outcome, double chance) {
        double millis =
                Math.min((double) longest.toMillis(), (double) first.toMillis() * Math.pow(factor, attempts - 1.0));
        Duration own = Duration.ofMillis(Math.max(1, (long) (millis * (1 - JITTER * chance))));
        Duration asked = outcome.retryAfter().orElse(own);
        Duration atLeast = asked.compareTo(own) > 0 ? asked : own;
        return atLeast.compareTo(longest) > 0 ? longest : atLeast;
    }

    private static Delivery waiting(Delivery delivery, int attempts, Instant next, DeliveryOutcome outcome) {
        return new Delivery(
                delivery.webhook(),
                delivery.event(),
                DeliveryState.WAITING,
                attempts,
                next,
                Optional.empty(),
                outcome.status(),
                outcome.error());
    }

    private static Delivery finished(
            Delivery delivery, DeliveryState state, int attempts, Instant now, DeliveryOutcome outcome) {
        return new Delivery(
                delivery.webhook(),
                delivery.event(),
                state,
                attempts,
                delivery.nextAttemptAt(),
                Optional.of(now),
                outcome.status(),
                outcome.error());
    }
}
