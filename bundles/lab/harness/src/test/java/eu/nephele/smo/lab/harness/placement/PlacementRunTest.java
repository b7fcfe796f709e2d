// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.placement;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.placement.PlacementResult.Placed;
import eu.nephele.smo.api.placement.PlacementResult.Quality;
import eu.nephele.smo.api.placement.PlacementStrategy;
import eu.nephele.smo.lab.conformance.Columns;
import eu.nephele.smo.placement.anytime.AnytimeStrategy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlacementRunTest {

    private static final Path PUBLISHED = Path.of("../../../../shared/bench");

    private final PlacementReport report = new PlacementReport("1", "m", LocalDate.of(2026, 11, 26));

    @TempDir
    Path folder;

    private Instance sample(String content) throws IOException {
        return InstanceReader.read(Samples.file(folder, content), Optional.empty(), Optional.empty());
    }

    @Test
    void aProvenOptimumHasItsValueItsBoundAndTheTimeOfEachStep() throws IOException {
        PlacementRow row =
                new PlacementRun("anytime", new AnytimeStrategy(), 20, 1, true).run(sample(Samples.FEDERATION), 0.25);
        assertThat(row.trace().points()).hasSize(6).allSatisfy(point -> assertThat(point.value())
                .isEqualTo(50));
        assertThat(report.csv(row))
                .matches(
                        "sample,wide,anytime,1,m,1,1,0\\.020,0\\.250,0\\.\\d{3},0\\.\\d{3},0\\.\\d{3},50,50,0\\.000,OPTIMAL,true,2026-11-26");
        JsonNode json = JsonMapper.builder()
                .build()
                .readTree(report.json(List.of(row)))
                .path("rows")
                .get(0);
        assertThat(json.path("file").asText()).isEqualTo("sample");
        assertThat(json.path("value").asLong()).isEqualTo(50);
        assertThat(json.path("gapPercent").asDouble(1)).isZero();
        assertThat(json.path("proven").asBoolean()).isTrue();
        assertThat(json.path("feasible").asBoolean()).isTrue();
        assertThat(json.path("firstFeasibleMillis").asLong(-1)).isNotNegative();
    }

    /** The gap of a line is to the better bound, of the file or of the strategy; that of the JSON to its own. */
    @Test
    void theGapIsToTheBetterBound() throws IOException {
        PlacementRow row =
                new PlacementRun("anytime", new AnytimeStrategy(), 20, 1, false).run(sample(Samples.ASSIGNMENT), 0);
        assertThat(report.csv(row)).contains(",,,,5,5,0.000,OPTIMAL,true,");
        PlacementStrategy fixed =
                (request, context) -> new Placed(Columns.placement(request, 1, 1, 0), Quality.HEURISTIC);
        PlacementRow worse = new PlacementRun("fixed", fixed, 20, 1, false).run(sample(Samples.ASSIGNMENT), 0);
        assertThat(report.csv(worse)).contains(",fixed,").contains(",,,,8,,60.000,FEASIBLE,true,");
        assertThat(report.json(List.of(worse))).doesNotContain("gapPercent").contains("\"proven\":false");
    }

    @Test
    void aPlacementThatBreaksARuleIsAnError() throws IOException {
        PlacementStrategy wrong =
                (request, context) -> new Placed(Columns.placement(request, 0, 0, 0), Quality.proven(6_000_000));
        PlacementRow row = new PlacementRun("wrong", wrong, 20, 1, false).run(sample(Samples.ASSIGNMENT), 0);
        assertThat(row.status()).isEqualTo(PlacementRow.RowStatus.ERROR);
        assertThat(report.csv(row)).contains(",ERROR,false,");
        assertThat(report.json(List.of(row))).contains("\"feasible\":false").doesNotContain("value");
        PlacementStrategy nowhere = (request, context) -> new Placed(Placement.NONE, Quality.HEURISTIC);
        assertThat(new PlacementRun("nowhere", nowhere, 20, 1, true)
                        .run(sample(Samples.ASSIGNMENT), 0)
                        .status())
                .isEqualTo(PlacementRow.RowStatus.ERROR);
    }

    @Test
    void aBoundAboveTheValueIsAnError() throws IOException {
        PlacementStrategy boasting =
                (request, context) -> new Placed(Columns.placement(request, 1, 1, 0), Quality.proven(9_000_000));
        PlacementRow row = new PlacementRun("boasting", boasting, 20, 1, false).run(sample(Samples.ASSIGNMENT), 0);
        assertThat(row.status()).isEqualTo(PlacementRow.RowStatus.ERROR);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "gap/c05100.json, 1931",
        "gap/a20200.json, 2339",
        "mcbench/clusters-3.json, 114",
        "mcbench/replicas-10.json, 100",
        "mcbench/mixture-cpu.json, 88"
    })
    void publishedInstancesAreSolvedToTheirKnownOptimum(String file, long optimum) throws IOException {
        if (!Files.isDirectory(PUBLISHED)) {
            System.err.println(
                    "*** ../shared/bench IS MISSING beside the repository: published instances are NOT tested");
            return;
        }
        Instance instance = InstanceReader.read(PUBLISHED.resolve(file), Optional.empty(), Optional.empty());
        PlacementRow row = new PlacementRun("anytime", new AnytimeStrategy(), 3_000, 1, false).run(instance, 0);
        assertThat(row.checked()).isTrue();
        assertThat(row.value()).hasValue(optimum);
        assertThat(row.bound().orElseThrow()).isLessThanOrEqualTo(optimum);
    }
}
