// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.idle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.scaling.LoadSeries;
import eu.nephele.smo.api.scaling.ReplicaChange;
import eu.nephele.smo.api.scaling.ScalingMetric;
import eu.nephele.smo.api.scaling.ScalingRequest;
import eu.nephele.smo.api.scaling.ScalingTarget;
import eu.nephele.smo.api.scaling.ScalingTarget.MetricReading;
import eu.nephele.smo.api.scaling.ScalingTargetBuilder;
import eu.nephele.smo.api.scaling.ScalingWrapper.Prepared;
import eu.nephele.smo.lab.conformance.SimpleContext;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdleStrategyTest {

    private static final Instant NOW = SimpleContext.unlimited().now();
    private static final ScalingMetric QUEUE = new ScalingMetric("queue", Optional.of("sum(queue_length)"));
    private static final Wake ON_QUEUE = new Wake(Optional.of("queue"), QUEUE.query(), 10);
    private static final IdleParameters REQUESTS = parameters(Optional.empty(), true, Optional.empty());
    private static final IdleParameters BOTH = parameters(Optional.of(ON_QUEUE), true, Optional.empty());
    private static final IdleParameters QUEUE_ALONE = parameters(Optional.of(ON_QUEUE), false, Optional.empty());

    private static IdleParameters parameters(Optional<Wake> wake, boolean requests, Optional<Duration> noData) {
        return new IdleParameters(Optional.empty(), Duration.ofMinutes(5), wake, requests, noData);
    }

    private static ScalingTargetBuilder web(int replicas) {
        return ScalingTarget.builder(new GraphId("p", "g"), "web", new ClusterId("sim", "c1"))
                .replicas(replicas)
                .bounds(0, 9)
                .sinceLastChange(Duration.ofDays(1));
    }

    /** The last minutes, the present one included. */
    private static LoadSeries minutes(double... values) {
        return LoadSeries.of(NOW.minus(Duration.ofMinutes(values.length - 1L)), Duration.ofMinutes(1), values);
    }

    private static LoadSeries rest(int minutes) {
        return minutes(new double[minutes]);
    }

    private static Map<ScalingMetric, MetricReading> queue(OptionalDouble now, LoadSeries past) {
        return Map.of(QUEUE, new MetricReading(now, past, Optional.empty(), Optional.empty()));
    }

    private static Map<ScalingMetric, MetricReading> queue(double now) {
        double[] past = new double[16];
        Arrays.fill(past, now);
        return queue(OptionalDouble.of(now), minutes(past));
    }

    /** Its bounds, and what is said about it. */
    private static String told(IdleParameters parameters, ScalingTargetBuilder target) {
        Prepared prepared = new IdleStrategy()
                .prepare(
                        ScalingRequest.of(List.of(target.build()), List.of()),
                        SimpleContext.unlimited().withParameters(parameters));
        ScalingTarget after = prepared.targets().get(0);
        return "%d..%d %s"
                .formatted(
                        after.minReplicas(),
                        after.maxReplicas(),
                        prepared.notes().get(0).orElse(""));
    }

    @Test
    void withoutRequestsForItsTimeItGoesToZero() {
        assertThat(told(REQUESTS, web(3).demand(0).history(rest(16)))).isEqualTo("0..0 idle for PT5M");
        assertThat(told(REQUESTS, web(3).demand(0).history(rest(6)))).isEqualTo("0..0 idle for PT5M");
        assertThat(told(REQUESTS, web(3).demand(0).history(rest(5)))).isEqualTo("1..9 not idle for PT5M yet");
    }

    @Test
    void oneRequestWithinItsTimeKeepsIt() {
        assertThat(told(REQUESTS, web(3).demand(0).history(minutes(0, 0, 0.01, 0, 0, 0))))
                .isEqualTo("1..9 not idle for PT5M yet");
        assertThat(told(REQUESTS, web(3).demand(0).history(minutes(7, 0, 0, 0, 0, 0, 0))))
                .isEqualTo("0..0 idle for PT5M");
        assertThat(told(REQUESTS, web(3).demand(0.01).history(rest(16))))
                .isEqualTo("1..9 needed: requests per second 0.01000");
    }

    @ParameterizedTest
    @CsvSource({"NaN", "Infinity"})
    void withoutDataARunningServiceIsNotTakenForIdle(double rate) {
        assertThat(told(REQUESTS, web(3).history(rest(16))))
                .isEqualTo("1..9 not taken for idle: no data about requests per second");
        assertThat(told(REQUESTS, web(3).demand(rate).history(rest(16)))).startsWith("1..9 not taken for idle");
        assertThat(told(BOTH, web(3).demand(0).history(rest(16))))
                .isEqualTo("1..9 not taken for idle: no data about queue");
    }

    @Test
    void aMissedReadingIsBridgedAndALongerGapIsNoRest() {
        double nan = Double.NaN;
        assertThat(told(REQUESTS, web(3).demand(0).history(minutes(0, 0, nan, nan, 0, 0, 0))))
                .startsWith("0..0 ");
        assertThat(told(REQUESTS, web(3).demand(0).history(minutes(0, 0, nan, nan, nan, 0, 0))))
                .startsWith("1..9 ");
        assertThat(told(REQUESTS, web(3).demand(0))).startsWith("1..9 ");
    }

    @Test
    void readAtLargerDistancesItIsIdleAllTheSame() {
        double nan = Double.NaN;
        assertThat(told(REQUESTS, web(3).demand(0).history(minutes(0, nan, 0, nan, 0, nan, 0, nan))))
                .startsWith("0..0 ");
        LoadSeries tenMinutes = LoadSeries.of(NOW.minusSeconds(1200), Duration.ofMinutes(10), 0, 0, 0);
        assertThat(told(REQUESTS, web(3).demand(0).history(tenMinutes))).startsWith("0..0 ");
    }

    @Test
    void theWakeMetricHasToRestToo() {
        assertThat(told(BOTH, web(3).demand(0).history(rest(16)).metrics(queue(10))))
                .isEqualTo("0..0 idle for PT5M");
        assertThat(told(BOTH, web(3).demand(0).history(rest(16)).metrics(queue(10.5))))
                .isEqualTo("1..9 needed: queue 10.50");
        assertThat(told(
                        BOTH,
                        web(3).demand(0)
                                .history(rest(16))
                                .metrics(queue(OptionalDouble.of(0), minutes(0, 0, 0, 11, 0, 0, 0)))))
                .isEqualTo("1..9 not idle for PT5M yet");
    }

    @Test
    void whatWasStartedLatelyIsNotStoppedAtOnce() {
        ReplicaChange woken = new ReplicaChange(NOW.minusSeconds(200), 0, 1);
        assertThat(told(REQUESTS, web(1).demand(0).history(rest(16)).changes(List.of(woken))))
                .isEqualTo("1..9 not idle for PT5M yet");
        ReplicaChange before = new ReplicaChange(NOW.minusSeconds(301), 0, 1);
        ReplicaChange shrunk = new ReplicaChange(NOW.minusSeconds(60), 4, 1);
        assertThat(told(REQUESTS, web(1).demand(0).history(rest(16)).changes(List.of(before, shrunk))))
                .isEqualTo("0..0 idle for PT5M");
    }

    @Test
    void itsMetricOrARequestWakesIt() {
        assertThat(told(BOTH, web(0).metrics(queue(11)))).isEqualTo("1..9 needed: queue 11.00");
        assertThat(told(BOTH, web(0).demand(2).metrics(queue(0)))).isEqualTo("1..9 needed: requests per second 2.000");
        assertThat(told(BOTH, web(0).demand(0).metrics(queue(10)))).isEqualTo("0..0 asleep: nothing wakes it");
    }

    /** As many as work on one request each: arrivals per second times what one takes. */
    @ParameterizedTest
    @CsvSource({
        "1, 0, 200, 1",
        "50, 0, 200, 10",
        "50, 0, 100, 5",
        "51, 0, 100, 6",
        "50, 0, 5, 1",
        "0, 40, 100, 4",
        "10, 40, 100, 4",
        "50, 1, 2000, 12",
        "50, 0, NaN, 1",
        "50, 0, Infinity, 1"
    })
    void theNumberWokenFollowsTheRate(double waiting, double rate, double millis, int woken) {
        assertThat(told(REQUESTS, web(0).bounds(0, 12).demand(rate).metrics(balancer(waiting, millis))))
                .startsWith("%d..12 needed: ".formatted(woken));
    }

    @Test
    void itSaysWhatTheNumberFollows() {
        assertThat(told(REQUESTS, web(0).demand(0).metrics(balancer(20, 250))))
                .isEqualTo(
                        "5..9 needed: waiting requests 20.00; at least 5 replicas: 20 wait, 20.00 per second, 0.2500 s each");
    }

    /** Without a rate yet, as when the server has just begun; and with replicas the base decides. */
    @Test
    void requestsThatWaitWakeItAndKeepIt() {
        assertThat(told(REQUESTS, web(0).metrics(balancer(1, Double.NaN))))
                .isEqualTo("1..9 needed: waiting requests 1.000");
        assertThat(told(REQUESTS, web(2).demand(0).history(rest(16)).metrics(balancer(0, 1000))))
                .isEqualTo("0..0 idle for PT5M");
    }

    /** More may come than had when it was woken; what waits for ten seconds is no higher a rate than what waits for one. */
    @Test
    void whileItIsStillWaitedForTheNumberFollowsTheRateSinceItWasWoken() {
        ReplicaChange woken = new ReplicaChange(NOW.minusSeconds(10), 0, 1);
        assertThat(told(REQUESTS, web(1).changes(List.of(woken)).metrics(balancer(50, 1000))))
                .startsWith("5..9 needed: waiting requests 50.00; at least 5 replicas: 50 wait, 5.000 per second");
        ReplicaChange justNow = new ReplicaChange(NOW.minusMillis(300), 0, 1);
        assertThat(told(REQUESTS, web(1).changes(List.of(justNow)).metrics(balancer(50, 100))))
                .startsWith("5..9 needed");
    }

    @Test
    void whatIsServedIsItsBasesToScale() {
        assertThat(told(REQUESTS, web(2).demand(50).metrics(balancer(0, 1000)))).startsWith("1..9 needed");
    }

    @Test
    void theNumberIsThatOfTheServiceOnAllItsClusters() {
        List<ScalingTarget> targets = List.of("c1", "c2", "c3").stream()
                .map(name -> ScalingTarget.builder(new GraphId("p", "g"), "web", new ClusterId("sim", name))
                        .replicas(0)
                        .bounds(0, 9)
                        .metrics(balancer(50, 100))
                        .build())
                .toList();
        Prepared prepared = new IdleStrategy()
                .prepare(
                        ScalingRequest.of(targets, List.of()),
                        SimpleContext.unlimited().withParameters(REQUESTS));
        assertThat(prepared.targets()).extracting(ScalingTarget::minReplicas).containsExactly(2, 2, 1);
    }

    private static Map<ScalingMetric, MetricReading> balancer(double waiting, double millis) {
        return Map.of(
                WakeSize.WAITING,
                MetricReading.of(waiting, LoadSeries.EMPTY),
                WakeSize.RESPONSE_TIME_MILLIS,
                MetricReading.of(millis, LoadSeries.EMPTY));
    }

    @Test
    void withoutDataItStaysAsleepAndSaysSo() {
        assertThat(told(BOTH, web(0)))
                .isEqualTo("0..0 asleep; no data about requests per second, queue, which could wake it");
    }

    @Test
    void whoWantsItIsWokenWhenThereHasBeenNoDataForLong() {
        IdleParameters safe = parameters(Optional.of(ON_QUEUE), false, Optional.of(Duration.ofMinutes(10)));
        assertThat(told(safe, web(0))).isEqualTo("1..9 woken to be safe: no data about queue for PT10M");
        assertThat(told(safe, web(0).sinceLastChange(Duration.ofMinutes(9)))).startsWith("0..0 ");
        assertThat(told(safe, web(0).metrics(queue(OptionalDouble.empty(), minutes(0, Double.NaN, Double.NaN)))))
                .startsWith("0..0 ");
        assertThat(told(safe, web(0).metrics(queue(0)))).startsWith("0..0 ");
        // and it stays awake until there are data again
        assertThat(told(safe, web(1))).isEqualTo("1..9 not taken for idle: no data about queue");
    }

    /** Else all services would wake with a server that begins while the metrics source is away. */
    @Test
    void whatHasNotBeenAskedForForLongWakesNobody() {
        IdleParameters safe = parameters(Optional.of(ON_QUEUE), false, Optional.of(Duration.ofMinutes(10)));
        assertThat(told(safe, web(0).metrics(askedInVainFor(Duration.ofMinutes(9)))))
                .isEqualTo("0..0 asleep; no data about queue, which could wake it");
        assertThat(told(safe, web(0).metrics(askedInVainFor(Duration.ofMinutes(10)))))
                .isEqualTo("1..9 woken to be safe: no data about queue for PT10M");
    }

    private static Map<ScalingMetric, MetricReading> askedInVainFor(Duration time) {
        return Map.of(
                QUEUE,
                new MetricReading(
                        OptionalDouble.empty(), LoadSeries.EMPTY, Optional.of(NOW.minus(time)), Optional.empty()));
    }

    @Test
    void aWorkerWithoutRequestsGoesByItsQueue() {
        assertThat(told(QUEUE_ALONE, web(2).metrics(queue(0)))).isEqualTo("0..0 idle for PT5M");
        assertThat(told(QUEUE_ALONE, web(2).demand(5).metrics(queue(0)))).isEqualTo("0..0 idle for PT5M");
        assertThat(told(QUEUE_ALONE, web(0).metrics(queue(30)))).isEqualTo("1..9 needed: queue 30.00");
    }

    @Test
    void whereTheMinimumIsNotZeroItChangesNothingAndSaysSo() {
        assertThat(told(REQUESTS, web(3).bounds(2, 9).demand(0).history(rest(16))))
                .isEqualTo("2..9 it may not go to 0: at least 2 replicas are wanted");
        assertThat(told(REQUESTS, web(3).bounds(0, 0).demand(9))).isEqualTo("0..0 it may not have replicas now");
    }

    /** On several clusters each target has its part of the metric; the threshold is for the whole. */
    @Test
    void thePartOfAClusterIsComparedWithThePartOfTheThreshold() {
        assertThat(told(QUEUE_ALONE, web(2).portion(0.5).metrics(queue(6)))).startsWith("1..9 needed");
        assertThat(told(QUEUE_ALONE, web(2).portion(0.5).metrics(queue(5)))).startsWith("0..0 idle");
    }

    @Test
    void asksForItsMetricAndForThePastThatItNeeds() {
        assertThat(new IdleStrategy().inputs(QUEUE_ALONE).metrics()).containsExactly(QUEUE);
        assertThat(new IdleStrategy().inputs(BOTH).metrics())
                .containsExactly(QUEUE, WakeSize.WAITING, WakeSize.RESPONSE_TIME_MILLIS);
        assertThat(new IdleStrategy().inputs(REQUESTS).metrics())
                .containsExactly(WakeSize.WAITING, WakeSize.RESPONSE_TIME_MILLIS);
        assertThat(new IdleStrategy().inputs(REQUESTS).history()).isEqualTo(Duration.ofMinutes(15));
        assertThat(new IdleStrategy()
                        .inputs(parameters(Optional.of(ON_QUEUE), true, Optional.of(Duration.ofHours(2))))
                        .history())
                .isEqualTo(Duration.ofMinutes(130));
    }

    @Test
    void parametersThatMeanNothingAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Wake(Optional.empty(), Optional.empty(), 0))
                .withMessage("wake needs a metric or a query");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parameters(Optional.empty(), false, Optional.empty()))
                .withMessageContaining("nothing would ever wake it");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parameters(Optional.empty(), true, Optional.of(Duration.ofMinutes(5))))
                .withMessageContaining("nothing to wait for");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new IdleParameters(
                        Optional.empty(), Duration.ofHours(3), Optional.empty(), true, Optional.empty()))
                .withMessage("idleAfter=PT3H, expected PT10S to PT2H");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parameters(Optional.of(ON_QUEUE), true, Optional.of(Duration.ofSeconds(5))))
                .withMessage("idleAfter=PT5M and wakeWithoutDataAfter=PT5S, expected PT10S to PT2H");
    }

    /** Bounds are narrowed only, and what is not known to rest is not stopped. */
    @Property(tries = 1000)
    void neverStopsWhatIsNotKnownToRest(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] past = new double[random.nextInt(20)];
        Arrays.setAll(past, i -> random.nextInt(12) == 0 ? (random.nextBoolean() ? Double.NaN : 1) : 0);
        OptionalDouble demand = random.nextInt(4) == 0 ? OptionalDouble.empty() : OptionalDouble.of(random.nextInt(2));
        int max = random.nextInt(1, 9);
        int min = random.nextInt(3) == 0 ? random.nextInt(max + 1) : 0;
        ScalingTarget target = web(random.nextInt(1, 9))
                .bounds(min, max)
                .demand(demand)
                .history(minutes(past))
                .build();
        Prepared prepared = new IdleStrategy()
                .prepare(
                        ScalingRequest.of(List.of(target), List.of()),
                        SimpleContext.unlimited().withParameters(REQUESTS));
        ScalingTarget after = prepared.targets().get(0);
        assertThat(after.minReplicas()).isBetween(min, max);
        assertThat(after.maxReplicas()).isBetween(after.minReplicas(), max);
        long busy = Arrays.stream(past)
                .skip(Math.max(0, past.length - 6))
                .filter(value -> value > 0)
                .count();
        if (after.maxReplicas() == 0) {
            assertThat(demand).hasValue(0);
            assertThat(min).isZero();
            assertThat(busy).isZero();
            assertThat(past.length).isGreaterThan(5);
        }
    }
}
