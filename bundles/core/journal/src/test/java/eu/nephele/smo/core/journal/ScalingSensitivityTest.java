// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.model.ServiceScaling.ServiceProfile;
import eu.nephele.smo.api.model.StrategySelection;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.scaling.DemandForecast;
import eu.nephele.smo.api.scaling.LoadSeries;
import eu.nephele.smo.api.scaling.ScalingMetric;
import eu.nephele.smo.api.scaling.ScalingRequest;
import eu.nephele.smo.api.scaling.ScalingStrategy;
import eu.nephele.smo.api.scaling.ScalingTarget;
import eu.nephele.smo.api.scaling.ScalingTarget.MetricReading;
import eu.nephele.smo.api.scaling.ServiceLoad;
import eu.nephele.smo.core.contract.decision.ScalingItem;
import eu.nephele.smo.core.contract.decision.SourcedSelection;
import eu.nephele.smo.core.contract.json.StrictJson;
import eu.nephele.smo.core.contract.measure.MetricsRecorder;
import eu.nephele.smo.core.contract.shadow.SensitivityService.ScalingInput;
import eu.nephele.smo.core.contract.shadow.SensitivityService.ScalingSweep;
import eu.nephele.smo.core.contract.shadow.SensitivityService.SweepRange;
import eu.nephele.smo.core.contract.store.DecisionStore;
import eu.nephele.smo.core.store.Stores;
import eu.nephele.smo.core.strategies.StrategyModule;
import eu.nephele.smo.core.strategies.settings.StrategySettings;
import eu.nephele.smo.scaling.optimal.OptimalScalingStrategy;
import eu.nephele.smo.scaling.threshold.ThresholdStrategy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** "web" serves 10 requests per second and replica and gets 35, "db" 10 and gets 15; both begin with one replica. */
class ScalingSensitivityTest {

    private static final GraphId GRAPH = new GraphId("p", "g");
    private static final ClusterId CLUSTER = new ClusterId("sim", "c1");
    private static final Instant THEN = Instant.parse("2026-11-20T10:00:00Z");

    private static final String RULE =
            "{\"upPerSecond\": 30, \"downPerSecond\": 5, \"upReplicas\": 4, \"downReplicas\": 1}";

    private Stores stores;
    private StrategyModule live;
    private StoredJournal journal;

    @BeforeEach
    void open() throws Exception {
        stores = Stores.inMemory("scaling-sensitivity" + System.nanoTime());
        live = StrategyModule.create(() -> StrategySettings.DEFAULTS, Clock.systemUTC(), MetricsRecorder.NONE);
        live.registry()
                .add(
                        new OptimalScalingStrategy(),
                        Map.of(ScalingStrategy.ID, "optimal", ScalingStrategy.VERSION, "1.0.0"));
        live.registry()
                .add(
                        new ThresholdStrategy(),
                        Map.of(ScalingStrategy.ID, "threshold", ScalingStrategy.VERSION, "1.0.0"));
        journal = new StoredJournal(
                new StoredJournal.JournalSettings(
                        Duration.ofDays(1), 1000, Duration.ofHours(1), 1000, 200, Duration.ZERO),
                stores.decisions(),
                live.pricing(),
                Optional.of(live.catalog()),
                Optional.empty(),
                MetricsRecorder.NONE,
                Clock.systemUTC());
        live.observers().add(journal);
    }

    @AfterEach
    void close() {
        journal.close();
        live.close();
        stores.close();
    }

    private static ScalingItem item(String service, int replicas, double demand) {
        return item(service, replicas, demand, "optimal");
    }

