// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import eu.nephele.smo.api.port.AuditSink.AuditRecord;
import eu.nephele.smo.core.contract.audit.AuditEntry;
import eu.nephele.smo.core.contract.audit.AuditHead;
import eu.nephele.smo.core.contract.backup.ArchiveHeader;
import eu.nephele.smo.core.contract.backup.ArchiveRestorer.RestoreTarget;
import eu.nephele.smo.core.store.row.AuditColumns;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.UUID;

/** The entry in the audit that says that a database was restored, and what it has lost. It begins an epoch: former owners cannot append. */
final class RestoreEntry {

    private final Connection connection;

    /** @param connection in a transaction of the caller */
    RestoreEntry(Connection connection) {
        this.connection = connection;
    }

    /** @return its sequence */
    long append(ArchiveHeader archive, RestoreTarget target) throws SQLException {
        AuditHead head = head();
        long epoch = Math.max(head.epoch(), archive.epoch()) + 1;
        AuditRecord content = new AuditRecord(
                        Instant.now(),
                        target.by(),
                        "",
                        AuditEntry.RESTORE,
                        "database/" + archive.installation(),
                        "accepted",
                        archive.id())
                .withDetail(detail(archive, target));
        AuditEntry entry = AuditEntry.following(head, epoch, UUID.randomUUID().toString(), content);
        update(AuditColumns.APPEND, AuditColumns.toRow(entry));
        update(
                "update audit_head set sequence = ?, epoch = ?, entry_hash = ? where id = 1",
                entry.sequence(),
                epoch,
                entry.hash());
        update("update owner set epoch = ?, host = '', process = 0 where id = 1", epoch);
        return entry.sequence();
    }

    private static String detail(ArchiveHeader archive, RestoreTarget target) {
        return "restored from backup %s taken at %s by version %s, head %d %s%s"
                .formatted(
                        archive.id(),
                        archive.takenAt(),
                        archive.server(),
                        archive.auditHead().sequence(),
                        archive.auditHead().hash(),
                        target.anchored()
                                .filter(anchored -> anchored.sequence()
                                        > archive.auditHead().sequence())
                                .map(anchored -> "; lost is what was anchored up to %d %s at %s"
                                        .formatted(anchored.sequence(), anchored.hash(), anchored.at()))
                                .orElse(""));
    }

    private AuditHead head() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("select sequence, epoch, entry_hash from audit_head where id = 1")) {
            row.next();
            return AuditColumns.head(row.getLong(1), row.getLong(2), row.getString(3));
        }
    }

    private void update(String statement, Object... values) throws SQLException {
        try (PreparedStatement prepared = connection.prepareStatement(statement)) {
            for (int i = 0; i < values.length; i++) {
                prepared.setObject(i + 1, values[i]);
            }
            prepared.executeUpdate();
        }
    }
}
