// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.helm;

import eu.nephele.smo.api.runtime.Tenure;
import java.time.Duration;

/** A tenure with a constant remaining time set by the test. */
final class PlayedTenure implements Tenure {

    private volatile Duration left;

    PlayedTenure(Duration left) {
        this.left = left;
    }

    /** Sets the remaining time. */
    void left(Duration now) {
        left = now;
    }

    @Override
    public String holder() {
        return "me";
    }

    @Override
    public long epoch() {
        return 1;
    }

    @Override
    public Duration left() {
        return left;
    }
}
