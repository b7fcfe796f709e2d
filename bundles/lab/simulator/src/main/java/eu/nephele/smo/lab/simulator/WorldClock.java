// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator;

import java.time.Duration;
import java.time.Instant;

/**
 * Time of the simulated world. The world may run faster than people and orchestrator do; what the world reports to them carries
 * their time.
 */
public interface WorldClock {

    /** Present moment in the world; never goes back. */
    Instant now();

    /** The moment of the observers at which the world has the given time. */
    Instant outside(Instant worldTime);

    /** Converts a duration of the observers into world time. */
    Duration inside(Duration observed);

    /** Converts a duration of world time into the observers' time. */
    Duration outside(Duration inWorld);

    /** Calls back after the clock was moved by hand; a clock that runs by itself never calls. */
    void onMoved(Runnable listener);
}
