// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObjectiveVectorTest {

    /** Two items on two clusters. */
    private static ObjectiveVector objective(long[] unary, long[] open, long[] distance) {
        return new ObjectiveVector(
                1,
                new long[][] {unary, {0, 1, 0, 0}, new long[4]},
                new long[][] {open, new long[2], new long[2]},
                new long[][] {distance, {}, {}});
    }

    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource({
        "-7, 0",
        "0, 0",
        "0.001, 6",
        "6, 6",
        "6.0000001, 12",
        "12, 12",
        "Infinity, 9223372036854775807",
        "NaN, 0"
    })
    void aBoundIsRoundedUpToTheNextMultiple(double bound, long expected) {
        assertThat(objective(new long[] {12, 18, 6, 30}, new long[] {24, 0}, new long[4])
                        .roundedUp(0, bound))
                .isEqualTo(expected);
    }

    @Test
    void openingsCountForWhatCostsAreMultiplesOf() {
        assertThat(objective(new long[] {12, 18, 6, 30}, new long[] {4, 0}, new long[4])
                        .roundedUp(0, 6.5))
                .isEqualTo(8);
    }

    @Test
    void trafficMayCostAnything() {
        assertThat(objective(new long[] {12, 18, 6, 30}, new long[2], new long[] {0, 6, 6, 0})
                        .roundedUp(0, 6.5))
                .isEqualTo(7);
    }

    @Test
    void whereNothingCostsAnythingABoundIsRoundedToWholeNumbers() {
        assertThat(objective(new long[4], new long[2], new long[4]).roundedUp(0, 6.5))
                .isEqualTo(7);
    }

    @Test
    void beyondTheExactNumbersNothingIsRoundedUp() {
        assertThat(objective(new long[] {3, 3, 3, 3}, new long[2], new long[4]).roundedUp(0, 0x1p60))
                .isEqualTo(1L << 60);
    }

    @Test
    void theFirstLevelThatDiffersIsSearched() {
        assertThat(objective(new long[] {1, 2, 3, 4}, new long[2], new long[4]).searchLevel)
                .isZero();
        assertThat(objective(new long[] {7, 7, 3, 3}, new long[2], new long[4]).searchLevel)
                .isEqualTo(1);
        assertThat(objective(new long[] {7, 7, 3, 3}, new long[] {0, 1}, new long[4]).searchLevel)
                .isZero();
        assertThat(objective(new long[] {7, 7, 3, 3}, new long[2], new long[] {0, 1, 1, 0}).searchLevel)
                .isZero();
        ObjectiveVector nothing = new ObjectiveVector(0, new long[2][4], new long[2][2], new long[2][0]);
        assertThat(nothing.searchLevel).isEqualTo(1);
        assertThat(nothing.differsBetween(0, 2)).isFalse();
    }

    /** Random problems of several levels, with opening costs. */
    @Test
    void asOneLevelTheOrderOfAssignmentsIsTheSame() {
        int compared = 0;
        for (long seed = 0; seed < 300; seed++) {
            SmallProblem small = SmallProblem.from(seed);
            Optional<AssignmentProblem> one =
                    small.model().objective.asOneLevel().map(small.model()::minimising);
            int[] at = small.anyColumns();
            int[] other = small.anyColumns();
            if (one.isPresent()) {
                int order =
                        Arrays.compare(small.model().vector(at), small.model().vector(other));
                assertThat(Long.signum(one.get().vector(at)[0] - one.get().vector(other)[0]))
                        .as("seed %d", seed)
                        .isEqualTo(Integer.signum(order));
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(20);
    }

    @Test
    void nothingIsOneLevelThatIsTooLargeOrHasTraffic() {
        long large = 1L << 51;
        assertThat(objective(new long[] {1, large, 1, large}, new long[2], new long[4])
                        .asOneLevel())
                .isEmpty();
        assertThat(objective(new long[] {1, 2, 3, 4}, new long[2], new long[] {0, 1, 1, 0})
                        .asOneLevel())
                .isEmpty();
        assertThat(objective(new long[] {1, 2, 3, 4}, new long[2], new long[4]).asOneLevel())
                .isPresent();
    }

    @Test
    void theNextCostBelowIsAMultipleToo() {
        assertThat(objective(new long[] {4, 6, 8, 10}, new long[2], new long[4]).nextBelow(0, 10))
                .isEqualTo(8);
    }

    @Test
    void levelsThatDifferAreFoundWhereTheyAre() {
        ObjectiveVector objective = objective(new long[] {7, 7, 3, 3}, new long[2], new long[4]);
        assertThat(objective.differsBetween(0, 1)).isFalse();
        assertThat(objective.differsBetween(0, 2)).isTrue();
        assertThat(objective.differsBetween(1, 1)).isFalse();
        assertThat(objective.differsBetween(2, 3)).isFalse();
        assertThat(objective.levels()).isEqualTo(3);
        assertThat(objective.costLevels()).isEqualTo(1);
        assertThat(objective.unary(0, 1, 0)).isEqualTo(3);
        assertThat(objective.unary(1, 0, 1)).isEqualTo(1);
        assertThat(objective(new long[4], new long[] {5, 8}, new long[4]).open(0, 1))
                .isEqualTo(8);
    }
}
