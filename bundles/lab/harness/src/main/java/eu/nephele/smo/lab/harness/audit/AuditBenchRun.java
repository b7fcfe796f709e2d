// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.audit;

import eu.nephele.smo.api.port.AuditSink.AuditRecord;
import eu.nephele.smo.core.contract.audit.AuditBatch;
import eu.nephele.smo.core.contract.audit.AuditBatch.AuditDraft;
import eu.nephele.smo.core.contract.audit.AuditEntry;
import eu.nephele.smo.core.contract.audit.AuditHead;
import eu.nephele.smo.core.contract.audit.AuditKey;
import eu.nephele.smo.core.contract.audit.AuditLineReader;
import eu.nephele.smo.core.contract.audit.AuditLines;
import eu.nephele.smo.core.contract.audit.AuditQuery;
import eu.nephele.smo.core.contract.audit.AuditSeal;
import eu.nephele.smo.core.contract.audit.AuditSeal.SealKind;
import eu.nephele.smo.core.contract.audit.AuditVerdict;
import eu.nephele.smo.core.contract.audit.AuditVerifier;
import eu.nephele.smo.core.contract.store.AuditStore;
import eu.nephele.smo.core.store.Stores;
import eu.nephele.smo.lab.harness.audit.ChainFalsification.Forger;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.LongStream;

/**
 * Writes a chain into an embedded database, exports and verifies it as the command line does, and falsifies it. Its end is known from
 * an anchor; one entry that a signed head covers is somewhere in between.
 */
final class AuditBenchRun {

    private static final int GROUP = 500;
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    private final long entries;
    private final Path folder;
    private final KeyPair pair;
    private final AuditKey key;

    AuditBenchRun(long entries, Path folder) {
        this.entries = entries;
        this.folder = folder;
        try {
            this.pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException everyJavaHasIt) {
            throw new IllegalStateException("Ed25519 is missing", everyJavaHasIt);
        }
        this.key = AuditKey.from(pair.getPublic(), BEGIN);
    }

    AuditBenchResult run() throws IOException {
        Path file = folder.resolve("audit.jsonl");
        double appendSeconds;
        double exportSeconds;
        AuditSeal anchor;
        try (Stores stores = Stores.embedded(folder.resolve("db"))) {
            AuditStore store = stores.audit();
            appendSeconds = seconds(() -> append(store));
            anchor = sign(store.head());
            exportSeconds = seconds(() -> export(store, file));
        } catch (SQLException e) {
            throw new IOException("The database could not be opened: " + e.getMessage(), e);
        }
        List<AuditVerdict> honest = new ArrayList<>();
        double verifySeconds = seconds(() -> honest.add(verdict(file, anchor, Optional.empty())));
        List<String> missed = new ArrayList<>();
        int falsified = 0;
        for (ChainFalsification falsification : ChainFalsification.values()) {
            for (long place : places()) {
                if (falsification == ChainFalsification.REORDER && place == entries) {
                    continue;
                }
                falsified++;
                if (verdict(file, anchor, Optional.of(new FalsifiedPlace(falsification, place)))
                        .isGood()) {
                    missed.add("%s at %d".formatted(falsification, place));
                }
            }
        }
        return new AuditBenchResult(
                entries,
                appendSeconds,
                exportSeconds,
                verifySeconds,
                honest.get(0).isGood() && honest.get(0).entries() == entries,
                falsified,
                missed);
    }

    private SortedSet<Long> places() {
        return new TreeSet<>(List.of(1L, entries / 3, entries / 2, entries - 1, entries));
    }

    private record FalsifiedPlace(ChainFalsification falsification, long place) {}

    private interface TimedWork {
        void run() throws IOException;
    }

    private static double seconds(TimedWork work) throws IOException {
        long begin = System.nanoTime();
        work.run();
        return (System.nanoTime() - begin) / 1e9;
    }

    private void append(AuditStore store) {
        for (long from = 0; from < entries; from += GROUP) {
            List<AuditDraft> group = LongStream.range(from, Math.min(entries, from + GROUP))
                    .mapToObj(i -> new AuditDraft(UUID.randomUUID().toString(), content(i), false))
                    .toList();
            store.write(new AuditBatch(1, group, List.of(), Optional.empty()));
        }
    }

    private static AuditRecord content(long number) {
        return new AuditRecord(
                BEGIN.plusMillis(number),
                "user-" + number % 100,
                "10.0.%d.%d".formatted(number % 256, number / 256 % 256),
                number % 3 == 0 ? "graph.update" : "graph.deploy",
                "graph/project-%d/graph-%d".formatted(number % 50, number % 1000),
                number % 20 == 0 ? "forbidden" : "accepted",
                new UUID(number, number).toString());
    }

    private void export(AuditStore store, Path file) throws IOException {
        AuditLines lines = new AuditLines();
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            long last = 0;
            for (List<AuditEntry> page = store.entries(AuditQuery.after(0), GROUP);
                    !page.isEmpty();
                    page = store.entries(AuditQuery.after(last), GROUP)) {
                for (AuditEntry entry : page) {
                    out.write(lines.line(entry));
                    if (entry.sequence() == entries / 2) {
                        out.write(lines.line(sign(entry.head())));
                    }
                }
                last = page.get(page.size() - 1).sequence();
            }
        }
    }

    private AuditSeal sign(AuditHead head) {
        AuditSeal open = new AuditSeal(SealKind.HEAD, "bench", head, BEGIN, key.id(), "");
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(pair.getPrivate());
            signature.update(open.signed());
            return open.with(Base64.getEncoder().encodeToString(signature.sign()));
        } catch (GeneralSecurityException everyJavaHasIt) {
            throw new IllegalStateException("Ed25519 is missing", everyJavaHasIt);
        }
    }

    private AuditVerdict verdict(Path file, AuditSeal anchor, Optional<FalsifiedPlace> falsified) throws IOException {
        AuditVerifier verifier = new AuditVerifier(List.of(key));
        verifier.anchor(anchor);
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            if (falsified.isPresent()) {
                Forger forger = new Forger(
                        falsified.get().falsification(), falsified.get().place(), verifier::entry);
                new AuditLineReader(forger, verifier::seal).read(in);
            } else {
                new AuditLineReader(verifier::entry, verifier::seal).read(in);
            }
        }
        return verifier.end();
    }
}
