// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.placement;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.placement.PlacementResult.Placed;
import eu.nephele.smo.api.placement.PlacementResult.Quality;
import eu.nephele.smo.api.placement.PlacementResult.StopReason;
import eu.nephele.smo.lab.conformance.Columns;
import eu.nephele.smo.lab.harness.placement.PlacementRow.RowStatus;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Placements of {@link Samples#ASSIGNMENT}: 0, 1, 0 costs 5 and 1, 1, 0 costs 8; the file says that 5 is a bound. */
class InstanceComparisonTest {

    @TempDir
    Path folder;

    private Instance instance;

    @BeforeEach
    void read() throws Exception {
        instance = InstanceReader.read(
                Samples.file(folder, Samples.ASSIGNMENT.replace("\"lowerBound\": 5", "\"lowerBound\": 3")),
                Optional.empty(),
                Optional.empty());
    }

    private PlacementRow row(String id, long bound, int... columns) throws InterruptedException {
        Quality quality = bound == 0
                ? Quality.HEURISTIC
                : new Quality(StopReason.BUDGET, OptionalLong.of(bound * 1_000_000), OptionalLong.empty(), "");
        return new PlacementRun(
                        id,
                        (request, context) -> new Placed(Columns.placement(request, columns), quality),
                        new RunLimits(10, 1, 5_000),
                        false)
                .run(instance, 0);
    }

    @Test
    void theBestBoundIsTheHighestOfFileTableAndRows() throws Exception {
        List<PlacementRow> none = List.of(row("a", 0, 1, 1, 0), row("b", 0, 0, 1, 0));
        assertThat(InstanceComparison.compare(none, OptionalLong.empty()).bestBound())
                .hasValue(3);
        assertThat(InstanceComparison.compare(none, OptionalLong.of(4)).bestBound())
                .hasValue(4);
        List<PlacementRow> proven = List.of(row("a", 5, 1, 1, 0), row("b", 2, 0, 1, 0));
        InstanceComparison comparison = InstanceComparison.compare(proven, OptionalLong.of(4));
        assertThat(comparison.bestBound()).hasValue(5);
        assertThat(comparison.rows()).isEqualTo(proven);
        assertThat(proven.get(0).gapPercent(comparison.bestBound())).hasValue(60);
    }

    @Test
    void aBoundThatAnotherPlacementProvesWrongIsAnErrorAndNoBound() throws Exception {
        InstanceComparison comparison =
                InstanceComparison.compare(List.of(row("a", 7, 1, 1, 0), row("b", 4, 0, 1, 0)), OptionalLong.empty());
        assertThat(comparison.rows())
                .extracting(PlacementRow::status)
                .containsExactly(RowStatus.ERROR, RowStatus.FEASIBLE);
        assertThat(comparison.rows().get(0).answer().reason()).isEqualTo("its bound is 7, and b has found 5");
        assertThat(comparison.bestBound()).hasValue(4);
    }

    @Test
    void aValueBelowTheBoundOfTheTableIsAnError() throws Exception {
        InstanceComparison comparison =
                InstanceComparison.compare(List.of(row("a", 0, 1, 1, 0), row("b", 0, 0, 1, 0)), OptionalLong.of(6));
        assertThat(comparison.rows())
                .extracting(PlacementRow::status)
                .containsExactly(RowStatus.FEASIBLE, RowStatus.ERROR);
        assertThat(comparison.rows().get(1).answer().reason()).isEqualTo("its value is 5, and the best known bound 6");
    }

    @Test
    void rowsWithoutPlacementsAreLeftAsTheyAre() throws Exception {
        List<PlacementRow> rows = List.of(row("a", 0, 0, 0, 0));
        InstanceComparison comparison = InstanceComparison.compare(rows, OptionalLong.of(6));
        assertThat(comparison.rows()).isEqualTo(rows);
        assertThat(comparison.bestBound()).hasValue(6);
    }
}
