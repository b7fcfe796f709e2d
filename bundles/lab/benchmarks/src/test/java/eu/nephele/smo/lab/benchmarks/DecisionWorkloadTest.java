// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorkloadTest {

    @Test
    void everyRoundDoesTheSameWork() {
        try (Workload one = new Workload();
                Workload other = new Workload()) {
            List<Batch> batches = one.batches();
            List<Batch> again = other.batches();
            assertThat(batches).extracting(Batch::name).doesNotHaveDuplicates().hasSize(10);
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
        assertThat(Problems.placement(1, 10, 5).clusters())
                .isEqualTo(Problems.placement(1, 10, 5).clusters())
                .isNotEqualTo(Problems.placement(2, 10, 5).clusters());
        assertThat(Problems.scaling(1, 30, 3, "optimal"))
                .isEqualTo(Problems.scaling(1, 30, 3, "optimal"))
                .isNotEqualTo(Problems.scaling(2, 30, 3, "optimal"));
    }

    @Test
    void whatIsNoComponentIsRefusedByName() {
        assertThatThrownBy(() -> Components.create(Thread.class, Map.of()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("java.lang.Thread has");
        assertThatThrownBy(() -> Components.create(Needy.class, Map.of())).hasMessageContaining("is no configuration");
    }

    /** Needs what no configuration is. */
    public static final class Needy {
        /** Never called. */
        public Needy(String need) {
            throw new IllegalStateException(need);
        }
    }
}
