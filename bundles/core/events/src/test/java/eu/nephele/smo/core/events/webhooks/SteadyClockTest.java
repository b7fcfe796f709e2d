// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.events.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

final class SteadyClockTest {

    private static final Instant START = Instant.parse("2026-11-01T12:00:00Z");

    private Instant wall = START;
    private long nanos = 5;

    private final SteadyClock clock = new SteadyClock(
            new Clock() {
                @Override
                public Instant instant() {
                    return wall;
                }

                @Override
                public ZoneId getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(ZoneId zone) {
                    throw new UnsupportedOperationException();
                }
            },
            () -> nanos);

    private void pass(Duration real, Duration shown) {
        nanos += real.toNanos();
        wall = wall.plus(shown);
    }

    @Test
    void followsTheClock() {
        pass(Duration.ofSeconds(3), Duration.ofSeconds(3));
        assertThat(clock.now()).isEqualTo(START.plusSeconds(3));
        pass(Duration.ofSeconds(1), Duration.ofHours(1));
        assertThat(clock.now()).isEqualTo(START.plusSeconds(3603));
    }

    @Test
    void goesOnByItselfWhenTheClockJumpsBackwards() {
        pass(Duration.ofSeconds(1), Duration.ofHours(-1));
        assertThat(clock.now()).isEqualTo(START.plusSeconds(1));
        pass(Duration.ofSeconds(2), Duration.ofSeconds(2));
        assertThat(clock.now()).isEqualTo(START.plusSeconds(3));
    }

    @Test
    void nothingIsYoungerThanNow() {
        assertThat(clock.since(START.minusSeconds(9))).isEqualTo(Duration.ofSeconds(9));
        assertThat(clock.since(START.plusSeconds(9))).isEqualTo(Duration.ZERO);
    }
}
