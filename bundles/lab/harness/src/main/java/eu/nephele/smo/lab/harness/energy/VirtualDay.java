// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.energy;

import eu.nephele.smo.core.engine.work.SeenTime;
import eu.nephele.smo.lab.simulator.VirtualClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The time of the day, for the world, for the engine's clock, and as the time that its process sees pass. */
final class VirtualDay extends Clock {

    /** The engine reads the time it has seen at least so often. */
    private static final Duration READING = Duration.ofSeconds(5);

    private final VirtualClock world;
    private final Instant begin;
    private final SeenTime seen;
    private long nanos;

    VirtualDay(Instant begin) {
        this.begin = begin;
        this.world = new VirtualClock(begin);
        this.seen = new SeenTime(() -> nanos);
    }

    VirtualClock world() {
        return world;
    }

    SeenTime seen() {
        return seen;
    }

    Duration elapsed() {
        return Duration.between(begin, world.now());
    }

    void advance(Duration by) {
        world.advance(by);
        for (Duration passed = Duration.ZERO; passed.compareTo(by) < 0; passed = passed.plus(READING)) {
            nanos += READING.toNanos();
            seen.now();
        }
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
        return world.now();
    }
}
