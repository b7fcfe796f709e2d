// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.json.StrictJson;
import eu.nephele.smo.core.contract.store.DecisionRecord;
import eu.nephele.smo.core.contract.store.DecisionRecord.DecisionKind;
import eu.nephele.smo.core.contract.store.DecisionRecord.Snapshot;
import eu.nephele.smo.core.contract.store.DecisionStore;
import eu.nephele.smo.core.contract.store.DecisionStore.Query;
import eu.nephele.smo.core.contract.store.DecisionStore.Range;
import eu.nephele.smo.core.contract.store.TransactionalWrites;
import eu.nephele.smo.core.store.TestDatabase.Opened;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Decisions, on every database. */
abstract class DecisionStoreContract {

    private static final GraphId GRAPH = Samples.graph("g");
    private static final Optional<Snapshot> INPUTS = Optional.of(Samples.snapshot("c1"));
    private static final Query ALL = new Query(Optional.empty(), Optional.empty(), 1000);

    private final TestDatabase kind;
    private Opened database;
    private DecisionStore decisions;

    DecisionStoreContract(TestDatabase kind) {
        this.kind = kind;
    }

    @BeforeEach
    void open() {
        database = kind.empty();
        decisions = database.stores().decisions();
    }

    private static List<DecisionRecord> several(int count, Optional<Snapshot> inputs) {
        return IntStream.range(0, count)
                .mapToObj(number -> Samples.decision(GRAPH, number, inputs))
                .toList();
    }

    @Test
    void keepsEveryField() {
        DecisionRecord with = Samples.decision(GRAPH, 1, INPUTS);
        DecisionRecord without = Samples.decision(GRAPH, 2, Optional.empty());
        decisions.append(List.of(with, without));

        assertThat(decisions.find(GRAPH, with.id())).contains(with);
        assertThat(decisions.find(GRAPH, without.id())).contains(without);
        assertThat(decisions.find(Samples.graph("h"), with.id())).isEmpty();
        assertThat(decisions.find(GRAPH, "nobody")).isEmpty();
    }

    @Test
    void keepsTheInstantEvenInTheHourThatALocalClockShowsTwice() {
        DecisionRecord sample = Samples.decision(GRAPH, 1, Optional.empty());
        List<Instant> instants =
                List.of(Instant.parse("2026-10-25T00:30:00.000001Z"), Instant.parse("2026-10-25T01:30:00Z"));
        for (int i = 0; i < instants.size(); i++) {
            DecisionRecord record = new DecisionRecord(
                    Samples.id(i),
                    DecisionKind.SCALING,
                    GRAPH,
                    1,
                    instants.get(i),
                    "",
                    new DecisionRecord.Strategy("", ""),
                    "",
                    false,
                    sample.duration(),
                    Optional.empty(),
                    sample.details());
            decisions.append(List.of(record));
            assertThat(decisions.find(GRAPH, record.id())).contains(record);
        }
        assertThat(decisions.prune(instants.get(1), 10)).isEqualTo(1);
    }

    @Test
    void storesTheSameInputsOnce() {
        decisions.append(several(50, INPUTS));
        decisions.append(List.of(Samples.decision(GRAPH, 100, INPUTS)));
        decisions.append(List.of(Samples.decision(GRAPH, 101, Optional.of(Samples.snapshot("other")))));
        decisions.append(List.of());

        assertThat(database.rows("snapshot")).isEqualTo(2);
        assertThat(decisions.count()).isEqualTo(52);
        assertThat(decisions.list(GRAPH, ALL)).hasSize(52).allMatch(record -> record.inputs()
                .isPresent());
    }

    @Test
    void whatIsSharedIsStoredOnceAndGoesWithTheLastThatSharesIt() {
        Snapshot shared = Samples.snapshot("shared");
        List<DecisionRecord> stored = IntStream.range(0, 4)
                .mapToObj(number -> Samples.decision(
                        GRAPH,
                        number,
                        Optional.of(new Snapshot(
                                Samples.snapshot("own" + number / 2).digest(),
                                StrictJson.parseObject("{\"free\": " + number / 2 + "}"),
                                Optional.of(shared)))))
                .toList();
        decisions.append(stored.subList(0, 1));
        decisions.append(stored.subList(1, 4));

        assertThat(database.rows("snapshot")).isEqualTo(3);
        assertThat(decisions.list(GRAPH, ALL)).containsExactlyInAnyOrderElementsOf(stored);
        assertThat(decisions
                        .find(GRAPH, Samples.id(3))
                        .orElseThrow()
                        .inputs()
                        .orElseThrow()
                        .whole())
                .isEqualTo(shared.content().with("free", JsonNumber.of(1)));

        decisions.prune(Samples.NOW.minusSeconds(1), 2);
        assertThat(database.rows("snapshot")).isEqualTo(2);
        assertThat(decisions.find(GRAPH, Samples.id(3))).contains(stored.get(3));
        decisions.prune(Samples.NOW.minusSeconds(1), 0);
        assertThat(database.rows("snapshot")).isZero();
    }