    private static ScalingItem item(String service, int replicas, double demand, String strategy) {
        ScalingTarget target = ScalingTarget.builder(GRAPH, service, CLUSTER)
                .perReplica(new Resources(1000, 0, 0, 0))
                .replicas(replicas)
                .bounds(1, 8)
                .demand(demand)
                .profile(new ServiceProfile(10, 0))
                .sinceLastChange(Duration.ofHours(1))
                .build();
        StrategySelection wish = new StrategySelection(
                Optional.of(strategy),
                Optional.empty(),
                StrictJson.parseObject(strategy.equals("optimal") ? "{\"wUtil\": 0.4}" : RULE),
                false,
                Optional.empty(),
                OptionalInt.empty());
        return new ScalingItem(target, List.of(new SourcedSelection("descriptor", wish)));
    }

    private void decided(int webReplicas, int dbReplicas) {
        decided(List.of(item("db", dbReplicas, 15), item("web", webReplicas, 35)));
    }

    private void decided(List<ScalingItem> items) {
        ClusterCapacity room = ClusterCapacity.of(CLUSTER, new Resources(1_000_000, 1L << 40, 0, 0));
        journal.record(live.scaling().decide(items, List.of(room)), 1);
    }

    private ScalingSensitivity sensitivity(LongSupplier nanoTime) {
        return new ScalingSensitivity(stores.decisions(), live.catalog(), new SweepTurns(live.trials(), nanoTime));
    }

    private JsonNode swept(ScalingSweep sweep) {
        journal.close();
        return StrictJson.node(sensitivity(System::nanoTime).sweep(GRAPH, sweep).orElseThrow());
    }

    private static ScalingSweep factor(ScalingInput input, double from, double to, int steps, String service) {
        return new ScalingSweep(
                input,
                "",
                new SweepRange(from, to, steps),
                Optional.of(service).filter(named -> !named.isEmpty()),
                Optional.empty(),
                Optional.empty());
    }

    /** Of a service at each value. */
    private static List<Integer> replicas(JsonNode answer, String service) {
        int place = answer.at("/places/0/service").asText().equals(service) ? 0 : 1;
        return answer.path("points").findValues("answers").stream()
                .map(answers -> answers.path(place).path("replicas").asInt(-1))
                .toList();
    }

    @Test
    void moreDemandNeedsMoreReplicasOfThatService() {
        decided(1, 1);

        JsonNode answer = swept(factor(ScalingInput.DEMAND, 0, 2, 5, "web"));

        assertThat(replicas(answer, "web")).containsExactly(1, 2, 4, 6, 7);
        assertThat(replicas(answer, "db")).as("its demand is the same").containsOnly(2);
        assertThat(answer.path("breaks"))
                .extracting(change -> change.path("service").asText() + " " + change.path("after") + " "
                        + change.path("from") + " " + change.path("to"))
                .startsWith("web 0.0 1 2", "web 0.5 2 4");
        assertThat(answer.path("complete").asBoolean()).isTrue();
        assertThat(answer.path("input").asText()).isEqualTo("demand");
        assertThat(answer.path("places"))
                .extracting(place -> place.path("demandPerSecond").asDouble())
                .containsExactly(15.0, 35.0);
        assertThat(stores.decisions().count()).as("nothing is kept of it").isEqualTo(1);
    }

    @Test
    void strongerReplicasAreFewer() {
        decided(1, 1);

        JsonNode answer = swept(factor(ScalingInput.CAPACITY, 0.5, 2, 4, ""));

        assertThat(replicas(answer, "web")).containsExactly(7, 4, 3, 2);
        assertThat(replicas(answer, "db")).containsExactly(3, 2, 1, 1);
    }

    @Test
    void aParameterVariesForAllServices() {
        decided(1, 1);

        JsonNode answer = swept(new ScalingSweep(
                ScalingInput.PARAMETER,
                "utilization",
                new SweepRange(0.5, 1, 2),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));

        assertThat(replicas(answer, "web")).containsExactly(7, 4);
        assertThat(replicas(answer, "db")).containsExactly(3, 2);
        assertThat(answer.at("/parameters/wUtil").asDouble()).isEqualTo(0.4);
    }

