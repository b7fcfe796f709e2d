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
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlacementRunTest {

    private static final Path PUBLISHED = Path.of("../../../../shared/bench");

    private static final RunLimits LIMITS = new RunLimits(20, 1, 5_000);

    private final PlacementReport report = new PlacementReport("m", LocalDate.of(2026, 11, 26));

    @TempDir
    Path folder;

    private Instance sample(String content) throws IOException {
        return InstanceReader.read(Samples.file(folder, content), Optional.empty(), Optional.empty());
    }

    @Test
    void aProvenOptimumHasItsValueItsBoundAndTheTimeOfEachStep() throws Exception {
        PlacementRow row =
                new PlacementRun("anytime", new AnytimeStrategy(), LIMITS, true).run(sample(Samples.FEDERATION), 0.25);
        assertThat(row.trace().points()).hasSize(6).allSatisfy(point -> assertThat(point.value())
                .isEqualTo(50));
        assertThat(report.csv(row, row.bound()))
                .matches(
                        "sample,wide,anytime,0\\.1\\.0,m,1,1,0\\.020,0\\.250,0\\.\\d{3},0\\.\\d{3},0\\.\\d{3},50,50,0\\.000,OPTIMAL,true,2026-11-26,\\d\\.\\d{5}");
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

    @Test
    void aSmallInstanceIsSolvedUntilItsCodeIsWarmAndTheMedianOfTheRunsCounts() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        PlacementStrategy slowInTheEnd = (request, context) -> {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1 + 29L * (runs.incrementAndGet() % 3)));
            return new Placed(Columns.placement(request, 1, 1, 0), Quality.HEURISTIC);
        };
        PlacementRow row = new PlacementRun("slow", slowInTheEnd, new RunLimits(1_000, 1, 5_000), false, 3)
                .run(sample(Samples.ASSIGNMENT), 0);
        assertThat(runs.get()).isGreaterThan(6);
        assertThat(row.seconds()).isBetween(0.030, 0.059);
    }

    /** The gap of a line is to the bound that is handed over, that of the JSON to its own. */
    @Test
    void theGapIsToTheGivenBound() throws Exception {
        PlacementRow row =
                new PlacementRun("anytime", new AnytimeStrategy(), LIMITS, false).run(sample(Samples.ASSIGNMENT), 0);
        assertThat(report.csv(row, row.bound())).contains(",,,,5,5,0.000,OPTIMAL,true,");
        PlacementStrategy fixed =
                (request, context) -> new Placed(Columns.placement(request, 1, 1, 0), Quality.HEURISTIC);
        PlacementRow worse = new PlacementRun("fixed", fixed, LIMITS, false).run(sample(Samples.ASSIGNMENT), 0);
        assertThat(report.csv(worse, OptionalLong.of(5))).contains(",fixed,").contains(",,,,8,,60.000,FEASIBLE,true,");
        assertThat(report.json(List.of(worse))).doesNotContain("gapPercent").contains("\"proven\":false");
    }

    @Test
    void aPlacementThatBreaksARuleIsAnError() throws Exception {
        PlacementStrategy wrong =
                (request, context) -> new Placed(Columns.placement(request, 0, 0, 0), Quality.proven(6_000_000));
        PlacementRow row = new PlacementRun("wrong", wrong, LIMITS, false).run(sample(Samples.ASSIGNMENT), 0);
        assertThat(row.status()).isEqualTo(PlacementRow.RowStatus.ERROR);
        assertThat(row.answer().reason()).startsWith("its placement breaks 1 rules; the first: cluster");
        assertThat(report.csv(row, row.bound())).contains(",,,ERROR,false,");
        assertThat(report.json(List.of(row))).contains("\"feasible\":false").doesNotContain("value");
        PlacementStrategy nowhere = (request, context) -> new Placed(Placement.NONE, Quality.HEURISTIC);
        assertThat(new PlacementRun("nowhere", nowhere, LIMITS, true)
                        .run(sample(Samples.ASSIGNMENT), 0)
                        .status())
                .isEqualTo(PlacementRow.RowStatus.ERROR);
    }

    @Test
    void whateverAStrategyDoesEndsItsRowOnly() throws Exception {
        Instance instance = sample(Samples.ASSIGNMENT);
        assertThat(reason(instance, (request, context) -> {
                    throw new StackOverflowError("too deep");
                }))
                .isEqualTo("it threw java.lang.StackOverflowError: too deep");
        assertThat(reason(instance, (request, context) -> null)).isEqualTo("it answered null");
        assertThat(reason(instance, (request, context) -> new Placed(Columns.placement(request, 1, 1, 0), null)))
                .startsWith("its answer cannot be read: java.lang.NullPointerException");
    }

    @Test
    void aStrategyThatRunsOverItsTimeIsInterrupted() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        PlacementStrategy slow = (request, context) -> {
            try {
                never.await();
            } catch (InterruptedException expected) {
                interrupted.countDown();
            }
            return new Placed(Columns.placement(request, 1, 1, 0), Quality.HEURISTIC);
        };
        PlacementRow row =
                new PlacementRun("slow", slow, new RunLimits(20, 1, 30), false).run(sample(Samples.ASSIGNMENT), 0);
        interrupted.await();
        assertThat(row.status()).isEqualTo(PlacementRow.RowStatus.ERROR);
        assertThat(row.answer().reason()).isEqualTo("no answer within 60 ms");
        assertThat(report.json(List.of(row))).contains("\"error\":\"no answer within 60 ms\"");
    }

    @Test
    void aStrategyThatIgnoresItsInterruptionIsLeftBehind() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        PlacementStrategy deaf = (request, context) -> {
            while (end.getCount() > 0) {
                Thread.onSpinWait();
            }
            return new Placed(Placement.NONE, Quality.HEURISTIC);
        };
        PlacementRow row =
                new PlacementRun("deaf", deaf, new RunLimits(20, 1, 30), false).run(sample(Samples.ASSIGNMENT), 0);
        end.countDown();
        assertThat(row.answer().reason()).contains("it still runs after an interruption");
    }

    private static String reason(Instance instance, PlacementStrategy strategy) throws InterruptedException {
        PlacementRow row = new PlacementRun("bad", strategy, LIMITS, true).run(instance, 0);
        assertThat(row.status()).isEqualTo(PlacementRow.RowStatus.ERROR);
        assertThat(row.value()).isEmpty();
        return row.answer().reason();
    }

    @Test
    void aBoundAboveTheValueIsAnError() throws Exception {
        PlacementStrategy boasting =
                (request, context) -> new Placed(Columns.placement(request, 1, 1, 0), Quality.proven(9_000_000));
        PlacementRow row = new PlacementRun("boasting", boasting, LIMITS, false).run(sample(Samples.ASSIGNMENT), 0);
        assertThat(row.status()).isEqualTo(PlacementRow.RowStatus.ERROR);
        assertThat(row.answer().reason()).isEqualTo("its bound is 9 and its value 8");
        assertThat(row.bound()).isEmpty();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "gap/c05100.json, 1931",
        "gap/a20200.json, 2339",
        "mcbench/clusters-3.json, 114",
        "mcbench/replicas-10.json, 100",
        "mcbench/mixture-cpu.json, 88"
    })
    void publishedInstancesAreSolvedToTheirKnownOptimum(String file, long optimum) throws Exception {
        if (!Files.isDirectory(PUBLISHED)) {
            System.err.println(
                    "*** ../shared/bench IS MISSING beside the repository: published instances are NOT tested");
            return;
        }
        Instance instance = InstanceReader.read(PUBLISHED.resolve(file), Optional.empty(), Optional.empty());
        PlacementRow row = new PlacementRun("anytime", new AnytimeStrategy(), new RunLimits(3_000, 1, 5_000), false)
                .run(instance, 0);
        assertThat(row.checked()).isTrue();
        assertThat(row.value()).hasValue(optimum);
        assertThat(row.bound().orElseThrow()).isLessThanOrEqualTo(optimum);
    }
}
