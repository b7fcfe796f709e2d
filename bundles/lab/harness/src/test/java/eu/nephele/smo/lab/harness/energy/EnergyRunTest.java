// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.energy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import eu.nephele.smo.lab.harness.decisions.InstalledComponents;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Small runs of the benchmark. */
class EnergyRunTest {

    private final DayStrategies installed;

    EnergyRunTest() throws IOException {
        installed = new DayStrategies(InstalledComponents.with(List.of()));
    }

    private EnergyResult run(int graphs, long seed, String... sets) {
        List<StrategySet> parsed =
                Stream.of(sets).map(name -> StrategySet.parse(name, installed)).toList();
        return new EnergyRun(new EnergyOptions(parsed, graphs, 5, seed), installed).run();
    }

    @Test
    void whateverIsInstalledCanBeNamed() {
        assertThat(installed.strategies())
                .contains("anytime", "auto", "best-fit", "consolidate", "first-fit", "greedy", "optimal", "spread-out");
        assertThat(installed.objectives()).contains("balance", "carbon", "egress", "latency", "price");
        EnergyResult result = run(3, 1, "optimal/carbon", "anytime/latency", "egress");

        assertThat(result.days()).hasSize(3);
        assertThat(result.isGood()).as(result.table()).isTrue();
    }

    @Test
    void whatIsNotThereIsNamedWithWhatIs() {
        for (String wrong : List.of("guess", "guess/carbon", "auto/guess", "carbon/auto", "")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> StrategySet.parse(wrong, installed))
                    .withMessageContaining("'" + wrong + "'")
                    .withMessageContaining("anytime, auto")
                    .withMessageContaining("balance, ");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 7, 42})
    void carbonSavesAQuarterWithoutBreakingALimitOrMovingTooOften(long seed) {
        EnergyResult result = run(30, seed, "balance", "carbon");

        DayResult balance = result.days().get(0);
        DayResult carbon = result.days().get(1);
        assertThat(carbon.savedPercent(balance)).isGreaterThan(25);
        assertThat(result.days()).allSatisfy(day -> {
            assertThat(day.violated()).isEmpty();
            assertThat(day.faults()).isEmpty();
            assertThat(day.mostMoves()).isLessThanOrEqualTo(DayJudge.MOST_MOVES);
            assertThat(day.missingReplicaHours())
                    .as(
                            "only after the deployment, until what cannot grow in a full region is placed anew ten minutes later")
                    .isLessThan(1.5);
        });
        assertThat(carbon.moves()).as("something turned").isPositive();
        assertThat(balance.interruptions()).isZero();
        // where a full region has no room for load that rises, old and new do not fit side by side
        assertThat(carbon.interruptions()).isPositive().isLessThan(carbon.moves());
        assertThat(carbon.interruptedMinutes()).isEqualTo(carbon.interruptions() * (double) EnergyRun.STEP.toMinutes());
        assertThat(result.isGood()).isTrue();
    }

    @Test
    void theSameSeedIsTheSameDay() {
        assertThat(run(10, 3, "carbon").days()).isEqualTo(run(10, 3, "carbon").days());
    }

    @Test
    void tableJsonAndPictureTellOfEachSet() throws Exception {
        EnergyResult result = run(5, 1, "first-fit", "price", "consolidate/carbon");

        assertThat(result.table()).contains("first-fit", "price", "consolidate/carbon");
        JsonNode json = new ObjectMapper().readTree(result.json());
        assertThat(json.path("benchmark").asText()).isEqualTo("energy");
        assertThat(json.path("intentsViolated").asInt(-1)).isZero();
        assertThat(json.path("moves").isInt()).isTrue();
        assertThat(json.path("seconds").asDouble()).isPositive();
        assertThat(json.path("carbonSavedPercent").asDouble())
                .isEqualTo(json.at("/strategies/2/carbonSavedPercent").asDouble());
        assertThat(json.path("strategies")).hasSize(3);
        String svg = DayPicture.svg(result);
        DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
        assertThat(svg).contains("north", "south", "east", "consolidate/carbon");
    }

    @Test
    void aBrokenDayIsNoSuccess() {
        DayResult broken = new DayResult("carbon", 1, 1, 0, 0, 0, 0, 0, List.of("a limit"), List.of(), List.of());
        DayResult restless =
                new DayResult("carbon", 1, 1, 9, 9, 0, 0, 0, List.of(), List.of("too many moves"), List.of());
        EnergyResult result = run(1, 1, "balance");
        Map.of("violated: a limit", broken, "fault: too many moves", restless).forEach((told, day) -> {
            EnergyResult other = new EnergyResult(
                    result.options(), result.regions(), List.of(result.days().get(0), day), 1);
            assertThat(other.isGood()).isFalse();
            assertThat(other.table()).contains(told);
        });
    }
}
