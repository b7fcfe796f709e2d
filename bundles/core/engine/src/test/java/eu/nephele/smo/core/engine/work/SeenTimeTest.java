// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SeenTimeTest {

    private final AtomicLong nanos = new AtomicLong(-7);
    private final SeenTime time = new SeenTime(nanos::get);

    @Test
    void countsWhatPassesBetweenLooks() {
        assertThat(time.now()).isZero();
        pass(Duration.ofSeconds(3));
        Duration then = time.now();
        assertThat(then).isEqualTo(Duration.ofSeconds(3));
        pass(Duration.ofMillis(400));
        assertThat(time.since(then)).isEqualTo(Duration.ofMillis(400));
    }

    @Test
    void aProcessThatStoodStillHasSeenAMoment() {
        pass(Duration.ofHours(1));
        assertThat(time.now()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void theSeenTimeNeverDecreases() {
        pass(Duration.ofSeconds(2));
        time.now();
        pass(Duration.ofSeconds(-1));
        assertThat(time.now()).isEqualTo(Duration.ofSeconds(2));
    }

    private void pass(Duration by) {
        nanos.addAndGet(by.toNanos());
    }
}
