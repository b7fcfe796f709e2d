// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.lab.conformance.RandomProblems;
import eu.nephele.smo.lab.conformance.SimpleContext;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AnytimeSearchTest {

    @Test
    void smallProblemsAreSolvedAndTheBoundIsBelowTheOptimum() {
        int solved = 0;
        int missed = 0;
        int unplaced = 0;
        for (long seed = 0; seed < 600; seed++) {
            SmallProblem problem = SmallProblem.from(seed);
            AssignmentProblem model = problem.model();
            if (IntStream.range(0, model.items).anyMatch(model::isHomeless)) {
                continue;
            }
            List<int[]> feasible =
                    problem.all().stream().filter(problem::isFeasible).toList();
            Incumbent incumbent = new Incumbent();
            AnytimeSearch search = new AnytimeSearch(model, incumbent, seed, new WorkBudget(SimpleContext.unlimited()));
            search.begin();
            search.improve(3);
            if (feasible.isEmpty()) {
                assertThat(incumbent.exists()).isFalse();
            } else if (incumbent.exists()) {
                assertThat(problem.isFeasible(incumbent.at()))
                        .as("seed %d", seed)
                        .isTrue();
                assertThat(incumbent.vector()).isEqualTo(model.vector(incumbent.at()));
                long[] optimum = feasible.stream()
                        .map(model::vector)
                        .min(Arrays::compare)
                        .orElseThrow();
                assertThat(search.bound()).as("seed %d", seed).isBetween(0L, optimum[0]);
                boolean best = Arrays.equals(incumbent.vector(), optimum);
                assertThat(search.isProvenInCost() && incumbent.vector()[0] > optimum[0])
                        .as("proven and not best, seed %d", seed)
                        .isFalse();
                solved += best ? 1 : 0;
                missed += best ? 0 : 1;
            } else {
                unplaced++;
            }
        }
        assertThat(solved).isGreaterThan(150);
        assertThat(missed).isLessThan(solved / 20);
        assertThat(unplaced).isZero();
    }

    @Test
    void aFederationIsFilledWithinThreePercentOfTheBound() {
        AssignmentProblem problem = PlantedProblem.planted(5, 100, 10, 20);
        Incumbent incumbent = new Incumbent();
        WorkBudget work = new WorkBudget(SimpleContext.unlimited().withWorkBudget(3_000_000));
        AnytimeSearch search = new AnytimeSearch(problem, incumbent, 1, work);
        search.begin();
        search.improve(100);
        assertThat(problem.isFeasible(incumbent.at())).isTrue();
        assertThat((double) incumbent.vector()[0]).isLessThan(1.03 * search.bound());
    }

    @Test
    void theSameSeedAndWorkHaveTheSameAnswer() {
        AssignmentProblem problem =
                RequestProblem.from(RandomProblems.federation(5, 60, 10, 0.05)).problem();
        for (long units : new long[] {0, 100, 5_000, 40_000, 300_000}) {
            Incumbent one = new Incumbent();
            Incumbent two = new Incumbent();
            long spent = run(problem, one, units);
            assertThat(spent).isLessThanOrEqualTo(units);
            assertThat(run(problem, two, spent)).isEqualTo(spent);
            assertThat(two.at()).isEqualTo(one.at());
        }
    }

    private static long run(AssignmentProblem problem, Incumbent incumbent, long units) {
        WorkBudget work = new WorkBudget(SimpleContext.unlimited().withWorkBudget(units));
        AnytimeSearch search = new AnytimeSearch(problem, incumbent, 7, work);
        search.begin();
        search.improve(100);
        return work.units();
    }

    @Test
    void moreWorkIsNeverWorse() {
        AssignmentProblem problem =
                RequestProblem.from(RandomProblems.federation(9, 80, 12, 0.05)).problem();
        long[] before = {Long.MAX_VALUE};
        for (long units = 1_000; units <= 1_024_000; units *= 4) {
            Incumbent incumbent = new Incumbent();
            run(problem, incumbent, units);
            if (incumbent.exists()) {
                assertThat(Arrays.compare(incumbent.vector(), before)).isLessThanOrEqualTo(0);
                before = incumbent.vector();
            } else {
                assertThat(before).as("found with less work").containsExactly(Long.MAX_VALUE);
            }
        }
    }

    /** Three that must be apart on two clusters: the one that is named is one of them, not the first of all. */
    @Test
    void whatDoesNotFitIsAnItemWithABrokenConstraint() {
        LinkTable.Builder links = new LinkTable.Builder(4, 2);
        links.apart(1, 2);
        links.apart(2, 3);
        links.apart(1, 3);
        boolean[] allowed = new boolean[8];
        Arrays.fill(allowed, true);
        long[][] unary = {new long[8], new long[8], new long[8]};
        long[][] distance = {new long[4], {}, {}};
        AssignmentProblem problem = new AssignmentProblem(
                2,
                new long[0],
                new long[0],
                allowed,
                new ObjectiveVector(1, unary, new long[3][2], distance),
                links.build(() -> new double[4]),
                false);
        Incumbent incumbent = new Incumbent();
        AnytimeSearch search = new AnytimeSearch(problem, incumbent, 1, new WorkBudget(SimpleContext.unlimited()));
        search.begin();
        assertThat(incumbent.exists()).isFalse();
        assertThat(search.stuck()).isBetween(1, 3);
    }

    /** The first level is at its best at once; what the second one leaves to decide is searched all the same, and not called proven. */
    @Test
    void aSecondLevelIsSearchedWhenTheFirstIsProven() {
        AssignmentProblem planted = PlantedProblem.planted(3, 40, 6, 20);
        long[] moved = new long[40 * 6];
        Arrays.fill(moved, 1, 6, 1);
        long[][] unary = {moved, planted.objective.unary[0], new long[moved.length], new long[moved.length]};
        ObjectiveVector objective =
                new ObjectiveVector(2, unary, new long[4][6], new long[][] {new long[36], new long[36], {}, {}});
        AssignmentProblem problem = new AssignmentProblem(
                6, planted.demand, planted.capacity, planted.allowed, objective, planted.links, false);
        Incumbent incumbent = new Incumbent();
        AnytimeSearch search = new AnytimeSearch(problem, incumbent, 1, new WorkBudget(SimpleContext.unlimited()));
        search.begin();
        long before = incumbent.vector()[1];
        search.improve(6);
        assertThat(incumbent.vector()[0]).isZero();
        assertThat(incumbent.vector()[1]).isLessThan(before);
        assertThat(search.isProvenInCost()).isFalse();
    }

    /** Without work there is an answer where the simplest strategy has one. */
    @Test
    void withoutAnyWorkItFindsWhatFirstFitFinds() {
        int found = 0;
        for (long seed = 0; seed < 800; seed++) {
            SmallProblem problem = SmallProblem.from(seed);
            AssignmentProblem model = problem.model();
            boolean firstFit = new FirstFitConstruction(model).build().isPresent();
            if (firstFit) {
                Incumbent incumbent = new Incumbent();
                run(model, incumbent, 0);
                assertThat(incumbent.exists()).as("seed %d", seed).isTrue();
                assertThat(problem.isFeasible(incumbent.at())).isTrue();
                found++;
            }
        }
        assertThat(found).isGreaterThan(100);
    }
}
