// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.placement.Costs;
import eu.nephele.smo.api.placement.Feasibility;
import eu.nephele.smo.api.placement.PlacementRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RandomProblemsTest {

    @Property(tries = 200)
    void aSeedAlwaysMeansTheSameProblem(@ForAll long seed) {
        assertThat(facts(RandomProblems.small(seed))).isEqualTo(facts(RandomProblems.small(seed)));
        assertThat(facts(RandomProblems.federation(seed, 6, 3, 0.2)))
                .isEqualTo(facts(RandomProblems.federation(seed, 6, 3, 0.2)));
    }

    @Property(tries = 200)
    void theOrderInWhichClustersAreHandedOverChangesNothing(@ForAll long seed) {
        assertThat(facts(RandomProblems.smallShuffled(seed))).isEqualTo(facts(RandomProblems.small(seed)));
    }

    @Property(tries = 200)
    void smallProblemsStayWithinTheirSize(@ForAll long seed, @ForAll @IntRange(max = 3) int levels) {
        PlacementRequest request = RandomProblems.smallWithLevels(seed, levels);
        assertThat(request.services()).hasSizeBetween(1, 4);
        assertThat(request.clusters()).hasSizeBetween(1, 3);
        assertThat(request.costs()).hasSize(levels);
    }

    @Property(tries = 200)
    void costsKeepTheRulesOfTheContract(@ForAll long seed) {
        PlacementRequest request = RandomProblems.small(seed);
        Costs costs = request.costs().get(0);
        for (int c = 0; c < request.clusters().size(); c++) {
            assertThat(costs.distance(c, c)).isZero();
            if (request.clusters().get(c).occupied()) {
                assertThat(costs.open(c)).isZero();
            }
        }
        assertThat(numbers(request)).allMatch(cost -> cost >= 0);
    }

    @Test
    void aboutHalfOfTheSmallProblemsAreInfeasible() {
        long feasible = LongStream.range(0, 1000)
                .filter(seed -> Enumeration.best(RandomProblems.small(seed)).isPresent())
                .count();
        assertThat(feasible).isBetween(300L, 700L);
    }

    @Property(tries = 100)
    void aFederationIsFeasibleWithoutAnySlack(@ForAll long seed) {
        PlacementRequest request = RandomProblems.federation(seed, 6, 3, 0);
        assertThat(Enumeration.best(request))
                .hasValueSatisfying(best ->
                        assertThat(Feasibility.violations(request, best)).isEmpty());
    }

    @Test
    void slackMakesClustersLarger() {
        ClusterCapacity tight =
                RandomProblems.federation(1, 20, 1, 0).clusters().get(0);
        ClusterCapacity wide =
                RandomProblems.federation(1, 20, 1, 0.5).clusters().get(0);
        assertThat(wide.free().cpuMillis()).isEqualTo(tight.free().cpuMillis() * 3 / 2);
    }

    /** All distinguishing properties of a problem; costs have no equality of their own. */
    private static List<Object> facts(PlacementRequest request) {
        List<Object> facts = new ArrayList<>(List.of(
                request.services(),
                request.clusters(),
                request.links(),
                request.together(),
                request.apart(),
                numbers(request)));
        for (int s = 0; s < request.services().size(); s++) {
            OptionalInt current = request.current(s);
            facts.add(current);
            for (int c = 0; c < request.clusters().size(); c++) {
                facts.add(request.allowed(s, c));
            }
        }
        for (int from = 0; from < request.clusters().size(); from++) {
            for (int to = 0; to < request.clusters().size(); to++) {
                facts.add(request.latencyMillis(from, to));
            }
        }
        return facts;
    }

    private static List<Long> numbers(PlacementRequest request) {
        List<Long> numbers = new ArrayList<>();
        for (Costs costs : request.costs()) {
            for (int c = 0; c < request.clusters().size(); c++) {
                numbers.add(costs.open(c));
                for (int s = 0; s < request.services().size(); s++) {
                    numbers.add(costs.assign(s, c));
                }
                for (int to = 0; to < request.clusters().size(); to++) {
                    numbers.add(costs.distance(c, to));
                }
            }
        }
        return numbers;
    }
}