    @Test
    void onlyTheInputsThatAreAskedForAreRead() {
        Snapshot shared = Samples.snapshot("shared");
        Snapshot own = new Snapshot(
                Samples.snapshot("own").digest(), StrictJson.parseObject("{\"free\": 1}"), Optional.of(shared));
        DecisionRecord with = Samples.decision(GRAPH, 1, Optional.of(own));
        DecisionRecord plain = Samples.decision(GRAPH, 2, INPUTS);
        DecisionRecord without = Samples.decision(GRAPH, 3, Optional.empty());
        decisions.append(List.of(with, plain, without));
        // reading the shared inputs would fail
        database.execute(
                "update snapshot set content = '\"no object\"' where digest = '%s'".formatted(shared.digest()));
        long before = database.stores().statements();

        DecisionRecord found =
                decisions.findWithoutSharedInputs(GRAPH, with.id()).orElseThrow();
        assertThat(database.stores().statements() - before).isEqualTo(2);
        assertThat(found.inputs())
                .contains(new Snapshot(
                        own.digest(), own.content(), Optional.of(new Snapshot(shared.digest(), JsonObject.EMPTY))));
        assertThat(decisions.findWithoutSharedInputs(GRAPH, plain.id())).contains(plain);
        assertThat(decisions.findWithoutSharedInputs(GRAPH, without.id())).contains(without);
        assertThat(decisions.findWithoutSharedInputs(Samples.graph("h"), plain.id()))
                .isEmpty();

        database.execute("update snapshot set content = '\"no object\"'");
        assertThat(decisions.listWithoutInputs(GRAPH, ALL))
                .extracting(DecisionRecord::id, DecisionRecord::details, DecisionRecord::inputs)
                .containsExactly(
                        tuple(without.id(), without.details(), Optional.empty()),
                        tuple(plain.id(), plain.details(), Optional.empty()),
                        tuple(with.id(), with.details(), Optional.empty()));
    }

    @Test
    void theLatestOfAKindIsFoundAmongThoseOfItsGraph() {
        DecisionRecord first = Samples.decision(GRAPH, 1, Optional.empty());
        DecisionRecord other = Samples.decision(GRAPH, 2, Optional.empty());
        DecisionRecord latest = Samples.decision(GRAPH, 3, Optional.empty());
        decisions.append(List.of(latest, first, other, Samples.decision(Samples.graph("h"), 5, Optional.empty())));

        assertThat(other.kind()).isNotEqualTo(latest.kind()).isNotEqualTo(DecisionRecord.DecisionKind.SCALING);
        assertThat(decisions.latestWithoutInputs(GRAPH, latest.kind())).contains(latest);
        assertThat(decisions.latestWithoutInputs(GRAPH, other.kind())).contains(other);
        assertThat(decisions.latestWithoutInputs(Samples.graph("h"), other.kind()))
                .isEmpty();
        assertThat(decisions.latestWithoutInputs(Samples.graph("none"), latest.kind()))
                .isEmpty();
    }

    @Test
    void whatIsSharedIsReadByItsDigest() {
        Snapshot shared = Samples.snapshot("shared");
        decisions.append(List.of(Samples.decision(GRAPH, 1, Optional.of(shared))));

        assertThat(decisions.sharedInputs(shared.digest())).contains(shared.content());
        assertThat(decisions.sharedInputs("nothing")).isEmpty();
    }

    @Test
    void listsNewestFirstInPages() {
        List<DecisionRecord> stored = several(10, INPUTS);
        decisions.append(stored);
        decisions.append(List.of(Samples.decision(Samples.graph("h"), 50, Optional.empty())));

        Query first = new Query(Optional.empty(), Optional.empty(), 4);
        assertThat(decisions.list(GRAPH, first))
                .containsExactly(stored.get(9), stored.get(8), stored.get(7), stored.get(6));
        Query next = new Query(Optional.of(DecisionKind.PLACEMENT), Optional.of(Samples.id(6)), 2);
        assertThat(decisions.list(GRAPH, next)).containsExactly(stored.get(4), stored.get(2));
    }

