// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A small run of the benchmark. */
class FleetRunTest {

    @Test
    void aPlanOfASmallFleetGainsAndAllItsStepsFit() throws Exception {
        FleetResult result = new FleetRun(new FleetOptions(60, 3, 6, 25, 1, 7)).run();

        assertThat(result.checked().breaches()).isEmpty();
        assertThat(result.isGood()).isTrue();
        JsonNode json = new ObjectMapper().readTree(result.json());
        assertThat(json.path("benchmark").asText()).isEqualTo("fleet");
        assertThat(json.path("moves").asInt()).isBetween(1, 25);
        assertThat(json.path("steps").asInt()).isPositive();
        assertThat(json.path("costAfter").asDouble())
                .isLessThan(json.path("costBefore").asDouble());
        assertThat(json.path("objectives"))
                .extracting(objective -> objective.path("objective").asText())
                .contains("price", "moves");
        assertThat(result.table()).contains("graphs, services, clusters").contains("60, 180, 6");
    }

    @Test
    void withoutABudgetNothingMoves() {
        FleetResult result = new FleetRun(new FleetOptions(10, 2, 3, 0, 1, 1)).run();
        assertThat(result.checked()).isEqualTo(new CheckedSteps(0, 0, List.of()));
    }
}
