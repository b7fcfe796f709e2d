// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.predictive;

import static eu.nephele.smo.scaling.predictive.Histories.GRAPH;
import static eu.nephele.smo.scaling.predictive.Histories.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.scaling.DemandForecast;
import eu.nephele.smo.api.scaling.DemandForecast.CallerShare;
import eu.nephele.smo.api.scaling.DemandForecast.Quality;
import eu.nephele.smo.api.scaling.LoadSeries;
import eu.nephele.smo.api.scaling.ScalingRequest;
import eu.nephele.smo.api.scaling.ScalingTarget;
import eu.nephele.smo.api.scaling.ScalingWrapper.Prepared;
import eu.nephele.smo.api.scaling.ServiceLoad;
import eu.nephele.smo.lab.conformance.SimpleContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class PredictiveStrategyTest {

    private static final ClusterId CLUSTER = new ClusterId("sim", "c1");
    private static final PredictiveParameters DEFAULTS =
            new PredictiveParameters(Optional.empty(), "seasonal", 0.9, Duration.ofMinutes(5), true);

    @Test
    void asksForTheHighestOfWhatIsExpected() {
        Prepared prepared = prepare(List.of(load("a", 50, rising(NOW, 60, true))), target("a", 50, 1));

        // level 0.9 is twice the median, which rises by 1/s each minute
        assertThat(demand(prepared)).isCloseTo(130, within(0.01));
        assertThat(note(prepared)).contains("130.00 requests/s expected within PT5M", "probability 0.9");
    }

    @Test
    void neverAsksForLessThanThePresentDemand() {
        Prepared prepared = prepare(List.of(load("a", 500, rising(NOW, 60, true))), target("a", 500, 1));

        assertThat(demand(prepared)).isEqualTo(500);
        assertThat(note(prepared)).isEqualTo("no more than the present demand is expected");
    }

    @Test
    void eachClusterGetsItsPart() {
        Prepared prepared = prepare(List.of(load("a", 50, rising(NOW, 60, true))), target("a", 20, 0.4));

        assertThat(demand(prepared)).isCloseTo(52, within(0.01));
    }

    @Test
    void fallsBackToTheUnchangedProblemAndSaysWhy() {
        ScalingTarget target = target("a", 50, 1);
        assertUnchanged(prepare(List.of(), target), target, "there is no forecast yet");
        assertUnchanged(
                prepare(List.of(load("a", 50, rising(NOW, 60, false))), target), target, "made up for the test");
        assertUnchanged(
                prepare(List.of(load("a", 50, rising(NOW.minusSeconds(3600), 60, true))), target),
                target,
                "the last forecast ends at 2026-01-01T00:00:00Z");
        assertUnchanged(
                prepare(List.of(load("a", 50, rising(NOW.plusSeconds(3600), 60, true))), target),
                target,
                "begins only at");
    }

    private static void assertUnchanged(Prepared prepared, ScalingTarget target, String reason) {
        assertThat(prepared.targets()).singleElement().isSameAs(target);
        assertThat(note(prepared)).contains(reason);
    }

    @Test
    void missingDataStayMissing_D52() {
        ScalingTarget silent =
                target("a", 50, 1).change().demand(OptionalDouble.empty()).build();
        Prepared prepared = prepare(List.of(load("a", 50, rising(NOW, 60, true))), silent);

        assertThat(prepared.targets().get(0).demandPerSecond()).isEmpty();
        assertThat(note(prepared)).contains("no data about the present demand");
    }

    /** The forecast of the last service is of no use; its callers tell what comes, through a second one. */
    @Test
    void foreseesWhatTheCallersOfTheCallersSend() {
        List<ServiceLoad> loads = List.of(
                load("front", 300, rising(NOW, 1, false)),
                load("middle", 20, rising(NOW, 1, false, new CallerShare("front", 2))),
                load("back", 10, rising(NOW, 1, false, new CallerShare("middle", 0.5), new CallerShare("gone", 9))));
        Prepared prepared = prepare(loads, target("back", 10, 1));

        assertThat(demand(prepared)).isEqualTo(300);
        assertThat(note(prepared)).contains("from its callers, most from middle", "made up for the test");
        PredictiveParameters alone =
                new PredictiveParameters(Optional.empty(), "seasonal", 0.9, Duration.ofMinutes(5), false);
        assertThat(demand(prepare(alone, loads, target("back", 10, 1)))).isEqualTo(10);
    }

    @Test
    void whatComesFromElsewhereIsAddedToWhatCallersSend() {
        DemandForecast back = rising(NOW, 1, new Quality(false, 1, 2, "made up"), 70, new CallerShare("front", 2));
        List<ServiceLoad> loads = List.of(load("front", 100, rising(NOW, 1, false)), load("back", 10, back));

        assertThat(demand(prepare(loads, target("back", 10, 1)))).isEqualTo(270);
    }

    /** There are 2^60 ways from the last service to the first one. */
    @Test
    @Timeout(20)
    void manyWaysThroughAGraphTakeNoTime() {
        List<ServiceLoad> loads = new ArrayList<>();
        loads.add(load("front", 64, rising(NOW, 1, false)));
        String left = "front";
        String right = "front";
        for (int layer = 0; layer < 60; layer++) {
            CallerShare[] shares = {new CallerShare(left, 0.5), new CallerShare(right, 0.5)};
            left = "left" + layer;
            right = "right" + layer;
            loads.add(load(left, 1, rising(NOW, 1, false, shares)));
            loads.add(load(right, 1, rising(NOW, 1, false, shares)));
        }

        assertThat(demand(prepare(loads, target(left, 1, 1)))).isEqualTo(64);
    }

    /** All ways through services that all call each other would not end either. */
    @Test
    @Timeout(20)
    void aCircleOfManyServicesTakesNoTime() {
        List<String> services = IntStream.range(0, 30).mapToObj(i -> "s" + i).toList();
        CallerShare[] shares =
                services.stream().map(service -> new CallerShare(service, 1)).toArray(CallerShare[]::new);
        List<ServiceLoad> loads = services.stream()
                .map(service -> load(service, 10, rising(NOW, 1, false, shares)))
                .toList();

        assertThat(demand(prepare(loads, target("s7", 10, 1)))).isEqualTo(290);
    }

    /** Each way round the circle would multiply the demand. */
    @Test
    void servicesThatCallEachOtherDoNotSpinUp() {
        List<ServiceLoad> loads = List.of(
                load("a", 100, rising(NOW, 1, false, new CallerShare("b", 2), new CallerShare("a", 5))),
                load("b", 30, rising(NOW, 1, false, new CallerShare("a", 3))));

        assertThat(demand(prepare(loads, target("a", 100, 1)))).isEqualTo(100);
        assertThat(demand(prepare(loads, target("b", 30, 1)))).isEqualTo(300);
    }

    /** The answer for one target does not depend on which others are asked first. */
    @Test
    void theOrderOfTargetsMakesNoDifferenceInACircle() {
        List<ServiceLoad> loads = List.of(
                load("a", 10, rising(NOW, 1, false, new CallerShare("c", 1))),
                load("b", 20, rising(NOW, 1, false, new CallerShare("a", 1))),
                load("c", 40, rising(NOW, 1, false, new CallerShare("b", 1))));
        Prepared together = prepare(loads, target("a", 10, 1), target("b", 20, 1), target("c", 40, 1));

        for (int i = 0; i < 3; i++) {
            ScalingTarget target = together.targets().get(i);
            Prepared alone =
                    prepare(loads, target(target.service(), List.of(10, 20, 40).get(i), 1));
            assertThat(target.demandPerSecond())
                    .isEqualTo(alone.targets().get(0).demandPerSecond());
        }
    }

    /** Else a base that looks back five minutes before it scales in would do so at every new forecast. */
    @Test
    void thePastHasWhatWasExpectedSinceTheForecastBegan() {
        double[] past = new double[10];
        Arrays.fill(past, 50);
        past[8] = Double.NaN;
        ScalingTarget target = target("a", 50, 1)
                .change()
                .history(LoadSeries.of(NOW.minusSeconds(9 * 60), Duration.ofMinutes(1), past))
                .build();
        LoadSeries seen = prepare(List.of(load("a", 50, rising(NOW.minusSeconds(180), 60, true))), target)
                .targets()
                .get(0)
                .history();

        assertThat(seen.value(5)).as("before the forecast").isEqualTo(50);
        assertThat(seen.value(6)).isCloseTo(130, within(0.01));
        assertThat(seen.value(8)).as("a gap").isNaN();
        assertThat(seen.value(9)).isCloseTo(136, within(0.01));
    }

    @Test
    void thePastHasWhatCallersWereExpectedToSend() {
        double[] past = new double[10];
        Arrays.fill(past, 50);
        ScalingTarget target = target("back", 50, 1)
                .change()
                .history(LoadSeries.of(NOW.minusSeconds(9 * 60), Duration.ofMinutes(1), past))
                .build();
        Instant made = NOW.minusSeconds(180);
        List<ServiceLoad> loads = List.of(
                load("front", 1000, rising(made, 60, true)),
                load("back", 50, rising(made, 1, true, new CallerShare("front", 2))));
        LoadSeries seen = prepare(loads, target).targets().get(0).history();

        assertThat(seen.value(5)).as("before the forecast").isEqualTo(50);
        assertThat(seen.value(6)).isCloseTo(260, within(0.01));
        assertThat(seen.value(9))
                .as("the present demand of the caller is none of the past")
                .isCloseTo(272, within(0.01));
    }

    @Test
    void wantsTheForecastsOfTheNamedForecaster() {
        PredictiveParameters other =
                new PredictiveParameters(Optional.empty(), "h3ni.daily", 0.9, Duration.ofMinutes(5), true);
        assertThat(new PredictiveStrategy().inputs(other).forecaster()).contains("h3ni.daily");
    }

    @Test
    void refusesALookAheadThatMakesNoSense() {
        Duration most = Duration.ofMinutes(15);
        for (Duration wrong : List.of(Duration.ofSeconds(-1), most.plusSeconds(1), Duration.ofHours(2))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new PredictiveParameters(Optional.empty(), "seasonal", 0.9, wrong, true))
                    .withMessage("lookAhead=%s, expected PT0S to PT15M: forecasts reach no further", wrong);
        }
        assertThat(new PredictiveParameters(Optional.empty(), "seasonal", 0.9, most, true).lookAhead())
                .isEqualTo(most);
    }

    private static Prepared prepare(List<ServiceLoad> loads, ScalingTarget... targets) {
        return prepare(DEFAULTS, loads, targets);
    }

    private static Prepared prepare(
            PredictiveParameters parameters, List<ServiceLoad> loads, ScalingTarget... targets) {
        ScalingRequest request = ScalingRequest.of(
                List.of(targets), List.of(ClusterCapacity.of(CLUSTER, new Resources(1000, 0, 0, 0))), loads);
        return new PredictiveStrategy()
                .prepare(request, SimpleContext.unlimited().withParameters(parameters));
    }

    private static double demand(Prepared prepared) {
        return prepared.targets().get(0).demandPerSecond().orElseThrow();
    }

    private static String note(Prepared prepared) {
        return prepared.notes().get(0).orElseThrow();
    }

    private static ScalingTarget target(String service, double demand, double portion) {
        return ScalingTarget.builder(GRAPH, service, CLUSTER)
                .bounds(0, 1000)
                .demand(demand)
                .portion(portion)
                .build();
    }

    private static ServiceLoad load(String service, double demand, DemandForecast forecast) {
        return new ServiceLoad(GRAPH, service, OptionalDouble.of(demand), Optional.of(forecast));
    }

    /** An hour of a median that rises by one each minute, and of twice that. */
    private static DemandForecast rising(Instant first, double from, boolean usable, CallerShare... callers) {
        return rising(first, from, new Quality(usable, 1, 2, "made up for the test"), 0, callers);
    }

    private static DemandForecast rising(
            Instant first, double from, Quality quality, double elsewhere, CallerShare... callers) {
        float[][] quantiles = new float[2][61];
        for (int minute = 0; minute <= 60; minute++) {
            quantiles[0][minute] = (float) (from + minute);
            quantiles[1][minute] = (float) (2 * (from + minute));
        }
        return new DemandForecast(
                first, Duration.ofMinutes(1), new double[] {0.5, 0.9}, quantiles, quality, List.of(callers), elsewhere);
    }
}