    @Test
    void whatTheStrategyDoesNotKnowIsSaidAtEachValue() {
        decided(1, 1);

        JsonNode answer = swept(new ScalingSweep(
                ScalingInput.PARAMETER,
                "utilization",
                new SweepRange(1, 2, 2),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));

        assertThat(answer.at("/points/0/answers")).hasSize(2);
        assertThat(answer.at("/points/1/answers")).isEmpty();
        assertThat(answer.at("/points/1/message").asText()).contains("utilization");
    }

    @Test
    void anotherStrategyMayDecide() {
        decided(1, 1);

        JsonNode answer = swept(new ScalingSweep(
                ScalingInput.DEMAND,
                "",
                new SweepRange(1, 2, 2),
                Optional.empty(),
                Optional.of("threshold"),
                Optional.empty()));

        assertThat(answer.at("/strategy/id").asText()).isEqualTo("threshold");
        assertThat(answer.path("parameters").has("wUtil")).as("another one's").isFalse();
        assertThatThrownBy(() -> swept(new ScalingSweep(
                        ScalingInput.DEMAND,
                        "",
                        new SweepRange(1, 2, 2),
                        Optional.empty(),
                        Optional.of("magic"),
                        Optional.empty())))
                .isInstanceOfSatisfying(SmoException.class, refused -> assertThat(refused.violations())
                        .singleElement()
                        .satisfies(violation -> assertThat(violation.toString()).contains("magic")));
    }

    @Test
    void theNewestDecisionThatChangedReplicasIsUsual() {
        decided(1, 1);
        decided(4, 2);
        journal.close();
        assertThat(stores.decisions().count()).isEqualTo(2);

        assertThat(replicas(swept(factor(ScalingInput.DEMAND, 1, 2, 2, "web")), "web"))
                .startsWith(4);
        ScalingSensitivity sensitivity = sensitivity(System::nanoTime);
        assertThat(sensitivity.sweep(GRAPH, factor(ScalingInput.DEMAND, 1, 2, 2, "none")))
                .isEmpty();
        assertThat(sensitivity.sweep(new GraphId("p", "other"), factor(ScalingInput.DEMAND, 1, 2, 2, "")))
                .isEmpty();
    }

    @Test
    void aServiceWithAnotherStrategyIsNamedAndCanBeAskedFor() {
        decided(List.of(item("db", 1, 15, "threshold"), item("web", 1, 35, "optimal"), item("xy", 1, 40, "threshold")));

        JsonNode ofDb = swept(factor(ScalingInput.DEMAND, 1, 4, 4, "db"));
        assertThat(replicas(ofDb, "db")).containsExactly(1, 1, 4, 4);
        assertThat(ofDb.path("omitted").toString()).isEqualTo("[\"web\"]");
        JsonNode ofWeb = swept(new ScalingSweep(
                ScalingInput.PARAMETER,
                "utilization",
                new SweepRange(0.5, 1, 2),
                Optional.of("web"),
                Optional.empty(),
                Optional.empty()));
        assertThat(replicas(ofWeb, "web")).containsExactly(7, 4);
        assertThat(ofWeb.path("omitted").toString()).isEqualTo("[\"db\",\"xy\"]");
    }

    @Test
    void decisionsThatChangedNothingArePassedOverHoweverMany() {
        decided(1, 1);
        for (int i = 0; i < 25; i++) {
            decided(4 + i % 2, 2);
        }
        journal.close();

        JsonNode answer = swept(factor(ScalingInput.DEMAND, 1, 2, 2, ""));

        assertThat(answer.path("places")).hasSize(2);
        DecisionStore.Query withInputs = new DecisionStore.Query(Optional.empty(), Optional.empty(), 100, true);
        assertThat(stores.decisions().listWithoutInputs(GRAPH, withInputs))
                .as("those that changed something")
                .hasSizeLessThan((int) stores.decisions().count())
                .first()
                .satisfies(
                        newest -> assertThat(answer.path("decision").asText()).isEqualTo(newest.id()));
    }

