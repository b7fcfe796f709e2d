// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.event;

import java.time.Instant;
import java.util.Optional;

/**
 * An event on its way to a webhook.
 *
 * @param nextAttemptAt when it is tried next, while it waits
 * @param finishedAt when it was delivered or given up
 * @param lastStatus status of the last answer, 0 for none
 * @param lastError what went wrong last, "" for nothing
 */
public record Delivery(
        String webhook,
        StoredEvent event,
        DeliveryState state,
        int attempts,
        Instant nextAttemptAt,
        Optional<Instant> finishedAt,
        int lastStatus,
        String lastError) {

    public enum DeliveryState {
        WAITING,
        DELIVERED,
        /** given up; can be replayed */
        DEAD
    }
}
