// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The numbers of the solver against the rules and prices of the request. */
class AssignmentTest {

    @Test
    void feasibilityAndCostAreThoseOfTheRequest() {
        for (long seed = 0; seed < 400; seed++) {
            SmallProblem problem = SmallProblem.from(seed);
            int[] columns = problem.anyColumns();
            assertThat(problem.model().isFeasible(columns)).as("seed %d", seed).isEqualTo(problem.isFeasible(columns));
            long[] key = problem.model().vector(columns);
            assertThat(key).hasSize(4);
            assertThat(key[0]).as("seed %d", seed).isEqualTo(problem.cost(columns, 0));
            assertThat(key[1]).as("seed %d", seed).isEqualTo(problem.cost(columns, 1));
        }
    }

    @Test
    void movedServicesAndTheirCoresAreTheLastLevels() {
        for (long seed = 0; seed < 400; seed++) {
            SmallProblem problem = SmallProblem.from(seed);
            int[] columns = problem.anyColumns();
            long moved = 0;
            long cores = 0;
            for (int item = 0; item < columns.length; item++) {
                for (int service : problem.read().items().get(item).services()) {
                    int current = problem.request().current(service).orElse(columns[item]);
                    if (current != columns[item]) {
                        moved++;
                        cores += problem.request()
                                .services()
                                .get(service)
                                .demand()
                                .cpuMillis();
                    }
                }
            }
            assertThat(problem.model().vector(columns)).as("seed %d", seed).endsWith(moved, cores);
        }
    }

    @Test
    void whatIsTakenAwayLeavesNothingBehind() {
        for (long seed = 0; seed < 200; seed++) {
            SmallProblem problem = SmallProblem.from(seed);
            int[] columns = problem.anyColumns();
            long[] key = problem.model().vector(columns);
            Assignment assignment = problem.assignment(columns);
            for (int item = 0; item < columns.length; item++) {
                assertThat(assignment.take(item)).isEqualTo(columns[item]);
                assertThat(assignment.at[item]).isEqualTo(Assignment.NOWHERE);
                assignment.takeFrom(key, item, columns[item]);
            }
            assertThat(key).as("seed %d", seed).containsOnly(0);
            assertThat(assignment.count).containsOnly(0);
            assertThat(assignment.load).as("seed %d", seed).isEqualTo(new long[assignment.load.length]);
        }
    }
}
