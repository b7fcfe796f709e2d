// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.objectives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.lab.conformance.Pricing;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeadroomObjectiveTest {

    private static final long UNLIMITED = Resources.UNLIMITED;

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "CPU is dominant,                10000,  1000, 1000, 10, 1, 0.2",
        "memory is dominant,             10000,  100,  1000, 10, 1, 0.2",
        "memory decides,                 100000, 100,  1000, 30, 1, 0.6",
        "all replicas grow,              10000,  1000, 1000, 10, 3, 0.6",
        "one replica where none is,      10000,  1000, 1000, 10, 0, 0.2",
        "no more than the whole cluster, 1000,   1000, 1000, 10, 1, 1.0",
        "nothing is free,                0,      1000, 1000, 10, 1, 1.0",
        "nothing is wanted,              0,      0,    0,    0,  1, 0.0"
    })
    void aServiceCostsItsDominantShareOfWhatIsFree(
            String name, long freeCpu, long freeMemory, long cpu, long memory, int replicas, double expected) {
        assertThat(cost(new Resources(freeCpu, freeMemory, 0, 0), new Resources(cpu, memory, 0, 0), replicas))
                .as(name)
                .isEqualTo(Math.round(expected * 1_000_000));
    }

    @Test
    void anUnlimitedAmountIsAlwaysEnough() {
        assertThat(cost(new Resources(10_000, 0, 0, UNLIMITED), new Resources(1000, 0, 0, 4), 1))
                .isEqualTo(200_000);
    }

    @Test
    void extendedResourcesCount() {
        Resources free = new Resources(10_000, 0, 0, 0, Map.of("nvidia.com/mig-1g.5gb", 7L));
        Resources wanted = new Resources(1000, 0, 0, 0, Map.of("nvidia.com/mig-1g.5gb", 3L));
        assertThat(cost(free, wanted, 1)).isEqualTo(857_143);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, Double.NaN, Double.POSITIVE_INFINITY})
    void aFactorThatIsNoGrowthIsRefused(double factor) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HeadroomObjective(factor))
                .withMessageContaining("growthFactor >= 1, got " + factor);
    }

    private static long cost(Resources free, Resources perReplica, int replicas) {
        return Pricing.costs(
                        new SmallFederation()
                                .cluster("c0", free)
                                .service(perReplica, replicas)
                                .request(),
                        Map.of(new HeadroomObjective(2), 1.0))
                .assign(0, 0);
    }
}
