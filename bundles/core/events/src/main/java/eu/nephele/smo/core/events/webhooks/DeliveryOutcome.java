// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.events.webhooks;

import java.time.Duration;
import java.util.Optional;

/**
 * @param status of the answer, 0 for none
 * @param error message of the failure, "" for none
 */
record DeliveryOutcome(DeliveryResult result, int status, String error, Optional<Duration> retryAfter) {

    enum DeliveryResult {
        DELIVERED,
        FAILED,
        /** the receiver wants nothing any more */
        GONE
    }

    static DeliveryOutcome delivered(int status) {
        return new DeliveryOutcome(DeliveryResult.DELIVERED, status, "", Optional.empty());
    }

    static DeliveryOutcome failed(int status, String error) {
        return new DeliveryOutcome(DeliveryResult.FAILED, status, error, Optional.empty());
    }

    static DeliveryOutcome failed(String error) {
        return failed(0, error);
    }
}
