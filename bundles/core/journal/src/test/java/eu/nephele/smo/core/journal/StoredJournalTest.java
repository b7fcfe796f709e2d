// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.graph.DecisionHistory;
import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterSignals;
import eu.nephele.smo.api.model.ClusterSignals.ForecastPoint;
import eu.nephele.smo.api.model.EnergyProfile;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonBoolean;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.model.ServiceScaling.ServiceProfile;
import eu.nephele.smo.api.model.StrategySelection.ObjectiveWeight;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.placement.PlacementLink;
import eu.nephele.smo.api.placement.PlacementPreference;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementRequestBuilder;
import eu.nephele.smo.api.placement.PlacementResult;
import eu.nephele.smo.api.placement.PlacementResult.Placed;
import eu.nephele.smo.api.placement.PlacementResult.Quality;
import eu.nephele.smo.api.placement.PlacementService;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.scaling.ScalingResult;
import eu.nephele.smo.api.scaling.ScalingResult.Answer;
import eu.nephele.smo.api.scaling.ScalingResult.Replicas;
import eu.nephele.smo.api.scaling.ScalingTarget;
import eu.nephele.smo.core.contract.access.AccessControl;
import eu.nephele.smo.core.contract.decision.EffectiveValue;
import eu.nephele.smo.core.contract.decision.ObjectivePricing;
import eu.nephele.smo.core.contract.decision.ObjectiveTerm;
import eu.nephele.smo.core.contract.decision.PlacementOutcome;
import eu.nephele.smo.core.contract.decision.ScalingOutcome;
import eu.nephele.smo.core.contract.decision.StrategyFault;
import eu.nephele.smo.core.contract.decision.StrategyRef;
import eu.nephele.smo.core.contract.json.JsonFieldReader;
import eu.nephele.smo.core.contract.measure.MetricsRecorder;
import eu.nephele.smo.core.contract.store.DecisionRecord;
import eu.nephele.smo.core.contract.store.DecisionRecord.DecisionKind;
import eu.nephele.smo.core.contract.store.DecisionRecord.Snapshot;
import eu.nephele.smo.core.contract.store.DecisionStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StoredJournalTest {

    private static final GraphId GRAPH = new GraphId("p", "g");
    private static final ClusterId C1 = new ClusterId("sim", "c1");
    private static final ClusterId C2 = new ClusterId("sim", "c2");
    private static final ClusterId C3 = new ClusterId("sim", "c3");
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    private final MemoryStore store = new MemoryStore();
    private final StoredJournal journal = new StoredJournal(
            new StoredJournal.JournalSettings(
                    Duration.ofDays(1), 100, Duration.ofHours(1), 1000, 10, Duration.ofMinutes(5)),
            store,
            new MovesAndDistance(),
            MetricsRecorder.NONE,
            Clock.fixed(NOW, ZoneOffset.UTC));

    @AfterEach
    void end() {
        journal.close();
    }

    @Test
    void aProblemSurvivesTheJournalUnchanged() {
        PlacementRequest request = request();
        JsonObject json = new PlacementInputs().create(request).whole();
        assertThat(new PlacementInputs()
                        .create(PlacementSnapshotJson.request(json))
                        .whole())
                .isEqualTo(json);
        assertThat(PlacementSnapshotJson.request(json).clusters()).isEqualTo(request.clusters());
        assertThat(PlacementSnapshotJson.request(json).latencyMillis(0, 1)).isEqualTo(request.latencyMillis(0, 1));
        assertThat(PlacementSnapshotJson.request(json).currentReplicas(0, 1)).isEqualTo(3);
        assertThat(PlacementSnapshotJson.request(json).preferences())
                .containsExactly(new PlacementPreference(1, 2.5, "rather on c2", Set.of(0, 2)));
        assertThat(PlacementSnapshotJson.request(json).whyNotAllowed(1, 2)).isEqualTo("label zone=edge is missing");
    }

    @Test
    void theSameInputsHaveTheSameDigestAndDecisionsHaveTheirOwnIds() {
        DecisionRecord one = journal.recordOf(outcome(), 1);
        DecisionRecord other = journal.recordOf(outcome(), 1);
        assertThat(one.inputs()).isEqualTo(other.inputs());
        assertThat(one.id()).isLessThan(other.id());
        assertThat(one.reason()).isEqualTo("replace");
        assertThat(one.outcome()).isEqualTo("placed");
    }

    @Test
    void whatIsKnownOfTheClustersIsKeptOnceForManyDecisions() {
        PlacementInputs inputs = new PlacementInputs();
        Snapshot first = inputs.create(request());
        Snapshot again = inputs.create(request());
        assertThat(again.shared().orElseThrow()).isSameAs(first.shared().orElseThrow());

        PlacementRequest filled = with(
                request(), cluster -> copy(cluster, new Resources(1, 2, 3, 0, Map.of("fpga", 4L)), cluster.labels()));
        Snapshot other = inputs.create(filled);
        assertThat(other.shared()).isEqualTo(first.shared());
        assertThat(other.digest()).isNotEqualTo(first.digest());
        assertThat(PlacementSnapshotJson.request(other.whole()).clusters()).isEqualTo(filled.clusters());

        PlacementRequest labelled =
                with(request(), cluster -> copy(cluster, cluster.free(), Map.of("zone", "elsewhere")));
        Snapshot elsewhere = inputs.create(labelled);
        assertThat(elsewhere.shared()).isNotEqualTo(first.shared());
        assertThat(elsewhere.digest()).isNotEqualTo(first.digest());
        assertThat(PlacementSnapshotJson.request(elsewhere.whole()).clusters()).isEqualTo(labelled.clusters());
        assertThat(inputs.create(request())).isEqualTo(first);
    }

    /** As they were written before the shared part had a place of its own. */
    @Test
    void inputsWithEverythingInOneAreReadToo() {
        JsonObject whole = new PlacementInputs().create(request()).whole();
        List<JsonValue> clusters = new ArrayList<>();
        for (int c = 0; c < request().clusters().size(); c++) {
            ClusterCapacity cluster = request().clusters().get(c);
            clusters.add(new JsonFieldReader(whole)
                    .objects("clusters")
                    .get(c)
                    .with("free", PlacementSnapshotJson.amounts(cluster.free()))
                    .with("occupied", new JsonBoolean(cluster.occupied())));
        }
        Map<String, JsonValue> members = new LinkedHashMap<>(whole.members());
        members.remove("free");
        members.remove("occupied");
        members.put("clusters", new JsonArray(clusters));

        assertThat(PlacementSnapshotJson.request(new JsonObject(members)).clusters())
                .isEqualTo(request().clusters());
    }

    private static PlacementRequest with(PlacementRequest request, UnaryOperator<ClusterCapacity> change) {
        return new PlacementRequestBuilder(
                        request.graph(),
                        request.reason(),
                        request.services(),
                        request.clusters().stream().map(change).toList())
                .latency(0, 1, 10)
                .latency(1, 0, 10)
                .build();
    }

    private static ClusterCapacity copy(ClusterCapacity cluster, Resources free, Map<String, String> labels) {
        return new ClusterCapacity(
                cluster.id(), free, cluster.allocatable(), true, labels, cluster.energy(), cluster.signals());
    }

    @Test
    void explainsEveryClusterThatWasNotChosen() {
        DecisionRecord record = journal.recordOf(outcome(), 7);
        store.append(List.of(record));

        JsonObject explanation = journal.explain(GRAPH, record.id(), "b").orElseThrow();

        assertThat(explanation.get("cluster")).contains(new JsonString("c1"));
        assertThat(explanation.get("strategy")).contains(new JsonString("optimal"));
        assertThat(rejected(explanation, "c2")).contains("costs").contains("distance +2 ms");
        assertThat(rejected(explanation, "c3")).isEqualTo("label zone=edge is missing");
        assertThat(rejected(explanation, "c9")).isEqualTo("the cluster is not ready");
        assertThat(text(explanation)).contains("b is placed on c1 because strategy optimal 1.2.0 put it there");
    }

    @Test
    void namesTheShortResourceWhereThereIsNoCapacity() {
        DecisionRecord record = journal.recordOf(outcome(), 7);
        store.append(List.of(record));
        JsonObject explanation = journal.explain(GRAPH, record.id(), "a").orElseThrow();
        assertThat(rejected(explanation, "c3")).isEqualTo("does not fit: needs 3 cores, 0.5 free");
    }

    @Test
    void aReasonThatTheStrategyGivesIsItsOwnAndWhatItDoesNotTellIsNotGuessed() {
        Placed placed = (Placed) outcome().result();
        PlacementResult.Quality quality = new Quality(
                PlacementResult.StopReason.FINISHED, OptionalLong.empty(), OptionalLong.empty(), "keeps a third free");
        DecisionRecord record = journal.recordOf(
                with(
                        outcome(),
                        new Placed(placed.placement(), quality, Map.of("a", Map.of(C2, "its tariff ends at 14:00")))),
                7);
        store.append(List.of(record));

        JsonObject a = journal.explain(GRAPH, record.id(), "a").orElseThrow();
        assertThat(rejected(a, "c2")).isEqualTo("its tariff ends at 14:00, says optimal");
        assertThat(text(a)).contains("optimal says: keeps a third free", "its tariff ends at 14:00");
        assertThat(a.get("note")).contains(new JsonString("keeps a third free"));
        assertThat(text(a)).contains("with the others held where they are: b on c1");
    }

    @Test
    void aNormalisedDecisionIsExplainedBySharesOfRanges() {
        ObjectiveWeight half = new ObjectiveWeight(0.5, 0, true);
        PlacementOutcome plain = outcome();
        DecisionRecord record = journal.recordOf(
                new PlacementOutcome(
                        plain.request(),
                        plain.result(),
                        plain.decidedBy(),
                        false,
                        List.of(),
                        plain.effective(),
                        List.of(new ObjectiveTerm("distance", "ms", half, 0, "1.0.0", OptionalDouble.of(4))),
                        42,
                        NOW,
                        Duration.ofMillis(3)),
                7);
        store.append(List.of(record));

        assertThat(record.details().toJson()).contains("\"range\":4");
        assertThat(RecordedPlacement.from(record).weights()).containsEntry("distance", half);
        JsonObject explanation = journal.explain(GRAPH, record.id(), "b").orElseThrow();
        assertThat(explanation.get("normalised")).contains(new JsonBoolean(true));
        assertThat(explanation.get("terms").orElseThrow().toJson()).contains("\"weight\":0.5", "\"range\":4");
        // 2 units of traffic × 1 ms × 0.5 / 4
        assertThat(rejected(explanation, "c2")).isEqualTo("it costs 0.25 more (distance +2 ms)");
        assertThat(text(explanation)).contains("distance 0 ms (weight 0.5 of a range of 4)");
    }

    @Test
    void whatDecisionsShareIsReadOnceForManyExplanations() {
        DecisionRecord one = journal.recordOf(outcome(), 7);
        DecisionRecord other = journal.recordOf(outcome(), 8);
        store.append(List.of(one, other));

        assertThat(journal.explain(GRAPH, one.id(), "a")).isPresent();
        assertThat(journal.explain(GRAPH, one.id(), "b")).isPresent();
        assertThat(journal.explain(GRAPH, other.id(), "a")).isPresent();
        assertThat(store.sharedRead).hasValue(1);
    }

    @Test
    void aDecisionWhoseSharedInputsAreGoneIsNotExplained() {
        DecisionRecord record = journal.recordOf(outcome(), 7);
        Snapshot inputs = record.inputs().orElseThrow();
        ClusterSnapshotCache none = new ClusterSnapshotCache(digest -> Optional.empty());
        assertThat(none.request(inputs)).isEmpty();
        assertThat(none.bytes()).isZero();
        assertThat(new ClusterSnapshotCache(digest ->
                                Optional.of(inputs.shared().orElseThrow().content()))
                        .request(inputs)
                        .orElseThrow()
                        .clusters())
                .isEqualTo(outcome().request().clusters());
    }

    @Test
    void federationsAreKeptAsFarAsTheirPartOfTheHeapGoesAndThoseAskedForLastStay() {
        List<ForecastPoint> forecast = Collections.nCopies(24 * 2, new ForecastPoint(NOW, 100));
        List<ClusterCapacity> clusters = IntStream.range(0, 1000)
                .mapToObj(c -> new ClusterCapacity(
                        new ClusterId("sim", "c%04d".formatted(c)),
                        cores(8),
                        cores(8),
                        false,
                        Map.of(),
                        EnergyProfile.UNKNOWN,
                        new ClusterSignals(
                                OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty(), forecast)))
                .toList();
        Snapshot large = new PlacementInputs()
                .create(new PlacementRequestBuilder(
                                GRAPH,
                                DecisionReason.DEPLOY,
                                List.of(new PlacementService("a", cores(1), 1, 1)),
                                clusters)
                        .build());
        JsonObject content = large.shared().orElseThrow().content();
        List<String> read = new ArrayList<>();
        ClusterSnapshotCache known = new ClusterSnapshotCache(digest -> {
            read.add(digest);
            return Optional.of(content);
        });
        for (String digest : List.of("1", "2", "3", "1", "4", "1", "2")) {
            assertThat(known.request(
                            new Snapshot(digest, large.content(), Optional.of(new Snapshot(digest, JsonObject.EMPTY)))))
                    .isPresent();
            assertThat(known.bytes()).isBetween(1L, ClusterSnapshotCache.MOST_BYTES);
        }
        assertThat(read).containsExactly("1", "2", "3", "4", "2");
    }

    @Test
    void equalCostsAreNoReason() {
        PlacementRequest request = new PlacementRequestBuilder(
                        GRAPH,
                        DecisionReason.DEPLOY,
                        List.of(new PlacementService("a", cores(1), 1, 1)),
                        List.of(ClusterCapacity.of(C1, cores(8)), ClusterCapacity.of(C2, cores(8))))
                .build();
        DecisionRecord record = journal.recordOf(
                with(outcome(), request, new Placed(Placement.whole(Map.of("a", C1), any -> 1), Quality.HEURISTIC)), 1);
        store.append(List.of(record));

        assertThat(rejected(journal.explain(GRAPH, record.id(), "a").orElseThrow(), "c2"))
                .isEqualTo("it costs the same; the strategy optimal gives no reason");
    }

    @Test
    void capacityThatOnlyTheOthersTakeIsSaidWithTheirNames() {
        PlacementRequest request = new PlacementRequestBuilder(
                        GRAPH,
                        DecisionReason.DEPLOY,
                        List.of(
                                new PlacementService("web", cores(6), 1, 1),
                                new PlacementService("db", cores(4), 1, 1)),
                        List.of(ClusterCapacity.of(C1, cores(8)), ClusterCapacity.of(C2, cores(8))))
                .build();
        DecisionRecord record = journal.recordOf(
                with(
                        outcome(),
                        request,
                        new Placed(Placement.whole(Map.of("web", C1, "db", C2), any -> 1), Quality.HEURISTIC)),
                1);
        store.append(List.of(record));

        JsonObject db = journal.explain(GRAPH, record.id(), "db").orElseThrow();
        assertThat(rejected(db, "c1")).isEqualTo("does not fit while web stays there: needs 4 cores, 2 free");
        assertThat(db.get("heldFixed")).contains(new JsonString("web on c1"));
    }

    @Test
    void anEjectedStrategyIsRecordedAsEjected() {
        DecisionRecord record = journal.recordOf(
                new PlacementOutcome(
                        outcome().request(),
                        outcome().result(),
                        new StrategyRef(StrategyRef.PLACEMENT, "first-fit", "0.1.0"),
                        true,
                        List.of(new StrategyFault("cheapest 1.0.0", "ejected", "ejected: 3 faults in a row")),
                        List.of(),
                        List.of(),
                        1,
                        NOW,
                        Duration.ofMillis(1)),
                1);
        store.append(List.of(record));

        assertThat(text(journal.explain(GRAPH, record.id(), "a").orElseThrow()))
                .contains("It decided as a fallback: cheapest 1.0.0 is ejected: 3 faults in a row.")
                .doesNotContain("did not answer");
    }

    @Test
    void whatIsNotPlacedIsExplainedFromTheLastAttempt() {
        DecisionRecord record = journal.recordOf(
                with(
                        outcome(),
                        new PlacementResult.Infeasible(
                                Map.of(
                                        "a",
                                        Map.of(
                                                C1,
                                                "needs 3 cores, 1 free",
                                                C2,
                                                "needs 3 cores, 2 free",
                                                C3,
                                                "too small")),
                                Optional.of("one more core on c2"))),
                7);
        store.append(List.of(record));

        JsonObject a = journal.explainAttempt(GRAPH, "a").orElseThrow();
        assertThat(a.get("placed").flatMap(JsonValue::asBoolean)).contains(false);
        assertThat(rejected(a, "c2")).isEqualTo("needs 3 cores, 2 free");
        assertThat(rejected(a, "c9")).isEqualTo("the cluster is not ready");
        assertThat(text(a)).contains("a is not placed", "Required change: one more core on c2");
        JsonObject b = journal.explainAttempt(GRAPH, "b").orElseThrow();
        assertThat(rejected(b, "c1")).contains("it fits alone", "names a as what does not fit");
        assertThat(rejected(b, "c3")).isEqualTo("label zone=edge is missing");
        assertThat(journal.explainAttempt(GRAPH, "nobody")).isEmpty();
    }

    @Test
    void aRefusalIsExplainedForEveryClusterAlsoForThoseOfOneNameAndThoseThatTheStrategyDoesNotMention() {
        ClusterId namesake = new ClusterId("other", C1.name());
        PlacementRequest request = new PlacementRequestBuilder(
                        GRAPH,
                        DecisionReason.DEPLOY,
                        List.of(new PlacementService("a", cores(3), 1, 1)),
                        List.of(
                                ClusterCapacity.of(C1, cores(1)),
                                ClusterCapacity.of(namesake, cores(2)),
                                ClusterCapacity.of(C2, cores(8)),
                                ClusterCapacity.of(C3, cores(1))))
                .build();
        DecisionRecord record = journal.recordOf(
                with(
                        outcome(),
                        request,
                        new PlacementResult.Infeasible(
                                Map.of("a", Map.of(C1, "needs 3 cores, 1 free", namesake, "needs 3 cores, 2 free")),
                                Optional.empty())),
                1);
        store.append(List.of(record));

        JsonObject a = journal.explainAttempt(GRAPH, "a").orElseThrow();
        assertThat(text(a)).contains("needs 3 cores, 1 free", "needs 3 cores, 2 free");
        assertThat(rejected(a, "c2")).isEqualTo("it fits alone; the strategy optimal gives no reason");
        assertThat(rejected(a, "c3")).contains("needs 3 cores, 1 free");
        assertThat(a.get("rejected").orElseThrow().asArray().orElseThrow().stream()
                        .map(item -> item.asObject().orElseThrow())
                        .map(item -> item.get("toldByStrategy")
                                .flatMap(JsonValue::asBoolean)
                                .orElseThrow()))
                .containsExactly(true, true, false, false);
    }

    @Test
    void replicasAreExplainedToo() {
        journal.record(List.of(scaling("a", 2, new Replicas(3, "demand 9"))), 3);
        journal.close();

        JsonObject explanation = journal.explainScaling(GRAPH, "a").orElseThrow();

        assertThat(text(explanation))
                .contains(
                        "a went from 2 to 3 replicas because strategy optimal 1.0.0 said: demand 9; it saw 9 requests/s");
        assertThat(journal.explainScaling(GRAPH, "b")).isEmpty();
    }

    @Test
    void theLastDecisionsAreToldOverAllClusters() {
        journal.record(
                List.of(scaling("a", 2, new Replicas(3, "demand 9")), scaling("a", 1, new Replicas(1, "demand 9"))), 3);
        journal.close();

        DecisionHistory history =
                new JournalHistory(new AuthorizedDecisionService(journal, AccessControl.unrestricted()));

        assertThat(history.scaling(GRAPH, "a", 10, CallContext.INTERNAL))
                .singleElement()
                .satisfies(decision -> {
                    assertThat(decision.from()).isEqualTo(3);
                    assertThat(decision.to()).isEqualTo(4);
                    assertThat(decision.reason()).isEqualTo("demand 9");
                    assertThat(decision.strategy()).isEqualTo("optimal");
                });
        assertThat(history.scaling(GRAPH, "b", 10, CallContext.INTERNAL)).isEmpty();
    }

    private static PlacementOutcome with(PlacementOutcome outcome, PlacementResult result) {
        return with(outcome, outcome.request(), result);
    }

    private static PlacementOutcome with(PlacementOutcome outcome, PlacementRequest request, PlacementResult result) {
        return new PlacementOutcome(
                request,
                result,
                outcome.decidedBy(),
                outcome.fallback(),
                outcome.faults(),
                outcome.effective(),
                outcome.terms(),
                outcome.seed(),
                outcome.at(),
                outcome.duration());
    }

    @Test
    void knowsNothingOfServicesThatTheDecisionDidNotPlace() {
        DecisionRecord record = journal.recordOf(outcome(), 7);
        store.append(List.of(record));
        assertThat(journal.explain(GRAPH, record.id(), "nobody")).isEmpty();
        assertThat(journal.explain(GRAPH, "no-such-decision", "a")).isEmpty();
    }

    @Test
    void unchangedReplicasAreOneCompactRowPerGraph() {
        journal.record(
                List.of(scaling("a", 2, new Replicas(2, "enough")), scaling("b", 1, new Replicas(1, "enough"))), 3);
        journal.close();
        assertThat(store.records).singleElement().satisfies(record -> {
            assertThat(record.outcome()).isEqualTo("unchanged");
            assertThat(record.inputs()).isEmpty();
            assertThat(record.details().toJson()).doesNotContain("alpha");
        });
    }

    @Test
    void replicasThatStandAreNotedAgainAfterAWhileOnly() {
        for (int seconds = 0; seconds <= 330; seconds += 30) {
            Instant at = NOW.plusSeconds(seconds);
            journal.record(List.of(scaling("a", 2, new Replicas(2, "demand " + seconds), at)), 3);
        }
        journal.close();
        assertThat(store.records).extracting(DecisionRecord::at).containsExactly(NOW, NOW.plusSeconds(300));
    }

    @Test
    void whatIsNewAboutReplicasIsNotedEachTime() {
        Replicas two = new Replicas(2, "enough");
        journal.record(List.of(scaling("a", 2, two)), 3);
        journal.record(List.of(scaling("a", 2, new Replicas(3, "more"))), 3);
        journal.record(List.of(scaling("a", 2, two)), 3);
        journal.record(List.of(scaling("a", 2, two)), 4);
        journal.record(List.of(scaling("a", 2, two), scaling("b", 2, two)), 4);
        journal.record(List.of(scaling("a", 2, two), scaling("b", 2, new ScalingResult.Infeasible("no room"))), 4);
        journal.record(List.of(scaling("a", 2, two), scaling("b", 2, two)), 4);
        journal.record(List.of(scaling("a", 2, two, NOW.minusSeconds(600)), scaling("b", 2, two)), 4);
        journal.close();
        assertThat(store.records).hasSize(8);
    }

    @Test
    void changedReplicasSayFromWhatTheyWereDecided() {
        journal.record(List.of(scaling("a", 2, new Replicas(3, "demand 9"))), 3);
        journal.close();
        assertThat(store.records).singleElement().satisfies(record -> {
            assertThat(record.outcome()).isEqualTo("scaled");
            assertThat(record.details().toJson())
                    .contains("\"from\":2,\"to\":3")
                    .contains("\"alpha\":2")
                    .contains("\"demandPerSecond\":9");
        });
    }

    @Test
    void anOrderlyEndStoresEverythingThatWasNoted() {
        for (int i = 0; i < 500; i++) {
            journal.record(outcome(), i);
        }
        journal.close();
        assertThat(store.records).hasSize(500);
    }

    @Test
    void oldDecisionsGoByAgeAndNumber() {
        journal.prune();
        assertThat(store.prunedBefore).contains(NOW.minus(Duration.ofDays(1)));
    }

    private static String rejected(JsonObject explanation, String cluster) {
        return explanation.get("rejected").orElseThrow().asArray().orElseThrow().stream()
                .map(item -> item.asObject().orElseThrow())
                .filter(item -> item.get("cluster").equals(Optional.of(new JsonString(cluster))))
                .map(item -> item.get("reason").flatMap(JsonValue::asString).orElseThrow())
                .findFirst()
                .orElseThrow();
    }

    private static String text(JsonObject explanation) {
        return explanation.get("text").orElseThrow().toJson();
    }

    private static PlacementRequest request() {
        List<PlacementService> services =
                List.of(new PlacementService("a", cores(1), 3, 1), new PlacementService("b", cores(1), 1, 1));
        List<ClusterCapacity> clusters = List.of(
                ClusterCapacity.of(C2, cores(8)),
                ClusterCapacity.of(C1, cores(8)),
                ClusterCapacity.of(C3, new Resources(500, Long.MAX_VALUE, 0, 0)));
        return new PlacementRequestBuilder(GRAPH, DecisionReason.REPLACE, services, clusters)
                .forbid(1, 2, "label zone=edge is missing")
                .link(new PlacementLink(0, 1, 2, OptionalDouble.of(50)))
                .latency(0, 1, 10)
                .latency(1, 0, 10)
                .apart(0, 1)
                .preference(new PlacementPreference(1, 2.5, "rather on c2", Set.of(0, 2)))
                .current(Placement.whole(Map.of("a", C2), service -> 3))
                .build();
    }

    private static PlacementOutcome outcome() {
        List<PlacementService> services =
                List.of(new PlacementService("a", cores(1), 3, 1), new PlacementService("b", cores(1), 1, 1));
        PlacementRequest request = new PlacementRequestBuilder(
                        GRAPH, DecisionReason.REPLACE, services, request().clusters())
                .forbid(1, 2, "label zone=edge is missing")
                .unavailable(new ClusterId("sim", "c9"), "the cluster is not ready")
                .link(new PlacementLink(0, 1, 2, OptionalDouble.empty()))
                .build();
        PlacementResult result = new Placed(
                Placement.whole(Map.of("a", C1, "b", C1), service -> service.equals("a") ? 3 : 1), Quality.HEURISTIC);
        return new PlacementOutcome(
                request,
                result,
                new StrategyRef(StrategyRef.PLACEMENT, "optimal", "1.2.0"),
                false,
                List.of(),
                List.of(new EffectiveValue("strategy", new JsonString("optimal"), "configuration")),
                List.of(new ObjectiveTerm("distance", "ms", ObjectiveWeight.of(1), 0)),
                42,
                NOW,
                Duration.ofMillis(3));
    }

    private static ScalingOutcome scaling(String service, int replicas, Answer answer) {
        return scaling(service, replicas, answer, NOW);
    }

    private static ScalingOutcome scaling(String service, int replicas, Answer answer, Instant at) {
        ScalingTarget target = ScalingTarget.builder(GRAPH, service, C1)
                .perReplica(cores(1))
                .replicas(replicas)
                .bounds(1, 5)
                .demand(OptionalDouble.of(9))
                .profile(new ServiceProfile(2, 0))
                .sinceLastChange(Duration.ZERO)
                .build();
        return new ScalingOutcome(
                target,
                answer,
                new StrategyRef(StrategyRef.SCALING, "optimal", "1.0.0"),
                false,
                List.of(),
                List.of(),
                at,
                Duration.ofMillis(1));
    }

    private static Resources cores(int cores) {
        return new Resources(cores * 1000L, 0, 0, 0);
    }

    /** Prices distance only: 1 ms between any two clusters. */
    private static final class MovesAndDistance implements ObjectivePricing {
        @Override
        public PlacementRequest withCosts(PlacementRequest request, Map<String, ObjectiveWeight> weights) {
            return request;
        }

        @Override
        public List<Priced> price(PlacementRequest request, Map<String, ObjectiveWeight> weights) {
            return List.of(new Priced() {
                @Override
                public String objective() {
                    return "distance";
                }

                @Override
                public String unit() {
                    return "ms";
                }

                @Override
                public ObjectiveWeight weight() {
                    return weights.getOrDefault("distance", ObjectiveWeight.of(0));
                }

                @Override
                public OptionalDouble range() {
                    return weight().normalised() ? OptionalDouble.of(4) : OptionalDouble.empty();
                }

                @Override
                public double assign(int service, int cluster) {
                    return 0;
                }

                @Override
                public double open(int cluster) {
                    return 0;
                }

                @Override
                public double distance(int from, int to) {
                    return from == to ? 0 : 1;
                }
            });
        }
    }

    private static final class MemoryStore implements DecisionStore {

        private final List<DecisionRecord> records = new CopyOnWriteArrayList<>();
        private final AtomicInteger sharedRead = new AtomicInteger();
        private Optional<Instant> prunedBefore = Optional.empty();

        @Override
        public void append(List<DecisionRecord> more) {
            records.addAll(more);
        }

        @Override
        public Optional<DecisionRecord> find(GraphId graph, String id) {
            return records.stream().filter(record -> record.id().equals(id)).findFirst();
        }

        @Override
        public Optional<DecisionRecord> findWithoutSharedInputs(GraphId graph, String id) {
            return find(graph, id)
                    .map(record -> with(
                            record,
                            record.inputs()
                                    .map(inputs -> new Snapshot(
                                            inputs.digest(),
                                            inputs.content(),
                                            inputs.shared()
                                                    .map(shared -> new Snapshot(shared.digest(), JsonObject.EMPTY))))));
        }

        @Override
        public Optional<JsonObject> sharedInputs(String digest) {
            sharedRead.incrementAndGet();
            return records.stream()
                    .flatMap(record -> record.inputs().stream())
                    .flatMap(inputs -> inputs.shared().stream())
                    .filter(shared -> shared.digest().equals(digest))
                    .map(Snapshot::content)
                    .findFirst();
        }

        @Override
        public List<DecisionRecord> listWithoutInputs(GraphId graph, Query query) {
            return list(graph, query).stream()
                    .map(record -> with(record, Optional.empty()))
                    .toList();
        }

        @Override
        public Optional<DecisionRecord> latestWithoutInputs(GraphId graph, DecisionRecord.DecisionKind kind) {
            return listWithoutInputs(graph, new Query(Optional.of(kind), Optional.empty(), 1)).stream()
                    .findFirst();
        }

        private static DecisionRecord with(DecisionRecord record, Optional<Snapshot> inputs) {
            return new DecisionRecord(
                    record.id(),
                    record.kind(),
                    record.graph(),
                    record.generation(),
                    record.at(),
                    record.reason(),
                    record.strategy(),
                    record.outcome(),
                    record.fallback(),
                    record.duration(),
                    inputs,
                    record.details());
        }

        @Override
        public List<DecisionRecord> list(GraphId graph, Query query) {
            return records.stream()
                    .filter(record -> query.kind()
                            .map(DecisionKind::name)
                            .orElse(record.kind().name())
                            .equals(record.kind().name()))
                    .limit(query.limit())
                    .toList();
        }

        @Override
        public List<DecisionRecord> list(Range range, int limit) {
            return records.stream()
                    .filter(record ->
                            !record.at().isBefore(range.from()) && record.at().isBefore(range.until()))
                    .limit(limit)
                    .toList();
        }

        @Override
        public long count() {
            return records.size();
        }

        @Override
        public long prune(Instant before, long maximum) {
            prunedBefore = Optional.of(before);
            return 0;
        }
    }
}
