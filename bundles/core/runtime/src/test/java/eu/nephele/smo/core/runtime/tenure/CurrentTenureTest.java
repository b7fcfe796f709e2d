// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.runtime.tenure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CurrentTenureTest {

    private final AtomicLong nanos = new AtomicLong(-3);
    private final CurrentTenure held = new CurrentTenure(nanos::get);
    private final SettableTenure tenure = new SettableTenure();

    @Test
    void thereIsNothingBeforeItComesAndAfterItHasGone() {
        assertThat(held.tenure()).isEmpty();
        assertThat(held.left(tenure)).isZero();
        held.begin(tenure);
        assertThat(held.tenure()).contains(tenure);
        assertThat(held.left(tenure)).isEqualTo(SettableTenure.LONG);
        held.end(new SettableTenure());
        assertThat(held.tenure()).as("another one has ended").contains(tenure);
        held.end(tenure);
        assertThat(held.tenure()).isEmpty();
        assertThat(held.left(tenure)).isZero();
    }

    @Test
    void whatWasBegunUnderAnotherOneHasNothingLeft() {
        held.begin(tenure);
        held.begin(new SettableTenure());
        assertThat(held.left(tenure)).isZero();
    }

    @Test
    void lessThanNothingIsNothing() {
        held.begin(tenure);
        tenure.left(Duration.ofSeconds(-1));
        assertThat(held.tenure()).isEmpty();
        assertThat(held.left(tenure)).isZero();
    }

    @Test
    void anEndedTenureIsPolledLessOftenTheLongerItIsOverAndAtOnceAfterItsReturn() {
        held.begin(tenure);
        assertThat(held.rest()).isEmpty();
        tenure.left(Duration.ZERO);
        nanos.addAndGet(Duration.ofHours(1).toNanos());
        assertThat(held.rest()).contains(Duration.ofMillis(50));
        nanos.addAndGet(Duration.ofSeconds(2).toNanos());
        assertThat(held.rest()).contains(Duration.ofSeconds(2));
        nanos.addAndGet(Duration.ofHours(3).toNanos());
        assertThat(held.rest()).contains(Duration.ofSeconds(5));
        tenure.left(Duration.ofMillis(1));
        assertThat(held.rest()).isEmpty();
        tenure.left(Duration.ZERO);
        assertThat(held.rest()).contains(Duration.ofMillis(50));
    }
}
