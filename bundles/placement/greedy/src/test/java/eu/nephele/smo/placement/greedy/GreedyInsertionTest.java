// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.greedy;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.placement.PlacementObjective;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementRequestBuilder;
import eu.nephele.smo.api.placement.PlacementService;
import eu.nephele.smo.lab.conformance.Pricing;
import eu.nephele.smo.lab.conformance.RandomProblems;
import eu.nephele.smo.lab.conformance.SimpleContext;
import eu.nephele.smo.placement.greedy.GreedyParameters.ServiceOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GreedyInsertionTest {

    @Test
    void byDemandTheLargestChoosesFirst() {
        PlacementItems items = new SmallProblem(List.of(1, 3), List.of(3, 4))
                .prices((request, costs) -> {
                    costs.assign(0, 1, 1);
                    costs.assign(1, 1, 1);
                })
                .items();
        assertThat(run(items, ServiceOrder.DEMAND)).containsExactly(1, 0);
        assertThat(run(items, ServiceOrder.DESCRIPTOR)).containsExactly(0, 1);
    }

    /** Half of the memory is more than a quarter of the cores, however many thousandths of cores these are. */
    @Test
    void demandIsTheShareOfWhatAllClustersOffer() {
        PlacementObjective prices = (request, costs) -> {
            costs.assign(0, 1, 1);
            costs.assign(1, 1, 1);
        };
        PlacementRequest request = new PlacementRequestBuilder(
                        new GraphId("p", "g"),
                        DecisionReason.DEPLOY,
                        List.of(
                                new PlacementService("cores", new Resources(3000, 6, 0, 0), 1, 1),
                                new PlacementService("memory", new Resources(1000, 10, 0, 0), 1, 1)),
                        List.of(
                                ClusterCapacity.of(new ClusterId("test", "c0"), new Resources(6000, 10, 0, 0)),
                                ClusterCapacity.of(new ClusterId("test", "c1"), new Resources(6000, 10, 0, 0))))
                .build();
        assertThat(run(new PlacementItems(Pricing.priced(request, Map.of(prices, 1.0))), ServiceOrder.DEMAND))
                .containsExactly(1, 0);
    }

    /** The rule itself, which evaluates every item again after each choice, is the reference. */
    @Test
    void evaluatingAgainOnlyWhereSomethingCanHaveChangedMakesNoDifference() {
        int complete = 0;
        for (long seed = 0; seed < 2000; seed++) {
            complete += compareWithRule(new PlacementItems(RandomProblems.small(seed)), "small " + seed) ? 1 : 0;
        }
        for (long seed = 0; seed < 40; seed++) {
            PlacementItems items = new PlacementItems(RandomProblems.federation(seed, 20, 5, 0.3));
            complete += compareWithRule(items, "federation " + seed) ? 1 : 0;
        }
        assertThat(complete).isGreaterThan(500);
    }

    /** @return whether the rule needs no ejection, so that there is something to compare */
    private static boolean compareWithRule(PlacementItems items, String problem) {
        Optional<List<Integer>> expected = byRule(items);
        expected.ifPresent(columns ->
                assertThat(run(items, ServiceOrder.REGRET)).as(problem).isEqualTo(columns));
        return expected.isPresent();
    }

    private record Evaluation(int column, long best, long second) {

        long regret() {
            return second == Long.MAX_VALUE ? Long.MAX_VALUE : second - best;
        }
    }

    private static Optional<List<Integer>> byRule(PlacementItems items) {
        PartialPlacement partial = new PartialPlacement(items);
        List<Integer> waiting = new ArrayList<>(bySize(items));
        while (!waiting.isEmpty()) {
            int next = waiting.get(0);
            for (int item : waiting) {
                Evaluation evaluation = evaluate(items, partial, item);
                if (evaluation.column() == PartialPlacement.NONE) {
                    return Optional.empty();
                }
                if (evaluation.regret() > evaluate(items, partial, next).regret()) {
                    next = item;
                }
            }
            partial.put(next, evaluate(items, partial, next).column());
            waiting.remove((Integer) next);
        }
        return Optional.of(columns(items, partial));
    }

    private static Evaluation evaluate(PlacementItems items, PartialPlacement partial, int item) {
        List<Integer> admitting = new ArrayList<>();
        for (int column = 0; column < items.clusters(); column++) {
            if (partial.admits(item, column)) {
                admitting.add(column);
            }
        }
        admitting.sort((one, other) -> {
            int byCost = Long.compare(partial.increment(item, one), partial.increment(item, other));
            int byUse = Long.compare(partial.usedCpuMillis(other), partial.usedCpuMillis(one));
            return byCost != 0 ? byCost : byUse != 0 ? byUse : Integer.compare(one, other);
        });
        return admitting.isEmpty()
                ? new Evaluation(PartialPlacement.NONE, Long.MAX_VALUE, Long.MAX_VALUE)
                : new Evaluation(
                        admitting.get(0),
                        partial.increment(item, admitting.get(0)),
                        admitting.size() == 1 ? Long.MAX_VALUE : partial.increment(item, admitting.get(1)));
    }

    /** Largest share of all that is free first, else as written. */
    private static List<Integer> bySize(PlacementItems items) {
        List<Integer> order = new ArrayList<>();
        for (int item = 0; item < items.count(); item++) {
            order.add(item);
        }
        Resources all =
                items.request().clusters().stream().map(ClusterCapacity::free).reduce(Resources.NONE, Resources::plus);
        order.sort((one, other) -> Double.compare(share(items.demand(other), all), share(items.demand(one), all)));
        return order;
    }

    private static double share(Resources demand, Resources all) {
        double largest = 0;
        for (Map.Entry<String, Long> want : demand.byName().entrySet()) {
            largest = Math.max(
                    largest, want.getValue() / Math.max(1.0, all.byName().getOrDefault(want.getKey(), 0L)));
        }
        return largest;
    }

    private static List<Integer> run(PlacementItems items, ServiceOrder order) {
        PartialPlacement partial = new PartialPlacement(items);
        int stuck = new GreedyInsertion(items, partial, new WorkBudget(SimpleContext.unlimited())).run(order);
        assertThat(stuck).isEqualTo(PartialPlacement.NONE);
        return columns(items, partial);
    }

    private static List<Integer> columns(PlacementItems items, PartialPlacement partial) {
        List<Integer> columns = new ArrayList<>();
        for (int item = 0; item < items.count(); item++) {
            columns.add(partial.clusterOf(item));
        }
        return columns;
    }
}
