// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.objectives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.placement.Costs;
import eu.nephele.smo.lab.conformance.Pricing;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EgressObjectiveTest {

    private static final String PROVIDER = "provider";

    /** a1 and a2 of provider a, b1 of b, lone of nobody. */
    private static SmallFederation federation() {
        return new SmallFederation()
                .cluster("a1", Map.of(PROVIDER, "a"))
                .cluster("a2", Map.of(PROVIDER, "a"))
                .cluster("b1", Map.of(PROVIDER, "b"))
                .cluster("lone", Map.of())
                .service(Resources.NONE, 1)
                .service(Resources.NONE, 1);
    }

    private static Costs costs(String... prices) {
        return Pricing.costs(federation().link(0, 1, 1).request(), Map.of(new EgressObjective(PROVIDER, prices), 1.0));
    }

    @ParameterizedTest(name = "{0}: {1} to {2} costs {3} per GB")
    @CsvSource({
        "provider,                         0, 2, 0.10, a=0.10;b=0.20",
        "within a provider,                0, 1, 0,    a=0.10;b=0.20",
        "what no entry names,              3, 0, 0.20, a=0.10;b=0.20",
        "everything else,                  3, 0, 0.05, a=0.10;b=0.20;*=0.05",
        "everything else is not a provider,0, 2, 0.10, a=0.10;b=0.20;*=0.05",
        "clusters before their providers,  0, 2, 0.30, a=0.10;a1=0.30",
        "a cluster within its provider,    0, 1, 0.30, a=0.10;a1=0.30",
        "pairs of providers,               0, 2, 0.02, a=0.10;a>b=0.02",
        "pairs have a direction,           2, 0, 0.10, a=0.10;a>b=0.02",
        "a provider and itself,            0, 1, 0.01, a=0.10;a>a=0.01",
        "a pair of clusters,               0, 2, 0.03, a=0.10;a>b=0.02;a1=0.5;a1>b1=0.03",
        "a pair before what leaves,        0, 2, 0.02, a>b=0.02;a1=0.5",
        "from a cluster to a provider,     1, 2, 0.04, a=0.10;a2>b=0.04",
        "two without a provider differ,    3, 2, 0.10, a=0.10"
    })
    void theMostSpecificEntryCounts(String name, int from, int to, double perGb, String prices) {
        assertThat(costs(prices.split(";", -1)).distance(from, to))
                .as(name)
                .isEqualTo(Math.round(perGb * 3.6 * 1_000_000));
    }

    @Test
    void withoutPricesNothingCosts() {
        assertThat(costs().distance(0, 2)).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a", "a=", "=1", "a=-1", "a=NaN", "a=Infinity", "a=cheap", "a>=1", ">b=1", "*>b=1", "a>*=1"})
    void whatIsNoPriceIsRefusedAndNamed(String entry) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EgressObjective(PROVIDER, "a=1", entry))
                .withMessageContaining("'" + entry + "'");
    }
}
