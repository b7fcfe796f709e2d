// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.events.webhooks;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * @param status of the answer, 0 for none
 * @param error message of the failure, "" for none; one line of whole characters, since a receiver may have a say in it, and no
 *     database stores a NUL or half a character
 */
record DeliveryOutcome(DeliveryResult result, int status, String error, Optional<Duration> retryAfter) {

    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cntrl}\\p{Cs}\\s]+");
    private static final int LONGEST_ERROR = 500;

    DeliveryOutcome {
        String line = UNPRINTABLE.matcher(error).replaceAll(" ").strip();
        int length = Math.min(line.length(), LONGEST_ERROR);
        boolean cutsOne = length > 0 && length < line.length() && Character.isHighSurrogate(line.charAt(length - 1));
        error = line.substring(0, cutsOne ? length - 1 : length);
    }

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
