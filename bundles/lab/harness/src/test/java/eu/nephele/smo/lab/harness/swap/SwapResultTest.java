// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.swap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.lab.harness.swap.SwappedPlugin.Swap;
import java.util.List;
import org.junit.jupiter.api.Test;

class SwapResultTest {

    /** Ten requests, one each second; the fourth waited longest, the last one is far from the change. */
    private static final String REPORT = """
        {"asked":10,"failed":0,"recorded":%d,"fallbacks":1,"mixed":0,"begin":0,"perSecond":1,
         "waitedMicros":[1000,1000,1000,70000,1000,1000,1000,1000,1000,90000]}
        """;

    private static final Swap CHANGE = new Swap("a", "update", "1.0.2", 2_900_000, 3_000_000, 3_800_000);

    @Test
    void theLongestWaitAroundAChangeIsItsPause() throws Exception {
        SwapResult result = SwapResult.of(report(10), List.of(CHANGE));
        assertThat(result.pauseMillis()).containsExactly(70.0);
        assertThat(result.dropToActiveMillis()).containsExactly(800.0);
        assertThat(result.isGood()).isTrue();
        assertThat(new JsonMapper().readTree(result.json()).path("swaps").asInt())
                .isEqualTo(1);
    }

    private static final Swap OUT = new Swap("a", "remove", "1.0.3", 3_900_000, 4_000_000, 5_000_000);

    @Test
    void aFallbackIsHeldAgainstAReplacementUnlessThePluginWasOut() throws Exception {
        ObjectNode report = (ObjectNode) report(10);
        ArrayNode fallbacks = report.putArray("fallbacksOf");
        fallbacks.addObject().put("plugin", "a").put("from", 4_500_000).put("to", 4_600_000);
        assertThat(SwapResult.of(report, List.of(CHANGE, OUT)).decisions().fallbacksWhileReplaced())
                .isZero();
        fallbacks.addObject().put("plugin", "a").put("from", 3_100_000).put("to", 3_200_000);
        fallbacks.addObject().put("plugin", "b").put("from", 4_500_000).put("to", 4_600_000);
        SwapResult result = SwapResult.of(report, List.of(CHANGE, OUT));
        assertThat(result.decisions().fallbacksWhileReplaced()).isEqualTo(2);
        assertThat(result.isGood()).isFalse();
        assertThat(new JsonMapper()
                        .readTree(result.json())
                        .path("fallbacksWhileReplaced")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void whatWaitsForAPluginThatIsOutIsNoPauseOfAReplacement() throws Exception {
        Swap later = new Swap("b", "beside", "1.0.9", 8_500_000, 8_500_000, 8_600_000);
        Swap out = new Swap("a", "remove", "1.0.3", 8_700_000, 8_800_000, 9_900_000);
        SwapResult result = SwapResult.of(report(10), List.of(later, out));
        assertThat(result.pauseMillis()).containsExactly(0.0);
        assertThat(result.outPauseMillis()).containsExactly(90.0);
    }

    @Test
    void aDecisionThatIsNotInTheDatabaseHasFailed() throws Exception {
        SwapResult result = SwapResult.of(report(9), List.of(CHANGE));
        assertThat(result.decisions().failed()).isEqualTo(1);
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
