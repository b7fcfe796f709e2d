// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.lab.conformance.SimpleContext;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SearchNodeTest {

    @Test
    void theBoundIsNoMoreThanAnyCompletionAndWithoutRestItIsTheCost() {
        for (long seed = 0; seed < 500; seed++) {
            SmallProblem problem = SmallProblem.from(seed);
            AssignmentProblem model = problem.model();
            List<int[]> feasible =
                    problem.all().stream().filter(problem::isFeasible).toList();
            if (!feasible.isEmpty()) {
                int[] goal = feasible.get((int) (seed % feasible.size()));
                SearchNode node = new SearchNode(model, new WholePrices(model));
                for (int item = 0; item < model.items; item++) {
                    long[] bound = new long[model.objective.levels];
                    assertThat(node.pick(bound)).as("seed %d", seed).isNotEqualTo(Assignment.NOWHERE);
                    int placed = item;
                    feasible.stream()
                            .filter(columns -> IntStream.range(0, placed).allMatch(i -> columns[i] == goal[i]))
                            .forEach(columns -> {
                                long[] key = model.vector(columns);
                                for (int level = 0; level < bound.length; level++) {
                                    assertThat(bound[level]).isLessThanOrEqualTo(key[level]);
                                }
                            });
                    node.place(item, goal[item]);
                }
                assertThat(node.at()).isEqualTo(goal);
                assertThat(node.placed()).isEqualTo(model.vector(goal));
                long[] bound = new long[model.objective.levels];
                node.pick(bound);
                assertThat(bound).isEqualTo(model.vector(goal));
            }
        }
    }

    @Test
    void withPricesTheBoundIsHigherAndStillNoMoreThanAnyCompletion() {
        int higher = 0;
        for (long seed = 0; seed < 800; seed++) {
            SmallProblem problem = SmallProblem.from(seed);
            AssignmentProblem model = problem.model();
            List<int[]> feasible =
                    problem.all().stream().filter(problem::isFeasible).toList();
            CapacityPrices prices = new CapacityPrices(model);
            if (feasible.isEmpty() || model.objective.searchLevel > 0) {
                continue;
            }
            prices.improve(300, (double) model.vector(feasible.get(0))[0], new WorkBudget(SimpleContext.unlimited()));
            int[] goal = feasible.get((int) (seed % feasible.size()));
            SearchNode node = new SearchNode(model, new WholePrices(model, prices));
            SearchNode plain = new SearchNode(model, new WholePrices(model));
            for (int item = 0; item < model.items; item++) {
                long[] bound = new long[model.objective.levels];
                long[] plainBound = new long[model.objective.levels];
                node.pick(bound);
                plain.pick(plainBound);
                higher += bound[0] > plainBound[0] ? 1 : 0;
                assertThat(bound[0]).isGreaterThanOrEqualTo(plainBound[0]);
                int placed = item;
                long least = feasible.stream()
                        .filter(columns -> IntStream.range(0, placed).allMatch(i -> columns[i] == goal[i]))
                        .mapToLong(columns -> model.vector(columns)[0])
                        .min()
                        .getAsLong();
                assertThat(bound[0]).as("seed %d", seed).isLessThanOrEqualTo(least);
                assertThat(node.within(item, new int[] {goal[item]}, node.pricedBound(), model.vector(goal)[0]))
                        .as("the way to a solution stays, seed %d", seed)
                        .containsExactly(goal[item]);
                node.place(item, goal[item]);
                plain.place(item, goal[item]);
            }
        }
        assertThat(higher).isGreaterThan(5);
    }

    @Test
    void clustersAreOrderedByTheCostThatTheyAdd() {
        for (long seed = 0; seed < 500; seed++) {
            SmallProblem problem = SmallProblem.from(seed);
            AssignmentProblem model = problem.model();
            SearchNode node = new SearchNode(model, new WholePrices(model));
            Assignment assignment = new Assignment(model);
            for (int item = 0; item < model.items; item++) {
                int[] order = node.byCost(item);
                int[] expected = expectedOrder(model, assignment, item);
                assertThat(order).as("seed %d, item %d", seed, item).isEqualTo(expected);
                if (order.length == 0) {
                    break;
                }
                node.place(item, order[0]);
                assignment.put(item, order[0]);
            }
        }
    }

    private static int[] expectedOrder(AssignmentProblem model, Assignment assignment, int item) {
        return IntStream.range(0, model.clusters)
                .filter(cluster -> assignment.admits(item, cluster))
                .boxed()
                .sorted((one, other) -> {
                    long[] costOfOne = new long[model.objective.levels];
                    long[] costOfOther = new long[model.objective.levels];
                    assignment.addTo(costOfOne, item, one);
                    assignment.addTo(costOfOther, item, other);
                    int byCost = Arrays.compare(costOfOne, costOfOther);
                    return byCost == 0 ? one - other : byCost;
                })
                .mapToInt(Integer::intValue)
                .toArray();
    }

    @Test
    void whatIsRemovedLeavesNothingBehind() {
        for (long seed = 0; seed < 300; seed++) {
            SmallProblem problem = SmallProblem.from(seed);
            AssignmentProblem model = problem.model();
            SearchNode fresh = new SearchNode(model, new WholePrices(model));
            SearchNode node = new SearchNode(model, new WholePrices(model));
            int[] columns = problem.anyColumns();
            for (int item = 0; item < model.items; item++) {
                node.place(item, columns[item]);
            }
            for (int item = model.items - 1; item >= 0; item--) {
                node.remove(item);
            }
            long[] bound = new long[model.objective.levels];
            long[] expected = new long[model.objective.levels];
            assertThat(node.pick(bound)).as("seed %d", seed).isEqualTo(fresh.pick(expected));
            assertThat(bound).as("seed %d", seed).isEqualTo(expected);
            assertThat(node.placed()).containsOnly(0);
            for (int item = 0; item < model.items; item++) {
                assertThat(node.byCost(item)).isEqualTo(fresh.byCost(item));
            }
        }
    }

    /** Fewest clusters left, then most to lose, then first. */
    @Test
    void theItemToBranchOnHasTheFewestClustersThenMostToLose() {
        for (long seed = 0; seed < 800; seed++) {
            AssignmentProblem model = SmallProblem.from(seed).model();
            Assignment empty = new Assignment(model);
            int expected = Assignment.NOWHERE;
            long[] best = {};
            for (int item = 0; item < model.items; item++) {
                int[] order = expectedOrder(model, empty, item);
                long regret = Long.MAX_VALUE;
                if (order.length > 1) {
                    long[] first = new long[model.objective.levels];
                    long[] second = new long[model.objective.levels];
                    empty.addTo(first, item, order[0]);
                    empty.addTo(second, item, order[1]);
                    regret = second[0] - first[0];
                }
                long[] rank = {order.length, -regret};
                if (expected == Assignment.NOWHERE || Arrays.compare(rank, best) < 0) {
                    expected = item;
                    best = rank;
                }
            }
            boolean homeless = best.length > 0 && best[0] == 0;
            assertThat(new SearchNode(model, new WholePrices(model)).pick(new long[model.objective.levels]))
                    .as("seed %d", seed)
                    .isEqualTo(homeless ? Assignment.NOWHERE : expected);
        }
    }

    @Test
    void theSearchGivesUpAfterItsNodesAndItsUnits() {
        SmallProblem problem = SmallProblem.from(7);
        WorkBudget budget = new WorkBudget(SimpleContext.unlimited());
        assertThat(new BranchAndBound(
                                problem.model(),
                                budget,
                                new SearchNode(problem.model(), new WholePrices(problem.model())))
                        .improve(new Incumbent(), 1))
                .isFalse();
        assertThat(budget.units()).isEqualTo(1);
        WorkBudget none = new WorkBudget(SimpleContext.unlimited().withWorkBudget(0));
        assertThat(new BranchAndBound(
                                problem.model(),
                                none,
                                new SearchNode(problem.model(), new WholePrices(problem.model())))
                        .improve(new Incumbent(), 9))
                .isFalse();
    }
}
