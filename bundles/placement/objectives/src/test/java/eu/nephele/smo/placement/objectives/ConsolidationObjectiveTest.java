// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.objectives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import eu.nephele.smo.api.model.EnergyProfile;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.placement.Costs;
import eu.nephele.smo.lab.conformance.Pricing;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConsolidationObjectiveTest {

    private static final Resources HALF_A_CORE = new Resources(500, 0, 0, 0);

    private static Costs costs() {
        return Pricing.costs(
                new SmallFederation()
                        .cluster("c0", false, new EnergyProfile(150, 650))
                        .cluster("c1", true, new EnergyProfile(150, 650))
                        .cluster("c2", false, EnergyProfile.UNKNOWN)
                        .service(HALF_A_CORE, 4)
                        .request(),
                Map.of(new ConsolidationObjective(80, 7), 1.0));
    }

    @Test
    void aServiceCostsTheDynamicPowerOfItsCores() {
        // 4 × 0.5 cores × (650 W − 150 W) / 10 cores
        assertThat(costs().assign(0, 0)).isEqualTo(100_000);
        assertThat(costs().assign(0, 1)).isEqualTo(100_000);
    }

    @Test
    void anUnoccupiedClusterCostsItsIdlePowerAndAnOccupiedOneNothing() {
        assertThat(costs().open(0)).isEqualTo(150_000);
        assertThat(costs().open(1)).isZero();
    }

    @Test
    void unknownPowerIsTheConfiguredOne() {
        assertThat(costs().open(2)).isEqualTo(80_000);
        assertThat(costs().assign(0, 2)).isEqualTo(14_000);
    }

    @Test
    void aPowerBelowZeroIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ConsolidationObjective(-1, 5))
                .withMessageContaining("idleWatts=-1.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ConsolidationObjective(1, Double.NaN))
                .withMessageContaining("wattsPerCore=NaN");
    }
}
