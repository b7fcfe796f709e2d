// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.audit;

import static eu.nephele.smo.core.audit.ChainFixture.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import eu.nephele.smo.api.port.AuditSink.AuditRecord;
import eu.nephele.smo.core.audit.AuditSettings.AuditPolicy;
import eu.nephele.smo.core.contract.audit.AuditBatch;
import eu.nephele.smo.core.contract.audit.AuditBatch.AuditCursor;
import eu.nephele.smo.core.contract.audit.AuditBatch.AuditDraft;
import eu.nephele.smo.core.contract.audit.AuditLineReader;
import eu.nephele.smo.core.contract.audit.AuditQuery;
import eu.nephele.smo.core.contract.audit.AuditSeal;
import eu.nephele.smo.core.contract.audit.AuditVerdict;
import eu.nephele.smo.core.contract.audit.AuditVerifier;
import eu.nephele.smo.core.contract.store.AuditStore;
import eu.nephele.smo.core.contract.work.ClockJumps;
import eu.nephele.smo.lab.testkit.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Seals, anchors, what is removed, and what is sent. */
@Timeout(60)
class SealsTest {

    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");

    @TempDir
    private Path data;

    private ChainFixture database;
    private AuditStore store;
    private SealSigner signer;

    @BeforeEach
    void open() throws SQLException, IOException {
        database = new ChainFixture(data);
        store = database.stores.audit();
        signer = SealSigner.from(data.resolve("etc/audit.key"), NOON);
        store.addKey(signer.key());
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void theKeyIsMadeOnceAndForItsOwnerOnly() throws IOException {
        assertThat(SealSigner.from(data.resolve("etc/audit.key"), NOON).key()).isEqualTo(signer.key());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("etc/audit.key"))))
                .isEqualTo("rw-------");
        Path broken = Files.writeString(data.resolve("broken"), "x\ny\n");
        assertThatThrownBy(() -> SealSigner.from(broken, NOON)).hasMessageContaining("holds no key");
    }

    @Test
    void aChangedHeadIsSignedAndAnchoredAndAFailedAnchorGetsTheNextOne() throws IOException {
        Path file = data.resolve("anchor.jsonl");
        AtomicInteger failures = new AtomicInteger(1);
        List<AuditSeal> outside = new CopyOnWriteArrayList<>();
        SealAnchor sometimes = seal -> {
            if (failures.getAndDecrement() > 0) {
                throw new IOException("full");
            }
            outside.add(seal);
        };
        SealSchedule seals = new SealSchedule(
                store, signer, "here", Map.of("file", SealAnchor.toFile(file), "other", sometimes), Clock.systemUTC());
        assertThat(seals.run()).as("nothing to sign").isZero();
        append("one");
        assertThat(seals.run()).isEqualTo(1);
        assertThat(seals.run()).isZero();
        assertThat(seals.run()).isZero();
        append("two");
        assertThat(seals.run()).isZero();

        assertThat(Files.readAllLines(file)).hasSize(2);
        assertThat(outside).extracting(seal -> seal.head().sequence()).containsExactly(1L, 2L);
        assertThat(store.seals(0)).isEqualTo(outside);

        AuditVerifier verifier = new AuditVerifier(store.keys());
        new AuditLineReader(verifier::entry, verifier::anchor).read(Files.newInputStream(file));
        database.chain().forEach(verifier::entry);
        assertThat(verifier.end().faults()).isEmpty();
    }

    @Test
    void anAnchorAtAUrlGetsALineAndMustAcceptIt() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        List<String> posted = new CopyOnWriteArrayList<>();
        AtomicInteger status = new AtomicInteger(204);
        server.createContext("/", exchange -> {
            posted.add(new String(exchange.getRequestBody().readAllBytes()));
            exchange.sendResponseHeaders(status.get(), -1);
            exchange.close();
        });
        server.start();
        try {
            SealAnchor anchor = SealAnchor.at(
                    "http://127.0.0.1:%d/heads".formatted(server.getAddress().getPort()), data);
            AuditSeal seal = sealOf("one");
            anchor.put(seal);
            assertThat(posted).singleElement().asString().contains("\"event.action\":\"audit.head\"");
            status.set(500);
            assertThatThrownBy(() -> anchor.put(seal)).hasMessageContaining("500");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void retentionRemovesUpToASignedCheckpointAndTheRestIsAChain() throws IOException {
        IntStream.range(0, 10)
                .forEach(day -> store.write(new AuditBatch(
                        1,
                        List.of(new AuditDraft(
                                "d" + day,
                                new AuditRecord(
                                        NOON.plus(Duration.ofDays(day)),
                                        "anna",
                                        "",
                                        "graph.deploy",
                                        "g",
                                        "accepted",
                                        ""),
                                false)),
                        List.of(),
                        Optional.empty())));
        store.saveCursor(new AuditCursor("file", 3));
        SealSchedule seals = new SealSchedule(store, signer, "here", Map.of(), Clock.systemUTC());
        seals.run();
        Clock later = Clock.fixed(NOON.plus(Duration.ofDays(15)), ZoneOffset.UTC);
        AuditRetention waiting = retention(List.of("file"), seals, later);
        assertThat(waiting.run()).isPresent();
        assertThat(database.chain()).as("the sink has read three").hasSize(7);
        assertThat(retention(List.of(), seals, later).run()).isPresent();
        assertThat(retention(List.of(), seals, later).run()).isEmpty();
        assertThat(database.chain()).hasSize(5);

        append("next");
        AuditVerdict verdict = exported();
        assertThat(verdict.faults()).isEmpty();
        assertThat(verdict.first()).isEqualTo(6);
        assertThat(verdict.sealedTo()).isEqualTo(10);
    }

    private static AuditRetention retention(List<String> readers, SealSchedule seals, Clock later) {
        ClockJumps none = new ClockJumps(Clock.fixed(NOON, ZoneOffset.UTC), () -> 0);
        return new AuditRetention(seals.store(), Duration.ofDays(10), readers, seals::checkpoint, later, none);
    }

    @Test
    void anExportHasItsSealsAndShowsThatItsEndIsMissing() throws IOException {
        append("one");
        append("two");
        new SealSchedule(store, signer, "here", Map.of(), Clock.systemUTC()).run();
        assertThat(exported().isGood()).isTrue();
        assertThat(exported().sealedTo()).isEqualTo(2);
    }

    private AuditVerdict exported() throws IOException {
        AuditVerifier verifier = new AuditVerifier(store.keys());
        try (DurableTrail trail = database.trail(AuditPolicy.BLOCK)) {
            AuditExport export = new AuditExport(store);
            assertThat(export.part(0).more()).isFalse();
            new AuditLineReader(verifier::entry, verifier::seal)
                    .read(export.part(0).lines());
            assertThat(trail.waiting()).isZero();
        }
        return verifier.end();
    }

    @Test
    void aSinkThatFailsGetsEverythingLater() throws Exception {
        Path folder = data.resolve("later");
        ChainReader reader = new ChainReader("file", store, new FileSink(folder.resolve("audit.jsonl")));
        append("one");
        assertThat(reader.run()).isFalse();
        append("two");
        Files.createDirectory(folder);
        assertThat(reader.run()).isTrue();
        append("three");
        assertThat(reader.run()).isTrue();
        assertThat(Files.readAllLines(folder.resolve("audit.jsonl"))).hasSize(3);
    }

    @Test
    void aServerThatOwnsTheDatabaseRegistersItsKeyAndSeals() throws Exception {
        Path anchor = data.resolve("heads");
        try (DurableTrail trail = new DurableTrail(database.settings(AuditPolicy.BLOCK, anchor.toString()))) {
            database.own(trail, 1);
            trail.record(entry("accepted"));
            Await.until(
                    "it is anchored",
                    () -> Files.exists(anchor) && !Files.readString(anchor).isEmpty());
            Await.until("the anchor shows it", () -> trail.anchors().get(0).sequence() > 0);
        }
        assertThat(store.entries(AuditQuery.after(0), 10)).isNotEmpty();
    }

    private AuditSeal sealOf(String id) {
        append(id);
        return signer.sign(AuditSeal.SealKind.HEAD, "here", store.head(), NOON);
    }

    private void append(String id) {
        store.write(
                new AuditBatch(1, List.of(new AuditDraft(id, entry("accepted"), false)), List.of(), Optional.empty()));
    }
}
