// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine;

import eu.nephele.smo.lab.simulator.VirtualClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The time of the simulated world as a clock of the engine. */
public final class FollowingClock extends Clock {

    private final VirtualClock world;
    private volatile Duration wrong = Duration.ZERO;

    public FollowingClock(VirtualClock world) {
        this.world = world;
    }

    /** From now on the clock shows the time of the world plus this. */
    void isWrongBy(Duration deviation) {
        wrong = deviation;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }

    @Override
    public Instant instant() {
        return world.now().plus(wrong);
    }
}