    @Test
    void anAnswerThatWouldFillTheMemoryIsRefused() {
        List<ScalingItem> many = new ArrayList<>();
        for (int i = 0; i < 1 + ScalingSensitivity.MOST_ANSWERS / SweepRange.MOST_STEPS; i++) {
            many.add(item("s%03d".formatted(i), 1, 15));
        }
        decided(many);
        journal.close();
        ScalingSensitivity sensitivity = sensitivity(System::nanoTime);

        assertThatThrownBy(() -> sensitivity.sweep(GRAPH, factor(ScalingInput.DEMAND, 1, 2, SweepRange.MOST_STEPS, "")))
                .isInstanceOfSatisfying(SmoException.class, refused -> {
                    assertThat(refused.kind()).isEqualTo(SmoException.Kind.INVALID);
                    assertThat(refused.violations().toString()).contains("ask for fewer steps");
                });
    }

    @Test
    void whatIsNotDecidedWithinTheTimeIsLeftOut() {
        decided(1, 1);
        journal.close();
        AtomicLong clock = new AtomicLong();

        JsonNode answer = StrictJson.node(sensitivity(() -> clock.getAndAdd(TimeUnit.SECONDS.toNanos(6)))
                .sweep(GRAPH, factor(ScalingInput.DEMAND, 0, 2, 6, ""))
                .orElseThrow());

        assertThat(answer.path("points")).hasSize(3);
        assertThat(answer.path("message").asText()).contains("after 3 of 6 values");
    }

    /** A strategy that looks at the past, a metric or a forecast is shown the same factor there. */
    @Test
    void demandVariesWhereverItIsSeen() {
        LoadSeries past = LoadSeries.of(THEN, Duration.ofMinutes(1), 1, 2);
        ScalingMetric queue = ScalingMetric.named("queue");
        ScalingTarget target = ScalingTarget.builder(GRAPH, "web", CLUSTER)
                .demand(10)
                .history(past)
                .metrics(Map.of(queue, MetricReading.of(4, past)))
                .build();
        DemandForecast forecast = new DemandForecast(
                THEN,
                Duration.ofMinutes(1),
                new double[] {0.5, 0.9},
                new float[][] {{1, 2}, {3, 4}},
                new DemandForecast.Quality(true, 1, 2, ""),
                List.of(),
                5);
        ScalingRequest recorded = ScalingRequest.of(
                List.of(target),
                List.of(ClusterCapacity.of(CLUSTER, new Resources(1000, 0, 0, 0))),
                List.of(
                        new ServiceLoad(GRAPH, "api", OptionalDouble.of(7), Optional.empty()),
                        new ServiceLoad(GRAPH, "web", OptionalDouble.of(10), Optional.of(forecast))));
        VariedScaling varied = new VariedScaling(
                GRAPH, factor(ScalingInput.DEMAND, 1, 3, 2, "web"), recorded, StrictJson.parseObject("{\"a\":1}"));

        ScalingRequest tripled = varied.request(3);

        ScalingTarget busier = tripled.targets().get(0);
        assertThat(busier.demandPerSecond()).hasValue(30);
        assertThat(busier.history().values()).containsExactly(3, 6);
        assertThat(busier.metric(queue).now()).hasValue(12);
        assertThat(busier.metric(queue).history().values()).containsExactly(3, 6);
        assertThat(tripled.load(GRAPH, "api").orElseThrow().demandPerSecond()).hasValue(7);
        ServiceLoad load = tripled.load(GRAPH, "web").orElseThrow();
        assertThat(load.demandPerSecond()).hasValue(30);
        DemandForecast more = load.forecast().orElseThrow();
        assertThat(more.value(1, 0)).isEqualTo(9, within(1e-6));
        assertThat(more.elsewhere()).isEqualTo(15);
        assertThat(varied.request(1).targets()).isEqualTo(recorded.targets());
        assertThat(varied.parameters(3)).isEqualTo(StrictJson.parseObject("{\"a\":1}"));
    }
}
