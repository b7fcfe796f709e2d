// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is kept up to date with each move, against the same from scratch. */
class SearchStateTest {

    private static final double TRAFFIC_ROUNDING = 20;

    @Test
    void loadsCostAndFeasibilityAreThoseOfTheAssignmentAfterAnyMoves() {
        int feasible = 0;
        for (long seed = 0; seed < 600; seed++) {
            SmallProblem problem = SmallProblem.from(seed);
            SearchState state = moved(problem, seed);
            AssignmentProblem model = problem.model();
            SearchState fresh = new SearchState(model);
            fresh.reset(state.at);
            assertThat(state.load).as("seed %d", seed).isEqualTo(fresh.load);
            assertThat(state.count).isEqualTo(fresh.count);
            assertThat(state.conflicts()).isEqualTo(fresh.conflicts());
            assertThat(state.cost()).isCloseTo(fresh.cost(), within(1.0));
            double exact = model.vector(state.at)[model.objective.searchLevel];
            assertThat(state.cost()).as("seed %d", seed).isCloseTo(exact, within(TRAFFIC_ROUNDING));
            boolean allowed = true;
            for (int item = 0; item < model.items; item++) {
                allowed &= state.isAllowed(item, state.at[item]);
            }
            assertThat(state.isFeasible() && allowed).as("seed %d", seed).isEqualTo(problem.isFeasible(state.at));
            feasible += state.isFeasible() ? 1 : 0;
            for (int cluster = 0; cluster < model.clusters; cluster++) {
                int[] members = new int[state.count[cluster]];
                Arrays.setAll(members, index -> index);
                for (int index : members) {
                    assertThat(state.at[state.member(cluster, index)]).isEqualTo(cluster);
                }
            }
        }
        assertThat(feasible).isBetween(50, 550);
    }

    @Test
    void theChangeOfAMoveIsTheDifferenceThatItMakes() {
        for (long seed = 0; seed < 600; seed++) {
            SmallProblem problem = SmallProblem.from(seed);
            SearchState state = moved(problem, seed);
            Random random = new Random(seed);
            int item = random.nextInt(problem.model().items);
            int to = random.nextInt(problem.model().clusters);
            if (to != state.at[item]) {
                double before = penalised(state);
                double change = state.change(item, to);
                state.move(item, to);
                assertThat(penalised(state) - before)
                        .as("seed %d", seed)
                        .isCloseTo(change, within(1e-3 * Math.max(1, before)));
            }
        }
    }

    @Test
    void theChangeOfASwapIsTheDifferenceThatItMakesWhereTheTwoAreNotLinked() {
        int swaps = 0;
        for (long seed = 0; seed < 1500; seed++) {
            SmallProblem problem = SmallProblem.from(seed);
            SearchState state = moved(problem, seed);
            Random random = new Random(seed);
            int item = random.nextInt(problem.model().items);
            int partner = random.nextInt(problem.model().items);
            int from = state.at[item];
            int to = state.at[partner];
            boolean opens = Arrays.stream(problem.model().objective.open[problem.model().objective.searchLevel])
                    .anyMatch(cost -> cost != 0);
            if (from != to && !opens && !linked(problem.model(), item, partner)) {
                double before = penalised(state);
                double change = state.swapChange(item, partner);
                state.move(item, to);
                state.move(partner, from);
                assertThat(penalised(state) - before)
                        .as("seed %d", seed)
                        .isCloseTo(change, within(1e-3 * Math.max(1, before)));
                swaps++;
            }
        }
        assertThat(swaps).isGreaterThan(60);
    }

    private static boolean linked(AssignmentProblem problem, int item, int partner) {
        for (int entry = problem.links.start[item]; entry < problem.links.start[item + 1]; entry++) {
            if (problem.links.other[entry] == partner) {
                return true;
            }
        }
        return false;
    }

    /** Weighted cost with the prices of overflow and conflicts, from scratch. */
    private static double penalised(SearchState state) {
        AssignmentProblem problem = state.problem;
        double sum = state.costWeight * state.cost() + state.conflictPrice * problem.links.conflicts(state.at);
        for (int i = 0; i < state.load.length; i++) {
            sum += state.overflowPrice[i] * Math.max(0, state.load[i] - problem.capacity[i]);
        }
        return sum;
    }

    private static SearchState moved(SmallProblem problem, long seed) {
        Random random = new Random(seed);
        SearchState state = new SearchState(problem.model());
        state.reset(problem.anyColumns());
        Arrays.setAll(state.overflowPrice, i -> 1 + random.nextInt(1000));
        state.conflictPrice = 1e6;
        state.costWeight = seed % 2 == 0 ? 1 : 0.05;
        for (int move = 0; move < 20; move++) {
            int item = random.nextInt(problem.model().items);
            int to = random.nextInt(problem.model().clusters);
            if (to != state.at[item]) {
                state.move(item, to);
            }
        }
        return state;
    }
}
