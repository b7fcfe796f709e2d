// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import eu.nephele.smo.api.runtime.Tenure;
import java.time.Duration;

/**
 * A tenure that all listeners are notified of before one of them uses it: the first one may begin to work while others
 * are still being notified, and an adapter that sends the epoch with each call must know it by then. A listener that
 * takes too long is not waited for (see {@link DatabaseServices}).
 */
final class AnnouncedTenure implements Tenure {

    private final Tenure held;
    private volatile boolean told;

    AnnouncedTenure(Tenure held) {
        this.held = held;
    }

    /** All listeners were notified, or had the time for it. */
    void await() {
        told = true;
    }

    @Override
    public String holder() {
        return held.holder();
    }

    @Override
    public long epoch() {
        return held.epoch();
    }

    @Override
    public Duration left() {
        return told ? held.left() : Duration.ZERO;
    }
}
