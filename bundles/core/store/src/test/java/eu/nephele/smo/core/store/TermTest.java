// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TermTest {

    private static final Duration LENGTH = Duration.ofSeconds(5);
    private static final Duration HOUR = Duration.ofHours(1);

    private long nanos = Long.MAX_VALUE - 1;
    private long millis = 1_000_000;
    private final Term term = new Term(() -> nanos, () -> millis);

    /** Both clocks go on. */
    private void pass(Duration time) {
        nanos += time.toNanos();
        millis += time.toMillis();
    }

    private void lasts() {
        term.lasts(term.now(), LENGTH);
    }

    @Test
    void aTermIsOverWhenItsTimeHasPassed() {
        assertThat(term.left()).isZero();
        lasts();
        assertThat(term.left()).isEqualTo(LENGTH);
        pass(Duration.ofSeconds(2));
        assertThat(term.left()).isEqualTo(Duration.ofSeconds(3));
        pass(Duration.ofSeconds(3));
        assertThat(term.left()).isZero();
        pass(Duration.ofSeconds(3));
        assertThat(term.left()).isZero();
    }

    @Test
    void aTermIsOverAfterAPauseInWhichTheMonotonicClockStoodStill() {
        lasts();
        millis += LENGTH.toMillis();
        assertThat(term.left()).isZero();
    }

    @Test
    void aWallClockThatJumpsForwardCostsOneRenewal() {
        lasts();
        millis += HOUR.toMillis();
        assertThat(term.left()).isZero();
        lasts();
        assertThat(term.left()).isEqualTo(LENGTH);
    }

    @Test
    void aWallClockThatJumpsBackwardChangesNothing() {
        lasts();
        millis -= HOUR.toMillis();
        assertThat(term.left()).isEqualTo(LENGTH);
        pass(Duration.ofSeconds(4));
        assertThat(term.left()).isEqualTo(Duration.ofSeconds(1));
        pass(Duration.ofSeconds(1));
        assertThat(term.left()).isZero();
    }

    @Test
    void aTermCanBeEnded() {
        lasts();
        term.end();
        assertThat(term.left()).isZero();
    }
}
