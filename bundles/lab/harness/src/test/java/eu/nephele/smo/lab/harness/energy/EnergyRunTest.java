// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.energy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
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

    private static EnergyResult run(int graphs, long seed, String... sets) {
        return new EnergyRun(new EnergyOptions(
                        Stream.of(sets).map(StrategySet::parse).toList(), graphs, 5, seed))
                .run();
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
                    .as("only after the deployment, until what cannot grow in a full region is placed anew ten minutes later")
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
