// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.port.AuditSink.AuditRecord;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.audit.AuditBatch;
import eu.nephele.smo.core.contract.audit.AuditBatch.AuditCursor;
import eu.nephele.smo.core.contract.audit.AuditBatch.AuditDraft;
import eu.nephele.smo.core.contract.audit.AuditBatch.AuditIntent;
import eu.nephele.smo.core.contract.audit.AuditEntry;
import eu.nephele.smo.core.contract.audit.AuditHead;
import eu.nephele.smo.core.contract.audit.AuditKey;
import eu.nephele.smo.core.contract.audit.AuditQuery;
import eu.nephele.smo.core.contract.audit.AuditSeal;
import eu.nephele.smo.core.contract.audit.AuditSeal.SealKind;
import eu.nephele.smo.core.contract.audit.AuditVerdict;
import eu.nephele.smo.core.contract.audit.AuditVerifier;
import eu.nephele.smo.core.contract.store.AuditStore;
import eu.nephele.smo.core.store.TestDatabase.Opened;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The audit chain, on every database. */
abstract class AuditStoreContract {

    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00.123456Z");

    private final TestDatabase kind;
    private Opened database;
    private AuditStore audit;

    AuditStoreContract(TestDatabase kind) {
        this.kind = kind;
    }

    @BeforeEach
    void open() {
        database = kind.empty();
        audit = database.stores().audit();
    }

    @Test
    void entriesAreAsTheyWereWrittenEachWithTheHashOfTheOneBefore() {
        assertThat(audit.head()).isEqualTo(AuditHead.EMPTY);
        AuditRecord full = new AuditRecord(
                NOON,
                "änna\u0000",
                "::1",
                "graph.deploy",
                "graph/p/g",
                "accepted",
                "c",
                "aa",
                "bb",
                "d\ud800",
                "dec",
                "");
        append(1, draft("one", full), draft("two", content(1, "forbidden")));
        append(2, draft("three", content(2, "accepted")));

        List<AuditEntry> all = audit.entries(AuditQuery.after(0), 10);
        assertThat(all).extracting(AuditEntry::sequence).containsExactly(1L, 2L, 3L);
        assertThat(all).extracting(AuditEntry::epoch).containsExactly(1L, 1L, 2L);
        assertThat(all.get(0).content().principal()).isEqualTo("änna\ufffd");
        assertThat(all.get(0).content().detail()).isEqualTo("d\ufffd");
        assertThat(all.get(0).content().at()).isEqualTo(NOON);
        assertThat(audit.head()).isEqualTo(all.get(2).head());
        assertThat(verdict().isGood()).isTrue();
        assertThat(audit.entries(AuditQuery.after(1), 1))
                .extracting(AuditEntry::id)
                .containsExactly("two");
    }

    @Test
    void anEarlierEpochAppendsNothingAfterATakeover() {
        append(2, draft("one", content(1, "accepted")));
        assertThatThrownBy(() -> append(1, draft("two", content(2, "accepted"))))
                .isInstanceOfSatisfying(SmoException.class, refused -> assertThat(refused.kind())
                        .isEqualTo(SmoException.Kind.UNAVAILABLE));
        assertThat(database.rows("audit_entry")).isEqualTo(1);
    }

    @Test
    void whatWasBegunIsThereUntilItHasAnOutcome() {
        AuditRecord intended = content(1, "").withDigests("aa", "");
        begin(new AuditIntent("one", intended), new AuditIntent("two", intended));
        assertThat(audit.intents()).containsExactly(new AuditIntent("one", intended), new AuditIntent("two", intended));
        append(1, draft("one", intended.withOutcome("accepted")));
        assertThat(audit.intents()).extracting(AuditIntent::id).containsExactly("two");
        // a server that was not told that it was stored announces it once more
        begin(new AuditIntent("two", intended));
        assertThat(audit.intents()).extracting(AuditIntent::id).containsExactly("two");
    }

    @Test
    void whatIsThereIsNotAppendedAgainAndAnInterruptedChangeGetsItsOutcome() {
        append(1, draft("one", content(1, "accepted")), draft("two", content(2, AuditStore.INTERRUPTED)));
        assertThat(append(1, again("one", "accepted"), again("two", "accepted"), again("three", "accepted")))
                .extracting(entry -> entry.content().detail())
                .containsExactly("outcome of two", "");
        assertThat(append(1, again("two", AuditStore.INTERRUPTED))).isEmpty();
        assertThat(audit.head().sequence()).isEqualTo(4);
    }

    @Test
    void aRequestIsAcceptedOnce() {
        AuditRecord request =
                new AuditRecord(NOON, "anna", "", "graph.deploy", "graph/p/g", "accepted", "c", "", "", "", "", "key");
        append(1, draft("one", request.withOutcome("unavailable")), draft("two", request), draft("three", request));
        append(1, draft("four", request));
        assertThat(audit.entries(AuditQuery.after(0), 10))
                .extracting(entry -> entry.content().outcome())
                .containsExactly("unavailable", "accepted", AuditStore.REPEATED, AuditStore.REPEATED);
    }

