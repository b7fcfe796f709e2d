// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BenchFleetTest {

    private final BenchFleet fleet = new BenchFleet(30, 3, 7);

    @Test
    void noServiceIdIsTakenTwice() throws Exception {
        Set<String> seen = new HashSet<>();
        for (int graph = 0; graph < fleet.graphs(); graph++) {
            JsonNode services = new JsonMapper()
                    .readTree(fleet.descriptor(graph, 0))
                    .path("hdaGraph")
                    .path("services");
            assertThat(services).hasSize(3).allSatisfy(service -> assertThat(
                            seen.add(service.path("id").asText()))
                    .isTrue());
        }
    }

    @Test
    void anotherEditIsAnotherChartAndValue() {
        assertThat(fleet.descriptor(4, 1)).contains(":1.0.1", "\"edit\":1").isNotEqualTo(fleet.descriptor(4, 0));
    }

    @Test
    void theFederationHasTwiceTheRoom() {
        String scenario = new BenchFleet(1000, 4, 10).scenario();
        // 204 of 604 are for others
        assertThat(scenario.lines()
                        .filter(line -> line.contains("cpuCores: 604"))
                        .filter(line -> line.contains("{\"cpuCores\": 204, \"memoryGib\": 204}")))
                .hasSize(10);
    }
}
