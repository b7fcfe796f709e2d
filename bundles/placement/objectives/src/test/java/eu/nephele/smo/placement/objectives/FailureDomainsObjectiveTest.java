// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.objectives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.placement.Costs;
import eu.nephele.smo.lab.conformance.Pricing;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailureDomainsObjectiveTest {

    private static final Offset<Long> ROUNDING = within(4L);

    /** Zone west with two clusters, zone east with one, one of region north only, one without labels. */
    private static SmallFederation federation() {
        return new SmallFederation()
                .cluster("c0", Map.of("zone", "west", "region", "north"))
                .cluster("c1", Map.of("zone", "west"))
                .cluster("c2", Map.of("zone", "east", "region", "north"))
                .cluster("c3", Map.of("region", "north"))
                .cluster("c4", Map.of());
    }

    private static FailureDomainsObjective objective() {
        return new FailureDomainsObjective(List.of("zone", "region"), 0.99, "west=0.9", "c4=0.5");
    }

    /** Two services, the first calls the second with 3 MB/s, and one without links. */
    private static Costs costs() {
        return Pricing.costs(
                federation()
                        .service(Resources.NONE, 1)
                        .service(Resources.NONE, 1)
                        .service(Resources.NONE, 1)
                        .link(0, 1, 3)
                        .request(),
                Map.of(objective(), 1.0));
    }

    @ParameterizedTest(name = "on {0} and {1}: {2} of 1 is lost")
    @CsvSource({
        "0, 0, 0.1",
        "0, 1, 0.1", // one domain
        "0, 2, 0.109", // 0.1 + 0.01 − 0.001
        "2, 0, 0.109",
        "2, 3, 0.0199", // zone east and region north
        "4, 4, 0.5",
        "4, 0, 0.55"
    })
    void aLinkLosesWhatTheDomainsOfItsEndsLose(int from, int to, double lost) {
        Costs costs = costs();
        long total = costs.assign(0, from) + costs.assign(1, to) + 3 * costs.distance(from, to);
        assertThat(total).isCloseTo(Math.round(lost * 3000 * 1_000_000), ROUNDING);
    }

    @Test
    void aServiceWithoutLinksCountsAsOneWithAMegabytePerSecond() {
        assertThat(costs().assign(2, 0)).isCloseTo(100_000_000L, ROUNDING);
        assertThat(costs().assign(2, 2)).isCloseTo(10_000_000L, ROUNDING);
    }

    @Test
    void aDomainThatNeverFailsLosesNothing() {
        Costs costs = Pricing.costs(
                federation()
                        .service(Resources.NONE, 1)
                        .service(Resources.NONE, 1)
                        .link(0, 1, 3)
                        .request(),
                Map.of(new FailureDomainsObjective(List.of("zone"), 1), 1.0));
        assertThat(costs.assign(0, 0)).isZero();
        assertThat(costs.distance(0, 2)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"west", "=0.5", "west=1.5", "west=-0.1", "west=NaN", "west=often"})
    void whatIsNoAvailabilityIsRefusedAndNamed(String entry) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FailureDomainsObjective(List.of("zone"), 0.99, entry))
                .withMessageContaining("'" + entry + "'");
    }

    @Test
    void aDefaultThatIsNoAvailabilityIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FailureDomainsObjective(List.of(), 99.9))
                .withMessageContaining("defaultAvailability: expected 0 to 1, got 99.9");
    }
}
