// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.model.StrategySelection.ObjectiveWeight;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.placement.PlacementObjective;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementRequestBuilder;
import eu.nephele.smo.api.placement.PlacementResult.Placed;
import eu.nephele.smo.api.placement.PlacementResult.Quality;
import eu.nephele.smo.api.placement.PlacementService;
import eu.nephele.smo.api.placement.PlacementStrategy;
import eu.nephele.smo.api.scaling.ScalingRequest;
import eu.nephele.smo.core.contract.decision.DecisionTrials;
import eu.nephele.smo.core.contract.decision.ObjectiveTerm;
import eu.nephele.smo.core.contract.decision.PlacementOutcome;
import eu.nephele.smo.core.contract.decision.StrategyRef;
import eu.nephele.smo.core.contract.json.JsonFieldReader;
import eu.nephele.smo.core.contract.measure.MetricsRecorder;
import eu.nephele.smo.core.contract.store.DecisionRecord;
import eu.nephele.smo.core.store.Stores;
import eu.nephele.smo.core.strategies.StrategyModule;
import eu.nephele.smo.core.strategies.settings.StrategySettings;
import eu.nephele.smo.placement.greedy.GreedyStrategy;
import eu.nephele.smo.placement.objectives.MovesObjective;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Explanations of placed services, by the strategy that decided and for shares of divided services. */
class PlacedAnewTest {

    private static final GraphId GRAPH = new GraphId("p", "g");
    private static final ClusterId C1 = new ClusterId("sim", "c1");
    private static final ClusterId C2 = new ClusterId("sim", "c2");
    private static final ClusterId C3 = new ClusterId("sim", "c3");
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    private Stores stores;
    private StrategyModule live;
    private StoredJournal journal;

    @BeforeEach
    void open() throws SQLException {
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        stores = Stores.inMemory("anew" + System.nanoTime());
        live = StrategyModule.create(() -> StrategySettings.DEFAULTS, clock, MetricsRecorder.NONE);
        live.registry()
                .add(new GreedyStrategy(), Map.of(PlacementStrategy.ID, "greedy", PlacementStrategy.VERSION, "1.0.0"));
        live.registry()
                .add(
                        new MovesObjective(),
                        Map.of(PlacementObjective.NAME, "moves", PlacementStrategy.VERSION, "1.0.0"));
        journal = new StoredJournal(
                new StoredJournal.JournalSettings(
                        Duration.ofDays(1), 1000, Duration.ofHours(1), 1000, 10, Duration.ZERO),
                stores.decisions(),
                live.pricing(),
                Optional.of(live.catalog()),
                Optional.of(live.trials()),
                MetricsRecorder.NONE,
                clock);
    }

    @AfterEach
    void close() {
        journal.close();
        live.close();
        stores.close();
    }

    /** The cluster that has no room while the other service stays has it once that one moves, and that is said with its price. */
    @Test
    void aClusterWithoutRoomForOneServiceAloneIsPricedWithTheOthersElsewhere() {
        JsonObject db = explain(placed(webAndDb(), "greedy"), "db");
        JsonObject onC1 = rejected(db, "c1");
        assertThat(onC1.get("reason").flatMap(JsonValue::asString))
                .contains("does not fit while web stays there: needs 4 cores, 2 free");
        JsonObject anew = onC1.get("placedAnew").flatMap(JsonValue::asObject).orElseThrow();
        assertThat(number(anew, "cost")).isEqualTo(2);
        assertThat(number(anew, "costDifference")).isEqualTo(2);
        assertThat(anew.get("proven").flatMap(JsonValue::asBoolean)).contains(false);
        assertThat(anew.get("moves").flatMap(JsonValue::asArray).orElseThrow())
                .singleElement()
                .satisfies(move -> {
                    JsonObject shift = move.asObject().orElseThrow();
                    assertThat(shift.get("service").flatMap(JsonValue::asString))
                            .contains("web");
                    assertThat(shift.get("from").flatMap(JsonValue::asString)).contains("c1");
                    assertThat(shift.get("to").flatMap(JsonValue::asString)).contains("c2");
                });
        assertThat(text(db)).contains("With the rest placed anew the graph would cost 2 more: web from c1 to c2.");
    }

