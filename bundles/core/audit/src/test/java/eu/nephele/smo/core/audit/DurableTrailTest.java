// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.audit;

import static eu.nephele.smo.core.audit.ChainFixture.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.port.AuditSink.AuditRecord;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.audit.AuditSettings.AuditPolicy;
import eu.nephele.smo.core.contract.access.AuditTrail.AuditedChange;
import eu.nephele.smo.core.contract.audit.AuditEntry;
import eu.nephele.smo.core.contract.store.AuditStore;
import eu.nephele.smo.lab.testkit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DurableTrailTest {

    @TempDir
    private Path data;

    private final FailingStore failing = new FailingStore();
    private ChainFixture database;

    @BeforeEach
    void open() throws SQLException {
        database = new ChainFixture(data);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void anEntryIsInTheChainWhenItIsRecorded() throws IOException {
        try (DurableTrail trail = database.trail(AuditPolicy.BLOCK)) {
            database.own(trail, 1);
            AuditedChange change = trail.begin(entry(""));
            assertThat(database.stores.audit().intents()).hasSize(1);
            assertThat(database.outcomes()).isEmpty();
            change.end(entry("accepted"));
            assertThat(database.outcomes()).containsExactly("accepted");
            assertThat(database.stores.audit().intents()).isEmpty();
            trail.record(entry("forbidden"));
            assertThat(database.outcomes()).containsExactly("accepted", "forbidden");
        }
        assertThat(database.verdict().faults()).isEmpty();
    }

    @Test
    void whoeverRecordsAtTheSameTimeSharesTransactions() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(8);
        try (DurableTrail trail = database.trail(AuditPolicy.BLOCK)) {
            database.own(trail, 1);
            List<Future<?>> done = IntStream.range(0, 8)
                    .<Future<?>>mapToObj(caller -> callers.submit(() -> IntStream.range(0, 50)
                            .forEach(i -> trail.begin(entry("")).end(entry("accepted")))))
                    .toList();
            for (Future<?> each : done) {
                each.get();
            }
        } finally {
            callers.shutdownNow();
        }
        assertThat(database.outcomes()).hasSize(400).containsOnly("accepted");
        assertThat(database.verdict().faults()).isEmpty();
    }

    @Test
    void aChangeWhoseServerHasEndedIsInterrupted() throws Exception {
        // the trail is left as a kill leaves it: nothing of it is closed before the next one has begun
        DurableTrail killed = database.trail(AuditPolicy.BLOCK);
        DurableTrail next = database.trail(AuditPolicy.BLOCK);
        try {
            database.own(killed, 1);
            killed.begin(entry(""));
            killed.begin(entry("")).end(entry("accepted"));
            database.own(next, 2);
            Await.until("it is resolved", () -> database.outcomes().size() == 2);
            assertThat(database.outcomes()).containsExactly("accepted", AuditStore.INTERRUPTED);
            AuditEntry interrupted = database.chain().get(database.chain().size() - 1);
            assertThat(interrupted.epoch()).isEqualTo(2);
            assertThat(database.stores.audit().intents()).isEmpty();
        } finally {
            next.close();
            killed.close();
        }
    }

    @Test
    void theFormerOwnerAppendsNothingAndKeepsItForLater() throws Exception {
        try (DurableTrail former = database.trail(AuditPolicy.BLOCK);
                DurableTrail owner = database.trail(AuditPolicy.BLOCK)) {
            database.own(former, 1);
            former.record(entry("accepted"));
            database.own(owner, 2);
            owner.record(entry("accepted"));
            former.record(entry("failed"));
            assertThat(database.outcomes()).containsExactly("accepted", "accepted");
            assertThat(former.waiting()).isEqualTo(1);
            assertThatThrownBy(() -> former.begin(entry(""))).isInstanceOf(SmoException.class);
            assertThat(database.verdict().faults()).isEmpty();
        }
    }

    @Test
    void aFullDatabaseBlocksChangesAndLosesNoOutcome() throws Exception {
        try (DurableTrail trail = database.trail(AuditPolicy.BLOCK)) {
            database.own(trail, 1, failing.around(database.stores.audit()));
            AuditedChange under = trail.begin(entry(""));
            failing.full.set(true);
            assertThatThrownBy(() -> trail.begin(entry("")))
                    .isInstanceOfSatisfying(SmoException.class, refused -> assertThat(refused.kind())
                            .isEqualTo(SmoException.Kind.UNAVAILABLE))
                    .hasMessageStartingWith("Nothing was changed");
            under.end(entry("accepted"));
            trail.record(entry("forbidden"));
            assertThat(trail.waiting()).isEqualTo(2);
            failing.full.set(false);
            Await.until(
                    "the local file is in the chain", () -> database.outcomes().size() == 2);
            assertThat(database.outcomes()).containsExactly("accepted", "forbidden");
            assertThat(database.stores.audit().intents()).isEmpty();
        }
    }

    /** Repeated, because the local file may be read while a change ends. */
    @RepeatedTest(5)
    void aFullDatabaseIsBufferedWhereThatIsThePolicy() throws Exception {
        try (DurableTrail trail = database.trail(AuditPolicy.BUFFER)) {
            database.own(trail, 1, failing.around(database.stores.audit()));
            failing.full.set(true);
            AuditedChange open = trail.begin(entry(""));
            trail.begin(entry("")).end(entry("accepted"));
            failing.full.set(false);
            Await.until("the local file is in the chain", () -> trail.waiting() == 0);
            assertThat(database.outcomes()).containsExactly("accepted");
            assertThat(database.stores.audit().intents()).as("it is under way").hasSize(1);
            open.end(entry("accepted"));
            assertThat(database.outcomes()).containsExactly("accepted", "accepted");
        }
    }

    @Test
    void whatNothingTakesIsNotAcknowledged() throws Exception {
        try (DurableTrail trail = database.trail(AuditPolicy.BUFFER)) {
            database.own(trail, 1, failing.around(database.stores.audit()));
            AuditedChange under = trail.begin(entry(""));
            failing.full.set(true);
            Files.createDirectories(data.resolve("audit"));
            Files.write(data.resolve("audit/buffer.jsonl"), new byte[10_000]);
            assertThatThrownBy(() -> trail.begin(entry(""))).hasMessageStartingWith("The change was not made");
            assertThatThrownBy(() -> under.end(entry("accepted"))).hasMessageContaining("could not be recorded");
        }
        assertThat(database.stores.audit().intents())
                .as("the next owner finds it")
                .hasSize(1);
    }

    @Test
    void aHangingDatabaseMakesNobodyWaitForeverNorAnythingTwice() throws Exception {
        CountDownLatch hanging = new CountDownLatch(1);
        // whatever is found, the end of the trail must not wait for a database that hangs
        try (DurableTrail trail = database.trail(AuditPolicy.BLOCK);
                AutoCloseable released = hanging::countDown) {
            assertThat(released).isNotNull();
            database.own(trail, 1, failing.around(database.stores.audit()));
            trail.record(entry("accepted"));
            // on a busy machine it may take longer than the patience, and come by way of the local file
            Await.until("it is in the chain", () -> database.outcomes().size() == 1 && trail.waiting() == 0);
            failing.hanging.set(hanging);
            trail.note(entry("unauthenticated"));
            Await.until("it is under way", () -> trail.waiting() == 0);
            trail.record(entry("forbidden"));
            assertThatThrownBy(() -> trail.begin(entry(""))).isInstanceOf(SmoException.class);
            hanging.countDown();
            Await.until("all is in the chain", () -> database.outcomes().size() == 3 && trail.waiting() == 0);
            assertThat(database.outcomes()).containsExactly("accepted", "unauthenticated", "forbidden");
        }
    }

    @Test
    void aStandbyKeepsItsEntriesUntilItIsTheOwner() throws Exception {
        try (DurableTrail trail = database.trail(AuditPolicy.BLOCK)) {
            trail.record(entry("unavailable"));
            trail.begin(entry("")).end(entry("accepted"));
            assertThat(database.outcomes()).isEmpty();
            // as a kill leaves it that has come in the middle of a line
            Files.writeString(data.resolve("audit/buffer.jsonl"), "{\"@timestamp\":\"20", StandardOpenOption.APPEND);
            trail.record(entry("forbidden"));
            database.own(trail, 3);
            Await.until("they are in the chain", () -> database.outcomes().size() == 3);
            assertThat(database.outcomes()).containsExactly("unavailable", "accepted", "forbidden");
        }
    }

    @Test
    void whatCallersWithoutRightsCauseIsCountedWhenItIsTooMuch() throws Exception {
        try (DurableTrail trail = database.trail(AuditPolicy.BLOCK)) {
            database.own(trail, 1);
            IntStream.range(0, 1000).forEach(i -> trail.note(entry("unauthenticated")));
            Await.until("the others are counted", () -> database.chain().stream()
                    .anyMatch(each -> each.content().detail().contains("more of this kind")));
            assertThat(database.outcomes().size()).isBetween(NotedRecords.MOST_PER_SECOND + 1, 300);
        }
    }

    @Test
    void sinksOfOthersGetWhatIsRecorded() throws Exception {
        List<AuditRecord> taken = new CopyOnWriteArrayList<>();
        try (DurableTrail trail = database.trail(AuditPolicy.BLOCK)) {
            trail.sinks().addSink(taken::add);
            database.own(trail, 1);
            trail.begin(entry("")).end(entry("accepted"));
            trail.record(entry("forbidden"));
            Await.until("they have it", () -> taken.size() == 2);
        }
        assertThat(taken).extracting(AuditRecord::outcome).containsExactly("accepted", "forbidden");
    }
}
