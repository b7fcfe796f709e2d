// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import eu.nephele.smo.api.model.ServiceScaling.ServiceProfile;
import eu.nephele.smo.lab.harness.backtest.BacktestResult.ShapeResult;
import eu.nephele.smo.lab.harness.backtest.ChosenStrategies.Choice;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
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

    @ParameterizedTest
    @ValueSource(longs = 11)
    void lookingAheadHalvesViolationsWhereLoadIsPeriodicAndCostsNothingElsewhere(long seed) {
        List<LoadShape> shapes = LoadShapes.generated(seed, DAYS);
        BacktestResult result =
                new BacktestRun(chains, ChosenStrategies.of("threshold,predictive")).run(shapes, TEN_EACH, List.of());

        assertThat(result.shapes()).hasSize(5).allSatisfy(shape -> {
            ReplayFigures threshold = shape.strategies().get("threshold");
            ReplayFigures predictive = shape.strategies().get("predictive");
            boolean periodic = shape.shape().periodic();
            assertThat(predictive.violationMinutes())
                    .as(result.table())
                    .isLessThanOrEqualTo((periodic ? 0.5 : 1.02) * threshold.violationMinutes());
            assertThat(predictive.replicaHours())
                    .as(result.table())
                    .isLessThanOrEqualTo((periodic ? 1.1 : 1.02) * threshold.replicaHours());
            if (periodic) {
                assertThat(threshold.violationMinutes()).isGreaterThan(30);
                assertThat(shape.trace().coverage().share()).isBetween(0.87, 0.93);
            }
        });
    }

    @Test
    void withLinksWhatLiesBehindABurstSuffersLessThanHalf() {
        LoadShape bursts = LoadShapes.generated(11, 5).get(3);
        ReplayFigures alone = LinkedBursts.behindTheFront(bursts, false, chains);
        ReplayFigures linked = LinkedBursts.behindTheFront(bursts, true, chains);

        assertThat(alone.violationMinutes()).isGreaterThan(20);
        assertThat(linked.violationMinutes()).isLessThanOrEqualTo(alone.violationMinutes() / 2);
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
