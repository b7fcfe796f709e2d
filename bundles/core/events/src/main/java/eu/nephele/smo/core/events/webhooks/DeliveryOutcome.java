// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.events.webhooks;

import java.time.Duration;
import java.util.Optional;

/**
 * What came of one attempt.
 *
 * @param status of the answer, 0 for none
 * @param error what went wrong, "" for nothing
 * @param retryAfter what the receiver asked for
 */
record Outcome(Result result, int status, String error, Optional<Duration> retryAfter) {

    enum Result {
        DELIVERED,
        FAILED,
        /** the receiver wants nothing any more */
        GONE
    }

    static Outcome delivered(int status) {
        return new Outcome(Result.DELIVERED, status, "", Optional.empty());
    }

    static Outcome failed(int status, String error) {
        return new Outcome(Result.FAILED, status, error, Optional.empty());
    }

    static Outcome failed(String error) {
        return failed(0, error);
    }
}