    @Test
    void anIdCannotBeUsedTwice() {
        decisions.append(several(2, INPUTS));

        assertThatThrownBy(() -> decisions.append(
                        List.of(Samples.decision(GRAPH, 9, INPUTS), Samples.decision(GRAPH, 1, INPUTS))))
                .isInstanceOfSatisfying(SmoException.class, e -> {
                    assertThat(e.kind()).isEqualTo(SmoException.Kind.CONFLICT);
                    assertThat(e.source()).isEqualTo("database");
                });
        assertThat(decisions.count()).isEqualTo(2);
    }

    @Test
    void prunesByAgeAndThenByCountTogetherWithInputsThatNobodyRefersTo() {
        decisions.append(several(4, INPUTS));
        decisions.append(IntStream.range(4, 10)
                .mapToObj(number -> Samples.decision(GRAPH, number, Optional.of(Samples.snapshot("n" + number))))
                .toList());

        assertThat(decisions.prune(Samples.NOW.minusSeconds(1), 10)).isZero();
        assertThat(decisions.prune(Samples.NOW.plusSeconds(3), 10)).isEqualTo(3);
        assertThat(database.rows("snapshot")).isEqualTo(7);
        assertThat(decisions.prune(Samples.NOW, 2)).isEqualTo(5);
        assertThat(database.rows("snapshot")).isEqualTo(2);
        assertThat(decisions.list(GRAPH, ALL))
                .extracting(DecisionRecord::id)
                .containsExactly(Samples.id(9), Samples.id(8));
        assertThat(decisions.prune(Samples.NOW.plusSeconds(100), 0)).isEqualTo(2);
        assertThat(database.rows("snapshot")).isZero();
    }

    @Test
    void keepsTheDecisionThatIsInForce() {
        database.stores().graphs().insert(Samples.desired(GRAPH), TransactionalWrites.NOTHING);
        DecisionRecord inForce = Samples.decision(GRAPH, 0, INPUTS);
        database.stores()
                .graphs()
                .commit(
                        GRAPH,
                        1,
                        Samples.full(inForce.id()),
                        Map.of(),
                        Optional.of(inForce),
                        TransactionalWrites.NOTHING);
        decisions.append(List.of(Samples.decision(GRAPH, 1, INPUTS)));

        assertThat(decisions.prune(Samples.NOW.plusSeconds(100), 0)).isEqualTo(1);
        assertThat(decisions.list(GRAPH, ALL)).containsExactly(inForce);
        database.stores().graphs().delete(GRAPH, TransactionalWrites.NOTHING);
        assertThat(decisions.prune(Samples.NOW.plusSeconds(100), 0)).isEqualTo(1);
        assertThat(database.rows("snapshot")).isZero();
    }

    @Test
    void goesThroughTheDecisionsOfAllGraphsByTimePageByPage() {
        Instant start = Instant.parse("2026-11-20T10:00:00Z");
        List<DecisionRecord> made = IntStream.range(0, 60)
                .mapToObj(number ->
                        at(number % 2 == 0 ? GRAPH : Samples.graph("h"), number, start.plusSeconds(number / 6)))
                .toList();
        decisions.append(made);
        List<DecisionRecord> newestFirst = new ArrayList<>(made);
        Collections.reverse(newestFirst);

        assertThat(paged(range(start, start.plusSeconds(100)))).isEqualTo(newestFirst);
        assertThat(paged(range(start.plusSeconds(2), start.plusSeconds(4)))).isEqualTo(newestFirst.subList(36, 48));
        assertThat(paged(new Range(
                        Optional.of(GRAPH), Optional.of(DecisionKind.SCALING), start, start.plusSeconds(100), "")))
                .isEqualTo(newestFirst.stream()
                        .filter(record -> record.graph().equals(GRAPH))
                        .toList());
        assertThat(paged(new Range(
                        Optional.empty(), Optional.of(DecisionKind.PLACEMENT), start, start.plusSeconds(100), "")))
                .isEmpty();
    }

    private static Range range(Instant from, Instant until) {
        return new Range(Optional.empty(), Optional.empty(), from, until, "");
    }

    private List<DecisionRecord> paged(Range range) {
        List<DecisionRecord> all = new ArrayList<>();
        List<DecisionRecord> page = decisions.list(range, 7);
        while (!page.isEmpty()) {
            all.addAll(page);
            page = decisions.list(range.after(page.get(page.size() - 1)), 7);
        }
        return all;
    }

    private static DecisionRecord at(GraphId graph, int number, Instant at) {
        return new DecisionRecord(
                Samples.id(number),
                DecisionKind.SCALING,
                graph,
                1,
                at,
                "scaling_interval",
                new DecisionRecord.Strategy("optimal", "1.0.0"),
                "scaled",
                false,
                Duration.ofMillis(1),
                INPUTS,
                JsonObject.EMPTY);
    }
}
