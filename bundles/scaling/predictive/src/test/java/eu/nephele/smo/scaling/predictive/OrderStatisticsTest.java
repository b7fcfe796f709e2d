// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.predictive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class OrderStatisticsTest {

    /** The quantile of a sample has too few beyond it, one value in {@code n + 1} at each end. */
    @Test
    void theNextValueIsBelowItWithItsProbability() {
        SplittableRandom random = new SplittableRandom(7);
        int rounds = 40_000;
        int next = 0;
        int within = 0;
        for (int round = 0; round < rounds; round++) {
            double[] values = random.doubles(30).sorted().toArray();
            double value = random.nextDouble();
            next += value <= OrderStatistics.quantileOfNext(values, 0.95) ? 1 : 0;
            within += value <= OrderStatistics.quantile(values, 0.95) ? 1 : 0;
        }

        assertThat(next / (double) rounds).isCloseTo(0.95, within(0.004));
        assertThat(within / (double) rounds).isLessThan(0.93);
    }

    @Test
    void beyondTheEndsIsTheEnd() {
        double[] values = {1, 2, 4};

        assertThat(OrderStatistics.quantileOfNext(values, 0.01)).isEqualTo(1);
        assertThat(OrderStatistics.quantileOfNext(values, 0.99)).isEqualTo(4);
        assertThat(OrderStatistics.quantileOfNext(values, 0.5)).isEqualTo(2);
        assertThat(OrderStatistics.quantileOfNext(new double[0], 0.5)).isNaN();
    }
}
