// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.decisions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecisionRatesTest {

    private static final List<DecisionBatch> BATCHES =
            List.of(new DecisionBatch("a", 10, () -> 0), new DecisionBatch("b", 30, () -> 0));

    private static DecisionRates.Round round(long nanosOfA, long nanosOfB, long cpuNanos) {
        return new DecisionRates.Round(Map.of("a", nanosOfA, "b", nanosOfB), cpuNanos);
    }

    @Test
    void figuresAreMediansOverTheRounds() {
        DecisionRates decisionRates = DecisionRates.of(
                BATCHES,
                List.of(
                        round(1_000_000_000, 1_000_000_000, 4_000_000_000L),
                        round(500_000_000, 1_500_000_000, 1_000_000_000),
                        round(2_000_000_000, 6_000_000_000L, 8_000_000_000L)));
        assertThat(decisionRates.perSecond()).isEqualTo(Map.of("a", 10.0, "b", 20.0));
        assertThat(decisionRates.total()).isEqualTo(20.0);
        assertThat(decisionRates.totalPerCpuSecond()).isEqualTo(10.0);
        assertThat(decisionRates.json())
                .isEqualTo("{\"benchmark\":\"decisions\",\"rounds\":3,\"decisionsPerSecond\":20.0,"
                        + "\"decisionsPerCpuSecond\":10.0,\"byKind\":{\"a\":10.0,\"b\":20.0}}");
        assertThat(decisionRates.table()).contains("a  ").contains("10.0").contains("all");
    }

    @ParameterizedTest
    @CsvSource({"1;3;2, 2", "4;1, 2.5", "7, 7"})
    void theMedianIsTheMiddle(String values, double expected) {
        assertThat(DecisionRates.median(
                        List.of(values.split(";")).stream().map(Double::valueOf).toList()))
                .isEqualTo(expected);
    }

    @Test
    void aRunWithoutRoundsIsRefused() {
        assertThatThrownBy(() -> new DecisionsBenchmark(0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--rounds 1 or more");
        assertThat(new DecisionsBenchmark(0, 1).run().rounds()).isEqualTo(1);
    }
}
