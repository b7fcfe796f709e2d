// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.events;

import java.time.Duration;

/** Pauses that double while something fails. Used by one thread. */
public final class FailureBackOff {

    private final Duration first;
    private final Duration longest;
    private Duration next;

    public FailureBackOff(Duration first, Duration longest) {
        this.first = first;
        this.longest = longest;
        this.next = first;
    }

    public Duration failed() {
        Duration pause = next;
        Duration doubled = next.multipliedBy(2);
        next = doubled.compareTo(longest) > 0 ? longest : doubled;
        return pause;
    }

    public void reset() {
        next = first;
    }

    public boolean isFresh() {
        return next.equals(first);
    }
}
