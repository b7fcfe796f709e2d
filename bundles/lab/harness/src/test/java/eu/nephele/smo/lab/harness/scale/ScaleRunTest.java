// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.scale;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ScaleRunTest {

    private static ScaleOptions options(String line) {
        return CommandLine.populateCommand(new ScaleCommand(), line.isEmpty() ? new String[0] : line.split(" ", -1))
                .options();
    }

    @Test
    void aSmallRunComesToATableAndToALineOfJson() throws IOException {
        ScaleResult result = new ScaleRun(options("--owners 1,4 --services 2000 --clusters 200 --json")).run();

        assertThat(result.isGood()).isTrue();
        ScaleReport report = new ScaleReport(result);
        assertThat(report.table()).contains("400 graphs of 5 services, 200 clusters", "region in view", "busiest");
        assertThat(report.json()).doesNotContain("\n");
        JsonNode json = new ObjectMapper().readTree(report.json());
        assertThat(json.path("benchmark").textValue()).isEqualTo("scale");
        assertThat(json.path("good").booleanValue()).isTrue();
        assertThat(json.path("rows")).hasSize(5).allSatisfy(row -> {
            assertThat(row.path("lost").asInt(-1)).isZero();
            assertThat(row.path("repeated").asInt(-1)).isZero();
            assertThat(row.path("callsWithoutLease").asInt(-1)).isZero();
            assertThat(row.path("overlappingCalls").asInt(-1)).isZero();
        });
        JsonNode one = json.path("rows").path(3);
        JsonNode four = json.path("rows").path(4);
        assertThat(four.path("graphsPerSecond").asDouble())
                .isGreaterThan(one.path("graphsPerSecond").asDouble());
        assertThat(json.path("sizes").path("probesPerSecond").asDouble()).isEqualTo(100);
        assertThat(json.path("validation")).isNotEmpty();
    }

    @Test
    void sensitivityNamesWhatMattersMostFirst() throws IOException {
        ScaleResult result = new ScaleRun(options("--owners 1 --services 1000 --clusters 100 --sensitivity")).run();

        assertThat(result.changes()).hasSizeGreaterThan(10);
        assertThat(result.changes().get(0).range())
                .isGreaterThanOrEqualTo(result.changes().get(1).range());
        assertThat(result.changes())
                .filteredOn(change -> change.parameter().equals("leaseSeconds"))
                .allSatisfy(change -> {
                    assertThat(change.twice().recovery()).isGreaterThan(1.3);
                    assertThat(change.half().recovery()).isLessThan(0.8);
                });
    }

    @Test
    void optionsAreReadAndParametersCanBeGiven() {
        ScaleOptions options = options("--owners 2,8 --services 300 --services-per-graph 3 --clusters 7 --databases 2"
                + " --set callMillis=5 --set workers=9 --seed 4");

        assertThat(options.owners()).containsExactly(2, 8);
        assertThat(options.size()).isEqualTo(new ScaleOptions.Size(300, 3, 7, 2));
        assertThat(options.size().graphs()).isEqualTo(100);
        assertThat(options.changes()).isEqualTo(Map.of("callMillis", 5.0, "workers", 9.0));
        assertThat(options.seed()).isEqualTo(4);
        assertThat(options("").size()).isEqualTo(new ScaleOptions.Size(100_000, 5, 10_000, 1));
    }
}
