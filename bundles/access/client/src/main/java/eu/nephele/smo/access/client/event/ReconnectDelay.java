// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.event;

import java.time.Duration;

/** Pauses between attempts to connect: each one twice as long as the one before, up to a bound. */
public final class ReconnectDelay {

    private final Duration first;
    private final Duration longest;
    private Duration next;

    public ReconnectDelay(Duration first, Duration longest) {
        this.first = first;
        this.longest = longest;
        this.next = first;
    }

    /** The pause before the next attempt. */
    public Duration grow() {
        Duration pause = next;
        Duration doubled = next.multipliedBy(2);
        next = doubled.compareTo(longest) > 0 ? longest : doubled;
        return pause;
    }

    /** After something has come: the next failure is a new one. */
    public void reset() {
        next = first;
    }
}
