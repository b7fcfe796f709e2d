// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.placement.Feasibility;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementRequestBuilder;
import eu.nephele.smo.api.placement.PlacementService;
import eu.nephele.smo.lab.conformance.Enumeration;
import eu.nephele.smo.lab.conformance.RandomProblems;
import eu.nephele.smo.placement.solver.FitCheck.Fit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FitSearchTest {

    private static WorkBudget unlimited() {
        return new WorkBudget(Long.MAX_VALUE, () -> false);
    }

    @Test
    void findsAPlacementExactlyWhereThereIsOne() {
        int fitting = 0;
        for (long seed = 0; seed < 2000; seed++) {
            PlacementRequest request = RandomProblems.small(seed);
            Fit fit = new FitCheck(unlimited()).check(request);
            assertThat(fit.exists()).isEqualTo(Enumeration.best(request).isPresent());
            assertThat(fit.complete()).isTrue();
            assertThat(fit.proven()).isNotEqualTo(fit.exists());
            fit.placement().ifPresent(placement -> assertThat(Feasibility.violations(request, placement))
                    .isEmpty());
            fitting += fit.exists() ? 1 : 0;
        }
        assertThat(fitting).isBetween(500, 1500);
    }

    /** More services than clusters, each of more than half of one: to try them all would take for ever. */
    @Test
    void tooManyLargeServicesAreSeenWithoutASearch() {
        WorkBudget work = unlimited();
        Fit fit = new FitCheck(work).check(equal(31, 600, 30));
        assertThat(fit.proven()).isTrue();
        assertThat(work.units()).isLessThan(100);
        assertThat(new FitCheck(unlimited()).fits(equal(30, 600, 30))).isTrue();
    }

    /** It fits, but that takes one node for each of 60 services beside 91 units to read them. */
    @Test
    void aSearchThatIsCutShortProvesNothing() {
        PlacementRequest request = equal(60, 341, 30);
        assertThat(new FitCheck(unlimited()).fits(request)).isTrue();
        Fit fit = new FitCheck(new WorkBudget(120, () -> false)).check(request);
        assertThat(fit.exists()).isFalse();
        assertThat(fit.complete()).isFalse();
        assertThat(fit.proven()).isFalse();
    }

    @Test
    void aLargeRequestThatFitsIsPlaced() {
        assertThat(new FitCheck(unlimited()).fits(equal(1_200, 341, 600))).isTrue();
    }

    private static PlacementRequest equal(int services, long cpuMillis, int clusters) {
        return new PlacementRequestBuilder(
                        new GraphId("p", "g"),
                        DecisionReason.DEPLOY,
                        IntStream.range(0, services)
                                .mapToObj(s -> new PlacementService("s" + s, new Resources(cpuMillis, 0, 0, 0), 1, 1))
                                .toList(),
                        IntStream.range(0, clusters)
                                .mapToObj(c -> ClusterCapacity.of(
                                        new ClusterId("test", "c%02d".formatted(c)), new Resources(1000, 0, 0, 0)))
                                .toList())
                .build();
    }
}
