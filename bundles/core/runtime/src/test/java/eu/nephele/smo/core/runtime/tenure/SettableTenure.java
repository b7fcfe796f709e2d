// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.runtime.tenure;

import eu.nephele.smo.api.runtime.Tenure;
import java.time.Duration;

/** A tenure of which as much is left as a test says; a day at first. */
public final class SettableTenure implements Tenure {

    /** More than any call takes. */
    public static final Duration LONG = Duration.ofDays(1);

    private volatile Duration left = LONG;

    /** So much is left from now on. */
    public void left(Duration now) {
        left = now;
    }

    @Override
    public String holder() {
        return "here";
    }

    @Override
    public long epoch() {
        return 7;
    }

    @Override
    public Duration left() {
        return left;
    }
}
