// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.lab.conformance.SimpleContext;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrafficMessagesTest {

    @Test
    void noFeasibleAssignmentIsBelowTheBoundAndMessagesRaiseIt() {
        int raised = 0;
        int linked = 0;
        for (long seed = 0; seed < 3000; seed++) {
            SmallProblem problem = SmallProblem.from(seed);
            AssignmentProblem model = problem.model();
            TrafficMessages traffic = new TrafficMessages(model);
            List<int[]> feasible = traffic.isEmpty() || model.hasHomelessItem()
                    ? List.of()
                    : problem.all().stream().filter(problem::isFeasible).toList();
            if (feasible.isEmpty()) {
                continue;
            }
            linked++;
            int level = model.objective.searchLevel;
            long optimum = feasible.stream()
                    .mapToLong(at -> model.vector(at)[level])
                    .min()
                    .getAsLong();
            WorkBudget work = new WorkBudget(SimpleContext.unlimited());
            CapacityPrices prices = new CapacityPrices(model);
            prices.improve(100, (double) optimum, work);
            long before = prices.bound();
            for (int round = 0; round < 5; round++) {
                traffic.update(prices, work, Long.MAX_VALUE / 2);
                prices.use(traffic);
                prices.improve(20, (double) optimum, work);
                assertThat(prices.bound()).as("seed %d", seed).isBetween(before, optimum);
            }
            raised += prices.bound() > before ? 1 : 0;
        }
        assertThat(linked).isGreaterThan(100);
        assertThat(raised).isGreaterThan(linked / 5);
    }

    /** Whatever the messages, an assignment costs the same with them: what the items get is what the pairs lose. */
    @Test
    void messagesShiftCostsAndChangeNoSum() {
        AssignmentProblem problem = PlantedProblem.linked(3, 40, 6, 40);
        TrafficMessages traffic = new TrafficMessages(problem);
        CapacityPrices prices = new CapacityPrices(problem);
        WorkBudget work = new WorkBudget(SimpleContext.unlimited());
        traffic.update(prices, work, Long.MAX_VALUE / 2);
        traffic.update(prices, work, Long.MAX_VALUE / 2);
        double kept = traffic.settle();
        int[] at = new FirstFitConstruction(problem).build().orElseThrow();
        double withMessages = 0;
        for (int item = 0; item < problem.items; item++) {
            withMessages += prices.priced(item, at[item]) + traffic.sums()[item * problem.clusters + at[item]];
        }
        // each pair keeps at least the least of what it has left, so the sum is no more than the cost
        assertThat(withMessages + kept).isLessThanOrEqualTo(problem.vector(at)[0] + 1.0);
        assertThat(traffic.magnitude()).isPositive();
        assertThat(work.units()).isPositive();
    }

    @Test
    void moreThanHalfOfTheGapThatTrafficLeavesIsClosed() {
        AssignmentProblem problem = PlantedProblem.linked(5, 100, 10, 50);
        CapacityPrices withoutTraffic = new CapacityPrices(problem);
        withoutTraffic.improve(400, 1e11, new WorkBudget(SimpleContext.unlimited()));
        Incumbent incumbent = new Incumbent();
        WorkBudget work = new WorkBudget(SimpleContext.unlimited().withWorkBudget(3_000_000));
        AnytimeSearch search = new AnytimeSearch(problem, incumbent, 1, work);
        search.begin();
        search.improve(100);
        double value = incumbent.vector()[0];
        assertThat(value - search.bound()).isBetween(0.0, (value - withoutTraffic.bound()) / 2);
    }

    @Test
    void withoutDistancesOrLinksThereIsNothingToShift() {
        AssignmentProblem plain = PlantedProblem.planted(3, 10, 3, 40);
        assertThat(new TrafficMessages(plain).isEmpty()).isTrue();
        AssignmentProblem linked = PlantedProblem.linked(3, 10, 3, 40);
        assertThat(new TrafficMessages(linked).isEmpty()).isFalse();
        AssignmentProblem nowhere = new AssignmentProblem(
                3, linked.demand, linked.capacity, linked.allowed, plain.objective, linked.links, false);
        assertThat(new TrafficMessages(nowhere).isEmpty()).isTrue();
    }

    /** A part of the pairs at a time comes to the same as all of them at once. */
    @Test
    void anUpdateGoesOnWhereTheOneBeforeHasEnded() {
        AssignmentProblem problem = PlantedProblem.linked(3, 40, 6, 40);
        CapacityPrices prices = new CapacityPrices(problem);
        WorkBudget work = new WorkBudget(SimpleContext.unlimited());
        TrafficMessages once = new TrafficMessages(problem);
        once.update(prices, work, Long.MAX_VALUE / 2);
        long units = work.units();
        TrafficMessages parts = new TrafficMessages(problem);
        for (long left = units; left > 0; left -= 3 * 3) {
            parts.update(prices, work, Math.min(left, 3 * 3));
        }
        assertThat(parts.settle()).isEqualTo(once.settle());
        assertThat(parts.sums()).isEqualTo(once.sums());
    }

    @Test
    void itEndsWithTheWork() {
        AssignmentProblem problem = PlantedProblem.linked(3, 40, 6, 40);
        WorkBudget none = new WorkBudget(SimpleContext.unlimited().withWorkBudget(0));
        TrafficMessages traffic = new TrafficMessages(problem);
        traffic.update(new CapacityPrices(problem), none, 1_000);
        assertThat(traffic.sums()).containsOnly(0);
        assertThat(none.ended()).isTrue();
    }
}
