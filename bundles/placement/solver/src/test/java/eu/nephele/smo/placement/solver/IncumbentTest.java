// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.lab.conformance.SimpleContext;
import org.junit.jupiter.api.Test;

class IncumbentTest {

    private final Incumbent incumbent = new Incumbent();

    @Test
    void theFirstIsTakenThenWhatIsBetterThenWhatComesFirst() {
        assertThat(incumbent.exists()).isFalse();
        assertThat(incumbent.cost(0)).isEqualTo(Long.MAX_VALUE);
        assertThat(incumbent.rulesOut(new long[] {Long.MAX_VALUE, 0})).isFalse();
        incumbent.offer(new int[] {1, 1}, new long[] {5, 3});
        incumbent.offer(new int[] {0, 0}, new long[] {5, 4});
        assertThat(incumbent.at()).containsExactly(1, 1);
        incumbent.offer(new int[] {1, 0}, new long[] {5, 3});
        assertThat(incumbent.at()).containsExactly(1, 0);
        incumbent.offer(new int[] {1, 0}, new long[] {5, 3});
        incumbent.offer(new int[] {2, 2}, new long[] {4, 9});
        assertThat(incumbent.at()).containsExactly(2, 2);
        assertThat(incumbent.exists()).isTrue();
        assertThat(incumbent.cost(0)).isEqualTo(4);
        assertThat(incumbent.cost(1)).isEqualTo(9);
        assertThat(incumbent.rulesOut(new long[] {4, 9})).isTrue();
        assertThat(incumbent.rulesOut(new long[] {5, 0})).isTrue();
        assertThat(incumbent.rulesOut(new long[] {4, 8})).isFalse();
    }

    @Test
    void nothingChangesFromOutside() {
        int[] at = {1};
        long[] vector = {7};
        incumbent.offer(at, vector);
        at[0] = 9;
        vector[0] = 9;
        incumbent.at()[0] = 8;
        incumbent.vector()[0] = 8;
        assertThat(incumbent.at()).containsExactly(1);
        assertThat(incumbent.vector()).containsExactly(7);
    }

    @Test
    void workIsCountedUpToTheBudgetAndThenNoMore() {
        WorkBudget work = new WorkBudget(SimpleContext.unlimited().withWorkBudget(10));
        assertThat(work.left()).isEqualTo(10);
        assertThat(work.spend(4)).isTrue();
        assertThat(work.spend(6)).isTrue();
        assertThat(work.ended()).isFalse();
        assertThat(work.left()).isZero();
        assertThat(work.spend(1)).isFalse();
        assertThat(work.ended()).isTrue();
        assertThat(work.units()).isEqualTo(10);
        WorkBudget stopped = new WorkBudget(5, () -> true);
        assertThat(stopped.spend(1)).isFalse();
        assertThat(stopped.left()).isZero();
        assertThat(stopped.units()).isZero();
        WorkBudget more = new WorkBudget(5, () -> false);
        assertThat(more.spend(6)).isFalse();
        assertThat(more.spend(1)).as("once ended it stays so").isFalse();
        more.add(3);
        assertThat(more.units()).isEqualTo(3);
    }
}
