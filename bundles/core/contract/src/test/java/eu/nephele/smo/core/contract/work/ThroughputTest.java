// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ThroughputTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    /** A clock of this kind may begin anywhere, also below zero. */
    private static final long BEGIN = -5 * SECOND;

    private final Throughput passes = new Throughput(BEGIN);

    @Test
    void theAverageIsThatOfTheSecondsThatAreOver() {
        during(0, 3, 20);
        assertThat(passes.perSecond(at(3))).isEqualTo(20);
        during(3, 30, 20);
        assertThat(passes.perSecond(at(30))).isEqualTo(20);
    }

    @Test
    void theMeasuredThroughputFollowsWithinTenSeconds() {
        during(0, 20, 20);
        during(20, 25, 40);
        assertThat(passes.perSecond(at(25))).isEqualTo(30);
        during(25, 30, 40);
        assertThat(passes.perSecond(at(30))).isEqualTo(40);
    }

    @Test
    void afterARestNothingIsLeftOfWhatWasBefore() {
        during(0, 20, 20);
        assertThat(passes.perSecond(at(25))).isEqualTo(10);
        assertThat(passes.perSecond(at(31))).isZero();
        assertThat(passes.perSecond(at(100_000))).isZero();
    }

    private void during(int from, int to, int each) {
        for (int second = from; second < to; second++) {
            for (int i = 0; i < each; i++) {
                passes.count(at(second) + i);
            }
        }
    }

    private static long at(int second) {
        return BEGIN + second * SECOND;
    }
}
