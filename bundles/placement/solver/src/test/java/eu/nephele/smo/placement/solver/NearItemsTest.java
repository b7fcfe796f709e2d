// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.lab.conformance.SimpleContext;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NearItemsTest {

    @Test
    void aClusterKnowsTheItemsThatLoseLeastThere() {
        AssignmentProblem problem = PlantedProblem.planted(2, 90, 8, 5);
        CapacityPrices prices = new CapacityPrices(problem);
        prices.improve(50, 1e12, new WorkBudget(SimpleContext.unlimited()));
        NearItems near = new NearItems(problem, prices);
        for (int cluster = 0; cluster < problem.clusters; cluster++) {
            int its = cluster;
            double[] all = IntStream.range(0, problem.items)
                    .mapToDouble(item -> near.regret[item * problem.clusters + its])
                    .filter(Double::isFinite)
                    .sorted()
                    .toArray();
            assertThat(near.count(cluster)).isEqualTo(60);
            for (int rank = 0; rank < near.count(cluster); rank++) {
                int item = near.at(cluster, rank);
                assertThat(problem.allowed(item, cluster)).isTrue();
                assertThat(near.regret[item * problem.clusters + cluster]).isEqualTo(all[rank]);
            }
        }
    }

    @Test
    void eachItemLosesNothingOnItsCheapestClusterAndMayBeNowhereElse() {
        AssignmentProblem whole = PlantedProblem.planted(6, 40, 5, 5);
        AssignmentProblem problem = whole.onlyOn(new boolean[] {true, false, true, true, false});
        NearItems near = new NearItems(problem, new CapacityPrices(problem));
        for (int item = 0; item < problem.items; item++) {
            double least = Double.POSITIVE_INFINITY;
            for (int cluster = 0; cluster < problem.clusters; cluster++) {
                double its = near.regret[item * problem.clusters + cluster];
                assertThat(Double.isFinite(its)).isEqualTo(problem.allowed(item, cluster));
                least = Math.min(least, its);
            }
            assertThat(least).isZero();
        }
        assertThat(near.count(1)).isZero();
    }
}