    @Test
    void aQuerySelectsByTimeActorActionTargetAndOutcome() {
        IntStream.range(0, 10)
                .forEach(i -> append(1, draft("e" + i, content(i, i % 2 == 0 ? "accepted" : "forbidden"))));
        AuditQuery all = AuditQuery.after(0);
        assertThat(sequences(new AuditQuery(
                        0,
                        Optional.of(NOON.plusSeconds(2)),
                        Optional.of(NOON.plusSeconds(5)),
                        all.actor(),
                        all.action(),
                        all.target(),
                        all.outcome())))
                .containsExactly(3L, 4L, 5L);
        assertThat(sequences(new AuditQuery(
                        4,
                        all.from(),
                        all.to(),
                        Optional.of("anna"),
                        Optional.of("graph.*"),
                        Optional.of("graph/p/*"),
                        Optional.of("forbidden"))))
                .containsExactly(6L, 8L, 10L);
        assertThat(sequences(new AuditQuery(
                        0, all.from(), all.to(), Optional.of("Anna"), all.action(), all.target(), all.outcome())))
                .isEmpty();
        assertThat(sequences(new AuditQuery(
                        0, all.from(), all.to(), all.actor(), Optional.of("graph_*"), all.target(), all.outcome())))
                .isEmpty();
    }

    @Test
    void theOldestGoAndACheckpointStays() {
        IntStream.range(0, 3000).forEach(i -> {
            if (i % 500 == 0) {
                AuditDraft[] some = IntStream.range(i, i + 500)
                        .mapToObj(n -> draft("e" + n, content(n, "accepted")))
                        .toArray(AuditDraft[]::new);
                append(1, some);
            }
        });
        assertThat(audit.lastBefore(NOON)).isEmpty();
        AuditHead last = audit.lastBefore(NOON.plusSeconds(2500)).orElseThrow();
        assertThat(last.sequence()).isEqualTo(2500);
        assertThat(audit.lastBefore(NOON.plusSeconds(9000))).contains(audit.head());

        AuditSeal checkpoint = seal(SealKind.CHECKPOINT, last, NOON);
        assertThat(audit.remove(checkpoint)).isEqualTo(2500);
        assertThat(audit.checkpoint()).contains(checkpoint);
        assertThat(audit.entries(AuditQuery.after(0), 1))
                .extracting(AuditEntry::sequence)
                .containsExactly(2501L);
        assertThat(append(1, draft("next", content(1, "accepted"))))
                .extracting(AuditEntry::sequence)
                .containsExactly(3001L);
    }

    @Test
    void signedHeadsAreKeptForADay() {
        append(1, draft("one", content(1, "accepted")), draft("two", content(2, "accepted")));
        AuditHead head = audit.head();
        AuditSeal first =
                seal(SealKind.HEAD, audit.entries(AuditQuery.after(0), 1).get(0).head(), NOON);
        AuditSeal second = seal(SealKind.HEAD, head, NOON.plusSeconds(60));
        audit.seal(first);
        audit.seal(second);
        assertThat(audit.seals(0)).containsExactly(first, second);
        assertThat(audit.seals(1)).containsExactly(second);
        AuditSeal later = seal(SealKind.HEAD, head, NOON.plusSeconds(100_000));
        audit.seal(later);
        assertThat(audit.seals(0)).containsExactly(later);
    }

    @Test
    void keysAndCursorsAreKept() {
        AuditKey key = new AuditKey("id", "x".repeat(60), NOON);
        assertThat(audit.addKey(key)).isTrue();
        assertThat(audit.addKey(key)).isFalse();
        assertThat(audit.keys()).containsExactly(key);
        assertThat(audit.cursor("file")).isEmpty();
        audit.saveCursor(new AuditCursor("file", 7));
        audit.write(new AuditBatch(1, List.of(), List.of(), Optional.of(new AuditCursor("file", 9))));
        assertThat(audit.cursor("file")).hasValue(9);
    }

    @Test
    void writersAtTheSameTimeMakeOneChain() throws Exception {
        ExecutorService writers = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> done = IntStream.range(0, 4)
                    .<Future<?>>mapToObj(writer -> writers.submit(() -> IntStream.range(0, 25)
                            .forEach(i -> append(1, draft(writer + "-" + i, content(i, "accepted"))))))
                    .toList();
            for (Future<?> each : done) {
                each.get();
            }
        } finally {
            writers.shutdownNow();
        }
        assertThat(audit.head().sequence()).isEqualTo(100);
        assertThat(verdict().faults()).isEmpty();
    }

    private AuditVerdict verdict() {
        AuditVerifier verifier = new AuditVerifier(List.of());
        audit.entries(AuditQuery.after(0), 1000).forEach(verifier::entry);
        return verifier.end();
    }

    private List<Long> sequences(AuditQuery query) {
        return audit.entries(query, 100).stream().map(AuditEntry::sequence).toList();
    }

    private List<AuditEntry> append(long epoch, AuditDraft... drafts) {
        return audit.write(new AuditBatch(epoch, List.of(drafts), List.of(), Optional.empty()));
    }

    private void begin(AuditIntent... intents) {
        audit.write(new AuditBatch(1, List.of(), List.of(intents), Optional.empty()));
    }

    private static AuditDraft draft(String id, AuditRecord content) {
        return new AuditDraft(id, content, false);
    }

    private static AuditDraft again(String id, String outcome) {
        return new AuditDraft(id, content(1, outcome), true);
    }

    private static AuditRecord content(int second, String outcome) {
        return new AuditRecord(
                NOON.plusSeconds(second), "anna", "10.0.0.1", "graph.deploy", "graph/p/g", outcome, "c" + second);
    }

    private static AuditSeal seal(SealKind kind, AuditHead head, Instant at) {
        return new AuditSeal(kind, "here", head, at, "key", "signature");
    }
}
