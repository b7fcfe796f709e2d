// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementRequestBuilder;
import eu.nephele.smo.api.placement.PlacementService;
import eu.nephele.smo.lab.conformance.RandomProblems;
import eu.nephele.smo.lab.conformance.SimpleContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RuleConstructionTest {

    @Test
    void theOrderDecidesWhoChoosesFirst() {
        RequestProblem read = new CoresProblem(List.of(1, 3), List.of(3, 4))
                .prices((request, costs) -> {
                    costs.assign(0, 1, 1);
                    costs.assign(1, 1, 1);
                })
                .read();
        assertThat(inOrder(read, read.largestFirst())).containsExactly(1, 0);
        assertThat(inOrder(read, read.asWritten())).containsExactly(0, 1);
    }

    @Test
    void anItemThatNothingAdmitsIsTold() {
        RequestProblem read = new CoresProblem(List.of(2, 2, 2), List.of(3, 3)).read();
        RuleProgress state = new RuleProgress(read);
        assertThat(construction(read, state).inOrder(new int[] {2, 0, 1})).isEqualTo(1);
        assertThat(state.at()).containsExactly(1, AssignmentProblem.NOWHERE, 0);
    }

    /** Half of the memory is more than a quarter of the cores, however many thousandths of cores these are. */
    @Test
    void demandIsTheShareOfWhatAllClustersOffer() {
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
        assertThat(RequestProblem.from(request).largestFirst()).containsExactly(1, 0);
    }

    /** The rule itself, which evaluates every item again after each choice, is the reference. */
    @Test
    void evaluatingAgainOnlyWhereSomethingCanHaveChangedMakesNoDifference() {
        int complete = 0;
        for (long seed = 0; seed < 2000; seed++) {
            complete += compareWithRule(RequestProblem.from(RandomProblems.small(seed)), "small " + seed) ? 1 : 0;
        }
        for (long seed = 0; seed < 40; seed++) {
            RequestProblem read = RequestProblem.from(RandomProblems.federation(seed, 20, 5, 0.3));
            complete += compareWithRule(read, "federation " + seed) ? 1 : 0;
        }
        assertThat(complete).isGreaterThan(500);
    }

    /** @return whether the rule needs no ejection, so that there is something to compare */
    private static boolean compareWithRule(RequestProblem read, String problem) {
        Optional<int[]> expected = byRule(read);
        expected.ifPresent(at -> assertThat(byRegret(read)).as(problem).isEqualTo(at));
        return expected.isPresent();
    }

    private record Evaluation(int column, long best, long second) {

        long regret() {
            return second == Long.MAX_VALUE ? Long.MAX_VALUE : second - best;
        }
    }

    private static Optional<int[]> byRule(RequestProblem read) {
        RuleProgress partial = new RuleProgress(read);
        List<Integer> waiting = new ArrayList<>(bySize(read));
        while (!waiting.isEmpty()) {
            int next = waiting.get(0);
            for (int item : waiting) {
                Evaluation evaluation = evaluate(read, partial, item);
                if (evaluation.column() == AssignmentProblem.NOWHERE) {
                    return Optional.empty();
                }
                if (evaluation.regret() > evaluate(read, partial, next).regret()) {
                    next = item;
                }
            }
            partial.put(next, evaluate(read, partial, next).column());
            waiting.remove((Integer) next);
        }
        return Optional.of(partial.at());
    }

    private static Evaluation evaluate(RequestProblem read, RuleProgress partial, int item) {
        List<Integer> admitting = new ArrayList<>();
        for (int column = 0; column < read.problem().clusters(); column++) {
            if (partial.admits(item, column)) {
                admitting.add(column);
            }
        }
        admitting.sort((one, other) -> {
            int byCost = Long.compare(partial.cost(item, one), partial.cost(item, other));
            int byUse = Long.compare(partial.usedCpuMillis(other), partial.usedCpuMillis(one));
            return byCost != 0 ? byCost : byUse != 0 ? byUse : Integer.compare(one, other);
        });
        return admitting.isEmpty()
                ? new Evaluation(AssignmentProblem.NOWHERE, Long.MAX_VALUE, Long.MAX_VALUE)
                : new Evaluation(
                        admitting.get(0),
                        partial.cost(item, admitting.get(0)),
                        admitting.size() == 1 ? Long.MAX_VALUE : partial.cost(item, admitting.get(1)));
    }

    /** Largest share of all that is free first, else as written. */
    private static List<Integer> bySize(RequestProblem read) {
        List<Integer> order = new ArrayList<>();
        for (int item = 0; item < read.problem().items(); item++) {
            order.add(item);
        }
        Resources all =
                read.request().clusters().stream().map(ClusterCapacity::free).reduce(Resources.NONE, Resources::plus);
        order.sort((one, other) -> Double.compare(share(demand(read, other), all), share(demand(read, one), all)));
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

    private static Resources demand(RequestProblem read, int item) {
        return read.services(item).stream()
                .map(s -> read.request().services().get(s).demand())
                .reduce(Resources.NONE, Resources::plus);
    }

    private static int[] inOrder(RequestProblem read, int[] order) {
        RuleProgress state = new RuleProgress(read);
        assertThat(construction(read, state).inOrder(order)).isEqualTo(AssignmentProblem.NOWHERE);
        return state.at();
    }

    private static int[] byRegret(RequestProblem read) {
        RuleProgress state = new RuleProgress(read);
        assertThat(construction(read, state).byRegret(read.largestFirst())).isEqualTo(AssignmentProblem.NOWHERE);
        return state.at();
    }

    private static RuleConstruction construction(RequestProblem read, RuleProgress state) {
        return new RuleConstruction(read, state, new LeastCostRule(), new WorkBudget(SimpleContext.unlimited()));
    }
}
