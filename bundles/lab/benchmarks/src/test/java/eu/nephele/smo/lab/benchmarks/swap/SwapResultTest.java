// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.benchmarks.swap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import eu.nephele.smo.lab.benchmarks.swap.Swapped.Swap;
import java.util.List;
import org.junit.jupiter.api.Test;

class SwapResultTest {

    /** Ten questions, one each second; the fourth waited longest, the last one is far from the change. */
    private static final String REPORT = """
        {"asked":10,"failed":0,"recorded":%d,"fallbacks":1,"mixed":0,"begin":0,"perSecond":1,
         "waitedMicros":[1000,1000,1000,70000,1000,1000,1000,1000,1000,90000]}
        """;

    private static final Swap CHANGE = new Swap("update", "1.0.2", 2_900_000, 3_000_000, 3_800_000);

    @Test
    void theLongestWaitAroundAChangeIsItsPause() throws Exception {
        SwapResult result = SwapResult.of(report(10), List.of(CHANGE));
        assertThat(result.pauseMillis()).containsExactly(70.0);
        assertThat(result.dropToActiveMillis()).containsExactly(800.0);
        assertThat(result.isGood()).isTrue();
        assertThat(new JsonMapper().readTree(result.json()).path("swaps").asInt())
                .isEqualTo(1);
    }

    @Test
    void aDecisionThatIsNotInTheDatabaseHasFailed() throws Exception {
        SwapResult result = SwapResult.of(report(9), List.of(CHANGE));
        assertThat(result.failed()).isEqualTo(1);
        assertThat(result.isGood()).isFalse();
    }

    @Test
    void aPercentileIsAValueThatWasThere() {
        List<Double> values = List.of(3.0, 1.0, 2.0, 4.0);
        assertThat(SwapResult.percentile(values, 0.5)).isEqualTo(2.0);
        assertThat(SwapResult.percentile(values, 0.99)).isEqualTo(4.0);
        assertThat(SwapResult.percentile(List.of(), 0.5)).isZero();
    }

    private static JsonNode report(int recorded) throws Exception {
        return new JsonMapper().readTree(REPORT.formatted(recorded));
    }
}
