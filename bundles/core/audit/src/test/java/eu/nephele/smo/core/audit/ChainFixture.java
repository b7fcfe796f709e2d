// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.audit;

import eu.nephele.smo.api.port.AuditSink.AuditRecord;
import eu.nephele.smo.api.runtime.Tenure;
import eu.nephele.smo.core.audit.AuditSettings.AuditPolicy;
import eu.nephele.smo.core.contract.audit.AuditEntry;
import eu.nephele.smo.core.contract.audit.AuditQuery;
import eu.nephele.smo.core.contract.audit.AuditVerdict;
import eu.nephele.smo.core.contract.audit.AuditVerifier;
import eu.nephele.smo.core.contract.store.AuditStore;
import eu.nephele.smo.core.store.Stores;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A database with a chain, and trails of servers that own it one after the other. */
final class ChainFixture implements AutoCloseable {

    final Stores stores;
    private final Path data;

    ChainFixture(Path data) throws SQLException {
        this.data = data;
        this.stores = Stores.inMemory(UUID.randomUUID().toString());
    }

    AuditSettings settings(AuditPolicy policy, String... anchors) {
        return new AuditSettings(
                data,
                policy,
                Duration.ofMillis(300),
                10_000,
                List.of(anchors),
                Duration.ofMillis(50),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                data.resolve("etc/audit.key"));
    }

    DurableTrail trail(AuditPolicy policy) throws IOException {
        return new DurableTrail(settings(policy));
    }

    /** Becomes the owner of the database. */
    void own(DurableTrail trail, long epoch) {
        own(trail, epoch, stores.audit());
    }

    void own(DurableTrail trail, long epoch, AuditStore store) {
        trail.owns(true);
        trail.work(Optional.of(new ChainServices(new HeldTenure(epoch), store, stores.instance(), stores.events())));
    }

    record HeldTenure(long epoch) implements Tenure {
        @Override
        public String holder() {
            return "here";
        }

        @Override
        public Duration left() {
            return Duration.ofDays(1);
        }
    }

    List<AuditEntry> chain() {
        return stores.audit().entries(AuditQuery.after(0), 10_000);
    }

    /** Outcomes of the entries that are about graphs. */
    List<String> outcomes() {
        return chain().stream()
                .map(AuditEntry::content)
                .filter(content -> content.action().startsWith("graph."))
                .map(AuditRecord::outcome)
                .toList();
    }

    AuditVerdict verdict() {
        AuditVerifier verifier = new AuditVerifier(stores.audit().keys());
        chain().forEach(verifier::entry);
        return verifier.end();
    }

    static AuditRecord entry(String outcome) {
        return new AuditRecord(Instant.now(), "anna", "10.0.0.1", "graph.deploy", "graph/p/g", outcome, "c");
    }

    @Override
    public void close() {
        stores.close();
    }
}