    @Test
    void aClusterThatIsTooSmallOrForbiddenIsNotTried() {
        JsonObject web = explain(placed(webAndDb(), "greedy"), "web");
        assertThat(rejected(web, "c3").get("placedAnew")).isEmpty();
        assertThat(rejected(web, "c3").get("notPlacedAnew")).isEmpty();
    }

    @Test
    void aStrategyThatIsGoneIsSaid() {
        JsonObject db = explain(placed(webAndDb(), "former"), "db");
        assertThat(rejected(db, "c1").get("placedAnew")).isEmpty();
        assertThat(rejected(db, "c1")
                        .get("notPlacedAnew")
                        .flatMap(JsonValue::asString)
                        .orElseThrow())
                .contains("version 1.0.0 is not installed");
        assertThat(text(db)).contains("The rest was not placed anew with it on c1: no answer");
    }

    @Test
    void aRestThatDoesNotFitIsSaid() {
        PlacementRequest request = problem(service("web", 6), service("db", 4));
        PlacementRequest narrow = builder(List.of(service("web", 6), service("db", 4)))
                .forbid(0, 1, "not there")
                .current(placement())
                .build();
        assertThat(rejected(explain(placed(narrow, "greedy"), "db"), "c1")
                        .get("notPlacedAnew")
                        .flatMap(JsonValue::asString))
                .contains("the strategy finds no placement with it there");
        assertThat(rejected(explain(placed(request, "greedy"), "db"), "c1").get("placedAnew"))
                .isPresent();
    }

    @Test
    void whenTheTimeIsOverTheOtherClustersKeepTheFormerReading() {
        assertThat(cutShort(false).values().stream().map(PlacedAnew::why))
                .contains("500 ms for all clusters were over");
    }

    @Test
    void whereLiveDecisionsWaitThatIsSaid() {
        assertThat(cutShort(true).values().stream().map(PlacedAnew::why)).contains("live decisions go first");
    }

    /** Only the first cluster is looked at. */
    private Map<ClusterId, PlacedAnew> cutShort(boolean gaveWay) {
        DecidedPlacement decided = decided(webAndDb());
        DecisionTrials slow = new DecisionTrials() {
            @Override
            public PlacementTrial place(PlacementRequest request, TrialSettings settings) {
                return live.trials().place(request, settings);
            }

            @Override
            public VariantTrials placeVariants(
                    PlacementRequest problem, List<PlacementRequest> variants, TrialSettings settings) {
                assertThat(settings.budgetMillis()).isEqualTo(PlacementTrialRunner.BUDGET_MILLIS);
                return new VariantTrials(
                        live.trials()
                                .placeVariants(problem, variants.subList(0, 1), settings)
                                .trials(),
                        gaveWay);
            }

            @Override
            public ScalingTrial scale(ScalingRequest request, TrialSettings settings) {
                return live.trials().scale(request, settings);
            }

            @Override
            public boolean crowded() {
                return false;
            }
        };
        Map<ClusterId, PlacedAnew> results = new PlacementTrialRunner(Optional.of(slow))
                .run(
                        decided,
                        new AlternativeClusters(decided.request(), decided.placement(), decided.priced())
                                .list(1).stream()
                                        .filter(alternative ->
                                                !alternative.cluster().equals(C2))
                                        .toList());
        assertThat(results).containsOnlyKeys(C1, C3);
        assertThat(results.values().stream().filter(anew -> anew.plan().isPresent()))
                .hasSize(1);
        return results;
    }

