// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.scaling.LoadPoint;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RequestCountTest {

    private static final Instant BEGIN = Instant.ofEpochSecond(1_800_000_000);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration OLDEST = Duration.ofSeconds(15);

    @Test
    void theRateIsThatOfTheWindow() {
        RequestCount count = counted(0, 100, 600, 600);
        assertThat(count.perSecond(at(30), Duration.ofSeconds(10), OLDEST)).hasValue(0);
        assertThat(count.perSecond(at(20), Duration.ofSeconds(10), OLDEST)).hasValue(50);
        assertThat(count.perSecond(at(30), MINUTE, OLDEST)).hasValue(20);
    }

    /** HAProxy counts anew after a reload: what it has counted came since. */
    @Test
    void aReloadIsNoFallOfTheLoad() {
        assertThat(counted(1000, 1100, 40, 140).perSecond(at(30), MINUTE, OLDEST))
                .hasValue((100 + 40 + 100) / 30.0);
    }

    @Test
    void oneSampleAndOldSamplesAreNoData() {
        assertThat(counted(5).perSecond(at(0), MINUTE, OLDEST)).isEmpty();
        assertThat(counted(5, 10).perSecond(at(26), MINUTE, OLDEST)).isEmpty();
        assertThat(counted(5, 10).perSecond(at(24), MINUTE, OLDEST)).isPresent();
    }

    @Test
    void pointsAreAtMultiplesOfTheStepAndBounded() {
        RequestCount count = counted(0, 100, 200, 300);
        assertThat(count.points(at(31), Duration.ofMinutes(10), Duration.ofSeconds(20), MINUTE, OLDEST))
                .containsExactly(new LoadPoint(at(20), 10));
        assertThat(RequestCount.next(Optional.of(count), at(40), 400, 3).samples())
                .hasSize(3);
        assertThat(RequestCount.next(Optional.of(count), at(30), 400, 3)).isSameAs(count);
    }

    private static RequestCount counted(long... totals) {
        Optional<RequestCount> count = Optional.empty();
        for (int i = 0; i < totals.length; i++) {
            count = Optional.of(RequestCount.next(count, at(10L * i), totals[i], 100));
        }
        return count.orElseThrow();
    }

    private static Instant at(long seconds) {
        return BEGIN.plusSeconds(seconds);
    }
}
