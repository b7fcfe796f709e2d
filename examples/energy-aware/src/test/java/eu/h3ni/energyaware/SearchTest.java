// SPDX-License-Identifier: Apache-2.0
package eu.h3ni.energyaware;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.placement.Feasibility;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementResult;
import eu.nephele.smo.api.placement.PlacementResult.Placed;
import eu.nephele.smo.lab.conformance.Enumeration;
import eu.nephele.smo.lab.conformance.RandomProblems;
import eu.nephele.smo.lab.conformance.SimpleContext;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class SearchTest {

    private static final SimpleContext CONTEXT =
            SimpleContext.unlimited().withParameters(new EnergyAwareParameters(1, 0.1, 1, 60, 5));

    @Property
    void onSmallProblemsItFindsAPlacementWheneverThereIsOne(@ForAll long seed) {
        PlacementRequest request = RandomProblems.small(seed);
        PlacementResult result = new EnergyAwareStrategy("test").place(request, CONTEXT);

        assertThat(result instanceof Placed).isEqualTo(Enumeration.best(request).isPresent());
        if (result instanceof Placed placed) {
            assertThat(Feasibility.violations(request, placed.placement())).isEmpty();
        }
    }

    @Property
    void aReplayWithTheSameWorkIsTheSame(@ForAll long seed) {
        PlacementRequest request = RandomProblems.federation(seed, 12, 4, 0.2);
        EnergyAwareStrategy strategy = new EnergyAwareStrategy("test");
        if (strategy.place(request, CONTEXT.withWorkBudget(200)) instanceof Placed first) {
            long work = first.quality().workUnits().orElseThrow();

            assertThat(strategy.place(request, CONTEXT.withWorkBudget(work))).isEqualTo(first);
        }
    }
}