    @Test
    void everyShareOfADividedServiceIsExplained() {
        PlacementRequest request = builder(List.of(new PlacementService("web", cores(2), 3, 2), service("db", 4)))
                .build();
        Placement divided = new Placement(
                Map.of("web", List.of(new Share(C1, 2), new Share(C2, 1)), "db", List.of(new Share(C2, 1))));
        JsonObject web = explain(recorded(request, divided, "greedy"), "web");
        JsonArray shares = (JsonArray) web.get("shares").orElseThrow();
        assertThat(shares.items().stream()
                        .map(share -> share.asObject().orElseThrow())
                        .map(share -> share.get("cluster")
                                        .flatMap(JsonValue::asString)
                                        .orElseThrow()
                                + number(share, "replicas")))
                .containsExactly("c12.0", "c21.0");
        assertThat(text(web))
                .contains(
                        "web is placed on c1 (2 replicas) and c2 (1 replica) because strategy greedy",
                        "Its replicas are divided: over at least 2 clusters, in equal shares.",
                        "Elsewhere one share is looked at alone");
        // the single replica has room there, both others would not
        JsonObject onC3 = rejected(web, "c3");
        assertThat(onC3.get("possible").flatMap(JsonValue::asBoolean)).contains(true);
        assertThat(onC3.get("movedFrom").flatMap(JsonValue::asString)).contains("c2");
        assertThat(onC3.get("notPlacedAnew").flatMap(JsonValue::asString).orElseThrow())
                .contains("its replicas are divided");
    }

    private static PlacementService service(String id, int cores) {
        return new PlacementService(id, cores(cores), 1, 1);
    }

    private static Resources cores(int cores) {
        return new Resources(1000L * cores, 0, 0, 0);
    }

    private static PlacementRequestBuilder builder(List<PlacementService> services) {
        return new PlacementRequestBuilder(
                GRAPH,
                DecisionReason.REPLACE,
                services,
                List.of(
                        ClusterCapacity.of(C1, cores(8)),
                        ClusterCapacity.of(C2, cores(8)),
                        ClusterCapacity.of(C3, cores(3))));
    }

    private static PlacementRequest problem(PlacementService... services) {
        return builder(List.of(services)).current(placement()).build();
    }

    private static PlacementRequest webAndDb() {
        return builder(List.of(service("web", 6), new PlacementService("db", cores(4), 1, 1)))
                .current(placement())
                .build();
    }

    private static Placement placement() {
        return Placement.whole(Map.of("web", C1, "db", C2), any -> 1);
    }

    private DecidedPlacement decided(PlacementRequest request) {
        PlacementRequest small = builder(List.of(service("web", 6), service("db", 2)))
                .current(placement())
                .build();
        return new DecidedPlacement(
                journal.recordOf(outcome(small, placement(), "greedy"), 1),
                small,
                placement(),
                live.pricing().price(request, Map.of("moves", ObjectiveWeight.of(1))),
                1);
    }

    private DecisionRecord placed(PlacementRequest request, String strategy) {
        return recorded(request, placement(), strategy);
    }

    private DecisionRecord recorded(PlacementRequest request, Placement placement, String strategy) {
        DecisionRecord record = journal.recordOf(outcome(request, placement, strategy), 1);
        stores.decisions().append(List.of(record));
        return record;
    }

    private static PlacementOutcome outcome(PlacementRequest request, Placement placement, String strategy) {
        return new PlacementOutcome(
                request,
                new Placed(placement, Quality.HEURISTIC),
                new StrategyRef(StrategyRef.PLACEMENT, strategy, "1.0.0"),
                false,
                List.of(),
                List.of(),
                List.of(new ObjectiveTerm("moves", "moves", ObjectiveWeight.of(1), 0)),
                1,
                NOW,
                Duration.ofMillis(1));
    }

    private JsonObject explain(DecisionRecord record, String service) {
        return journal.explain(GRAPH, record.id(), service).orElseThrow();
    }

    private static JsonObject rejected(JsonObject explanation, String cluster) {
        return explanation.get("rejected").flatMap(JsonValue::asArray).orElseThrow().stream()
                .map(item -> item.asObject().orElseThrow())
                .filter(item -> item.get("cluster")
                        .flatMap(JsonValue::asString)
                        .orElse("")
                        .equals(cluster))
                .findFirst()
                .orElseThrow();
    }

    private static double number(JsonObject object, String name) {
        return new JsonFieldReader(object).decimal(name);
    }

    private static String text(JsonObject explanation) {
        return String.join(
                "\n",
                explanation.get("text").flatMap(JsonValue::asArray).orElseThrow().stream()
                        .map(line -> line.asString().orElseThrow())
                        .toList());
    }
}
