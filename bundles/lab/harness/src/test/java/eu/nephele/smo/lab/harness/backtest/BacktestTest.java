// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import eu.nephele.smo.api.model.ServiceScaling.ServiceProfile;
import eu.nephele.smo.lab.harness.backtest.BacktestResult.ShapeResult;
import eu.nephele.smo.lab.harness.backtest.ChosenStrategies.Choice;
import eu.nephele.smo.lab.harness.decisions.InstalledComponents;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The figures of some days; docs/operate/performance.md has those of 30 days. */
class BacktestTest {

    private static final int DAYS = 12;
    private static final ServiceProfile TEN_EACH = new ServiceProfile(10, 0);

    private ChainFactory chains;

    @BeforeEach
    void find() throws IOException {
        chains = new ChainFactory(InstalledComponents.with(List.of()));
    }

    /** Each seed has its own minutes of the day at which load changes. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void lookingAheadLeavesAFractionOfViolationsWhereLoadIsPeriodicAndCostsNothingElsewhere(long seed) {
        List<LoadShape> shapes = LoadShapes.generated(seed, DAYS);
        BacktestResult result =
                new BacktestRun(chains, ChosenStrategies.of("threshold,predictive")).run(shapes, TEN_EACH, List.of());

        assertThat(result.shapes()).hasSize(5).allSatisfy(shape -> {
            ReplayFigures threshold = shape.strategies().get("threshold");
            ReplayFigures predictive = shape.strategies().get("predictive");
            IntervalCoverage coverage = shape.trace().coverage("predictive");
            if (!shape.shape().periodic()) {
                assertThat(predictive).as(result.table()).isEqualTo(threshold);
                assertThat(coverage.relied()).isZero();
                return;
            }
            // a week is known from its second one on, which is less than half of these days
            double most = shape.shape().name().equals("day rhythm") ? 0.25 : 0.5;
            assertThat(threshold.violationMinutes()).isGreaterThan(40);
            assertThat(predictive.violationMinutes())
                    .as(result.table())
                    .isLessThanOrEqualTo(most * threshold.violationMinutes());
            assertThat(predictive.replicaHours())
                    .as(result.table())
                    .isLessThanOrEqualTo(1.07 * threshold.replicaHours());
            // of few days there are few errors to know the next ones from
            assertThat(coverage.share()).isBetween(0.87, 0.935);
        });
    }

    @Test
    void intervalsOfNinetyPerCentCoverNinety() {
        List<LoadShape> periodic =
                LoadShapes.generated(2, 30).stream().filter(LoadShape::periodic).toList();
        BacktestResult result =
                new BacktestRun(chains, ChosenStrategies.of("predictive")).run(periodic, TEN_EACH, List.of());

        assertThat(result.shapes()).hasSize(2).allSatisfy(shape -> assertThat(
                        shape.trace().coverage("predictive").share())
                .isBetween(0.88, 0.92));
    }

    @Test
    void changesOfALoadAreAtAnyMinute() {
        List<Long> offTheQuarter = LongStream.rangeClosed(1, 10)
                .map(seed -> risesAtEvening(LoadShapes.generated(seed, 1).get(1)) % 15)
                .boxed()
                .distinct()
                .toList();

        assertThat(offTheQuarter).hasSizeGreaterThan(4);
    }

    /** The minute of the steepest rise. */
    private static int risesAtEvening(LoadShape shape) {
        return IntStream.range(5, 24 * 60 - 5)
                .boxed()
                .max(Comparator.comparingDouble(minute -> shape.minute(minute + 2) - shape.minute(minute - 2)))
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 11})
    void withLinksWhatLiesBehindABurstSuffersLessThanHalf(long seed) {
        LoadShape bursts = LoadShapes.generated(seed, 5).get(3);
        ReplayFigures alone = LinkedBursts.behindTheFront(bursts, false, chains);
        ReplayFigures linked = LinkedBursts.behindTheFront(bursts, true, chains);

        assertThat(alone.violationMinutes()).isGreaterThan(20);
        assertThat(linked.violationMinutes()).isLessThanOrEqualTo(alone.violationMinutes() / 2);
        assertThat(linked.replicaHours()).isLessThanOrEqualTo(1.02 * alone.replicaHours());
    }

    /** Its answer depends on what the strategy saw, so that others must not be mixed in. */
    @Test
    void eachStrategyHasACoverageOfItsOwn() {
        BacktestResult result = new BacktestRun(
                        chains, ChosenStrategies.of("threshold,predictive,own=predictive:{'base': {'id': 'optimal'}}"))
                .run(LoadShapes.generated(1, 1).subList(0, 1), TEN_EACH, List.of());

        assertThat(result.shapes().get(0).trace().coverages()).containsOnlyKeys("predictive", "own");
        assertThat(result.table()).contains("predictive: 0 % of the forecasts", "own: 0 % of the forecasts");
    }

    /** Loads are replayed side by side. */
    @Test
    void componentsAreFoundByManyThreads() {
        assertThat(IntStream.range(0, 2000)
                        .parallel()
                        .mapToObj(i -> chains.forecaster("seasonal"))
                        .toList())
                .hasSize(2000)
                .doesNotContainNull();
    }

    @Test
    void loadsAndResultsAreTheSameForTheSameSeed() {
        ChosenStrategies strategies = ChosenStrategies.of("threshold,own=predictive:{'base': {'id': 'optimal'}}");
        List<String> results = List.of(3L, 3L, 4L).stream()
                .map(seed -> new BacktestRun(chains, strategies)
                        .run(LoadShapes.generated(seed, 3), TEN_EACH, List.of())
                        .json())
                .toList();

        assertThat(results.get(0)).isEqualTo(results.get(1)).isNotEqualTo(results.get(2));
    }

    @Test
    void theLastLineHasTheFiguresOfEachStrategyAndNothingElse() throws IOException {
        BacktestResult result = new BacktestRun(chains, ChosenStrategies.of("threshold,predictive"))
                .run(LoadShapes.generated(1, 1), TEN_EACH, List.of("a note"));
        JsonNode root = new ObjectMapper().readTree(result.json());

        assertThat(root.fieldNames()).toIterable().containsExactly("shapes");
        assertThat(root.path("shapes")).hasSize(5).allSatisfy(shape -> {
            assertThat(shape.fieldNames())
                    .toIterable()
                    .containsExactly(
                            "name", "periodic", "threshold", "predictive", "threshold60", "threshold70", "threshold80");
            assertThat(shape.path("predictive").fieldNames())
                    .toIterable()
                    .containsExactly("violationMinutes", "replicaHours", "changes");
        });
        assertThat(result.table()).contains("day rhythm (periodic)", "a note");
        assertThat(result.json()).doesNotContain("\n");
    }

    @Test
    void thePictureHasALineForEachOfTwoStrategies() {
        BacktestResult result = new BacktestRun(chains, ChosenStrategies.of("threshold,predictive"))
                .run(LoadShapes.generated(1, 1), TEN_EACH, List.of());
        String svg = BacktestPicture.svg(result);

        assertThat(svg).contains("trend with noise", "class=\"line0\"", "class=\"line1\"", "predictive:");
        assertThat(svg).doesNotContain("NaN");
    }

    @Test
    void gapsOfARecordedLoadKeepTheReplicas() {
        double[] load = LoadShapes.generated(1, 2).get(1).perSecond();
        Arrays.fill(load, 1000, 2000, Double.NaN);
        LoadShape gaps =
                new LoadShape("gaps", false, LoadShapes.generated(1, 1).get(0).first(), load);
        ShapeResult result = new BacktestRun(chains, ChosenStrategies.of("threshold,predictive"))
                .run(List.of(gaps), TEN_EACH, List.of())
                .shapes()
                .get(0);

        float[] capacity = result.trace().capacities().get("predictive");
        for (int step = 1010; step < 2000; step++) {
            assertThat(capacity[step]).isEqualTo(capacity[1010]);
        }
    }

    @Test
    void readsStrategiesWithParametersThatHaveCommas() {
        assertThat(ChosenStrategies.of("threshold, a=x:{'b': [1, 2], 'c': {'d': 1}},optimal")
                        .choices())
                .containsExactly(
                        new Choice("threshold", "threshold", ""),
                        new Choice("a", "x", "{'b': [1, 2], 'c': {'d': 1}}"),
                        new Choice("optimal", "optimal", ""));
        for (String wrong : List.of("", "a,,b", "a,a", "=x")) {
            assertThatIllegalArgumentException().isThrownBy(() -> ChosenStrategies.of(wrong));
        }
    }

    @Test
    void saysWhichStrategiesThereAre() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> chains.chain("guess", "guess", ChainFactory.parameters("{}")))
                .withMessageContaining("optimal, predictive, threshold");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> chains.chain("x", "predictive", ChainFactory.parameters("{'lookahead': 1}")))
                .withMessageContaining("lookahead");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> chains.forecaster("guess"))
                .withMessageContaining("seasonal");
    }
}
