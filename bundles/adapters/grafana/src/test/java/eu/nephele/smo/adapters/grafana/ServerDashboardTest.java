// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.grafana;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The dashboard of the installation is of the shape of all dashboards of the SMO. */
class ServerDashboardTest {

    private static final Path FILE =
            Path.of("../../../distribution/smo/src/main/installation/monitoring/smo-dashboard.json");
    private static final Path RIGHT = Path.of("target/smo-dashboard.json");
    private static final JsonMapper JSON = new JsonMapper();

    @BeforeAll
    static void writeWhatItShouldBe() throws IOException {
        Files.createDirectories(RIGHT.getParent());
        Files.writeString(
                RIGHT, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(ServerDashboard.json()) + "\n");
    }

    @Test
    void theInstallationHasThisDashboard() throws IOException {
        assertThat(FILE)
                .as("as it should be it is in %s", RIGHT.toAbsolutePath())
                .hasSameTextualContentAs(RIGHT);
    }

    @Test
    void panelsAreOfTheKnownShapeAndDoNotOverlap() {
        List<JsonNode> panels = new ArrayList<>();
        ServerDashboard.json().path("panels").forEach(panels::add);

        assertThat(panels).hasSizeGreaterThan(40);
        assertThat(panels.stream().map(panel -> panel.path("id").asInt())).doesNotHaveDuplicates();
        boolean[][] taken = new boolean[200][24];
        for (JsonNode panel : panels) {
            JsonNode grid = panel.path("gridPos");
            for (int row = 0; row < grid.path("h").asInt(); row++) {
                for (int column = 0; column < grid.path("w").asInt(); column++) {
                    boolean[] line = taken[grid.path("y").asInt() + row];
                    int cell = grid.path("x").asInt() + column;
                    assertThat(line[cell]).as(panel.path("title").asText()).isFalse();
                    line[cell] = true;
                }
            }
            if (!panel.path("type").asText().equals("row")) {
                assertThat(panel.at("/datasource/uid").asText()).isEqualTo("${datasource}");
                assertThat(panel.path("targets")).isNotEmpty().allSatisfy(target -> assertThat(
                                target.path("expr").asText())
                        .contains("_"));
            }
        }
    }
}
