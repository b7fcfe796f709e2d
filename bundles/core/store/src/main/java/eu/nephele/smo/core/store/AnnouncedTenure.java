// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import eu.nephele.smo.api.runtime.Tenure;
import java.time.Duration;

/**
 * A tenure of which everybody is told before anybody uses it: whoever hears of it first may begin to work while it is still being told,
 * and an adapter that says the epoch with each call must have heard of it by then. Whoever takes too long to hear of it is not waited
 * for (see {@link DatabaseServices}).
 */
final class AnnouncedTenure implements Tenure {

    private final Tenure held;
    private volatile boolean told;

    AnnouncedTenure(Tenure held) {
        this.held = held;
    }

    /** Everybody who listens has heard of it, or had the time to. */
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
