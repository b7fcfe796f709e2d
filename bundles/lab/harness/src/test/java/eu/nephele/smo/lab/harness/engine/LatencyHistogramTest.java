// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LatencyHistogramTest {

    @Test
    void aShareIsTheSmallestDurationThatItDoesNotExceed() {
        LatencyHistogram latencies = new LatencyHistogram();
        for (int millis = 100; millis >= 1; millis--) {
            latencies.add(TimeUnit.MILLISECONDS.toNanos(millis));
        }
        assertThat(latencies.millis(0.50)).isEqualTo(50);
        assertThat(latencies.millis(0.99)).isEqualTo(99);
        assertThat(latencies.millis(1)).isEqualTo(100);
        assertThat(latencies.count()).isEqualTo(100);
    }

    @Test
    void nothingTookNoTime() {
        assertThat(new LatencyHistogram().millis(0.99)).isZero();
    }
}
