// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.lab.conformance.SimpleContext;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LocalSearchTest {

    @Test
    void endsWhereNoShiftAndNoSwapIsBetter() {
        int improved = 0;
        for (long seed = 0; seed < 1500; seed++) {
            SmallProblem problem = SmallProblem.from(seed);
            Optional<int[]> start = problem.feasibleColumns();
            if (start.isPresent()) {
                Assignment assignment = problem.assignment(start.get());
                new LocalSearch(assignment, new WorkBudget(SimpleContext.unlimited())).run();
                int[] end = assignment.at.clone();
                long[] key = problem.model().vector(end);
                assertThat(problem.isFeasible(end)).as("seed %d", seed).isTrue();
                assertThat(assignment.load).as("seed %d", seed).isEqualTo(problem.assignment(end).load);
                int compared = Arrays.compare(key, problem.model().vector(start.get()));
                assertThat(compared).as("seed %d", seed).isLessThanOrEqualTo(0);
                improved += compared < 0 ? 1 : 0;
                for (int[] other : problem.all()) {
                    if (isNeighbour(end, other) && problem.isFeasible(other)) {
                        assertThat(Arrays.compare(problem.model().vector(other), key))
                                .as("seed %d: %s is better than %s", seed, Arrays.toString(other), Arrays.toString(end))
                                .isGreaterThanOrEqualTo(0);
                    }
                }
            }
        }
        assertThat(improved).isGreaterThan(100);
    }

    @Test
    void withoutABudgetAllStays() {
        SmallProblem problem = SmallProblem.from(3);
        int[] start = problem.anyColumns();
        Assignment assignment = problem.assignment(start);
        new LocalSearch(assignment, new WorkBudget(SimpleContext.unlimited().withWorkBudget(0))).run();
        assertThat(assignment.at).isEqualTo(start);
    }

    /** One item elsewhere, or two at each other's place. */
    private static boolean isNeighbour(int[] one, int[] other) {
        int[] differing = new int[one.length];
        int count = 0;
        for (int item = 0; item < one.length; item++) {
            if (one[item] != other[item]) {
                differing[count++] = item;
            }
        }
        return count == 1
                || (count == 2 && one[differing[0]] == other[differing[1]] && one[differing[1]] == other[differing[0]]);
    }
}
