// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.decisions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DecisionWorkloadTest {

    @Test
    void everyRoundDoesTheSameWork() {
        try (DecisionWorkload one = new DecisionWorkload();
                DecisionWorkload other = new DecisionWorkload()) {
            List<DecisionBatch> batches = one.batches();
            List<DecisionBatch> again = other.batches();
            assertThat(batches)
                    .extracting(DecisionBatch::name)
                    .doesNotHaveDuplicates()
                    .hasSize(10);
            for (int i = 0; i < batches.size(); i++) {
                int first = batches.get(i).run().getAsInt();
                assertThat(batches.get(i).run().getAsInt())
                        .as(batches.get(i).name())
                        .isEqualTo(first)
                        .isEqualTo(again.get(i).run().getAsInt());
            }
        }
    }

    @Test
    void problemsDifferBySeedAndOnlyByIt() {
        assertThat(BenchmarkProblems.placement(1, 10, 5).clusters())
                .isEqualTo(BenchmarkProblems.placement(1, 10, 5).clusters())
                .isNotEqualTo(BenchmarkProblems.placement(2, 10, 5).clusters());
        assertThat(BenchmarkProblems.scaling(1, 30, 3, "optimal"))
                .isEqualTo(BenchmarkProblems.scaling(1, 30, 3, "optimal"))
                .isNotEqualTo(BenchmarkProblems.scaling(2, 30, 3, "optimal"));
    }

    @Test
    void whatIsNoComponentIsRefusedByName() {
        assertThatThrownBy(() -> ComponentFactory.create(Thread.class, Map.of()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("java.lang.Thread has");
        assertThatThrownBy(() -> ComponentFactory.create(Needy.class, Map.of()))
                .hasMessageContaining("is not a configuration");
    }

    /** A component with a parameter that is not a configuration. */
    public static final class Needy {
        /** Never called. */
        public Needy(String need) {
            throw new IllegalStateException(need);
        }
    }
}
