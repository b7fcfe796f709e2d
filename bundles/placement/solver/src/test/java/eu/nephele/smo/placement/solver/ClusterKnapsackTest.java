// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ClusterKnapsackTest {

    private static final int ITEMS = 9;
    private static final int CLUSTERS = 2;

    @Test
    void theMostAndWhatAnItemCostsAreThoseOfEnumeration() {
        int without = 0;
        int with = 0;
        for (long seed = 0; seed < 400; seed++) {
            Random random = new Random(seed);
            AssignmentProblem problem = opening(PlantedProblem.planted(seed, ITEMS, CLUSTERS, 5), random);
            boolean[] possible = problem.allowed.clone();
            long[] reward = random.longs(ITEMS, 0, 500_000_000L).toArray();
            ClusterKnapsack knapsack = new ClusterKnapsack(problem, new CapacityPrices(problem));
            for (int cluster = 0; cluster < CLUSTERS; cluster++) {
                possible[random.nextInt(ITEMS) * CLUSTERS + cluster] = false;
                knapsack.use(cluster, possible, reward);
                long most = most(problem, possible, reward, cluster, 0, 0);
                assertThat(knapsack.most()).as("seed %d", seed).isEqualTo(Math.max(0, most));
                for (int item = 0; item < ITEMS; item++) {
                    long mostWithout = Math.max(0, most(problem, possible, reward, cluster, 0, 1 << item));
                    assertThat(knapsack.gainsWithout(item, mostWithout)).isTrue();
                    assertThat(knapsack.gainsWithout(item, mostWithout + 1)).isFalse();
                    without += mostWithout < most ? 1 : 0;
                    if (possible[item * CLUSTERS + cluster]) {
                        long mostWith = most(problem, possible, reward, cluster, 1 << item, 0);
                        assertThat(knapsack.gainsWith(item, reward[item], mostWith))
                                .isTrue();
                        assertThat(knapsack.gainsWith(item, reward[item], mostWith + 1))
                                .as("seed %d, item %d", seed, item)
                                .isFalse();
                        with += mostWith < most ? 1 : 0;
                    }
                }
            }
        }
        assertThat(without).isGreaterThan(500);
        assertThat(with).isGreaterThan(500);
    }

    @Test
    void theChosenItemsGainTheMost() {
        for (long seed = 0; seed < 200; seed++) {
            AssignmentProblem problem = PlantedProblem.planted(seed, ITEMS, CLUSTERS, 5);
            long[] reward = new Random(seed).longs(ITEMS, 0, 500_000_000L).toArray();
            ClusterKnapsack knapsack = new ClusterKnapsack(problem, new CapacityPrices(problem));
            knapsack.use(0, problem.allowed, reward);
            long most = knapsack.most();
            int[] times = new int[ITEMS];
            knapsack.countChosen(times);
            long sum = 0;
            for (int item = 0; item < ITEMS; item++) {
                sum += times[item] * (reward[item] - problem.objective.unary[0][item * CLUSTERS]);
            }
            assertThat(sum).as("seed %d", seed).isEqualTo(most);
        }
    }

    /** A search that is too long tells what is no less than the most. */
    @Test
    void aBoundOfAKnapsackThatIsTooHardIsNotTooLow() {
        int items = 60;
        AssignmentProblem problem = PlantedProblem.planted(3, items, CLUSTERS, 0);
        long[] reward = new long[items];
        for (int item = 0; item < items; item++) {
            reward[item] =
                    problem.objective.unary[0][item * CLUSTERS] + 1_000_000 * problem.demand[item * problem.rows];
        }
        ClusterKnapsack knapsack = new ClusterKnapsack(problem, new CapacityPrices(problem));
        knapsack.use(0, problem.allowed, reward);
        long most = knapsack.most();
        assertThat(knapsack.nodes()).isGreaterThanOrEqualTo(20_000).isLessThan(21_000);
        Assignment greedy = new Assignment(problem);
        long gain = 0;
        for (int item = 0; item < items; item++) {
            if (greedy.admits(item, 0)) {
                greedy.put(item, 0);
                gain += reward[item] - problem.objective.unary[0][item * CLUSTERS];
            }
        }
        assertThat(most).isGreaterThanOrEqualTo(gain);
    }

    private static AssignmentProblem opening(AssignmentProblem plain, Random random) {
        long[][] open = {random.longs(CLUSTERS, 0, 300_000_000L).toArray(), new long[CLUSTERS], new long[CLUSTERS]};
        return plain.minimising(new ObjectiveVector(1, plain.objective.unary, open, plain.objective.distance));
    }

    private static long most(
            AssignmentProblem problem, boolean[] possible, long[] reward, int cluster, int with, int without) {
        long most = Long.MIN_VALUE;
        for (int choice = 0; choice < 1 << ITEMS; choice++) {
            if ((choice & with) != with || (choice & without) != 0) {
                continue;
            }
            Assignment assignment = new Assignment(problem);
            long gain = choice == 0 ? 0 : -problem.objective.open[0][cluster];
            boolean fits = true;
            for (int item = 0; item < ITEMS && fits; item++) {
                if ((choice >> item & 1) == 1) {
                    fits = possible[item * CLUSTERS + cluster] && assignment.admits(item, cluster);
                    assignment.put(item, cluster);
                    gain += reward[item] - problem.objective.unary[0][item * CLUSTERS + cluster];
                }
            }
            most = fits ? Math.max(most, gain) : most;
        }
        return most;
    }
}
