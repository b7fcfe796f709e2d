// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest;

import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.audit.AuditHead;
import eu.nephele.smo.core.contract.backup.ArchiveHeader;
import eu.nephele.smo.core.contract.backup.ArchiveTable;
import eu.nephele.smo.core.contract.backup.ArchiveTable.ArchiveColumn;
import eu.nephele.smo.core.contract.backup.ArchiveWriter;
import eu.nephele.smo.core.contract.backup.BackupService;
import eu.nephele.smo.core.contract.backup.ColumnType;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Archives of one table with one row, one at a time. */
final class InMemoryBackups implements BackupService {

    boolean busy;
    int closed;

    @Override
    public RunningBackup begin(CallContext call) {
        if (busy) {
            throw SmoException.of(SmoException.Kind.CONFLICT, "database", "A backup is being taken", Optional.empty());
        }
        ArchiveHeader header = new ArchiveHeader(
                "a1",
                "18",
                "0.1.0",
                "H2",
                "here",
                Instant.parse("2026-11-28T01:02:03Z"),
                AuditHead.EMPTY,
                1,
                0,
                List.of(new ArchiveTable("cells", List.of(new ArchiveColumn("id", ColumnType.INTEGER)))));
        return new RunningBackup() {
            @Override
            public ArchiveHeader header() {
                return header;
            }

            @Override
            public void writeTo(OutputStream out) throws IOException {
                ArchiveWriter writer = new ArchiveWriter(out, header);
                writer.table(part -> part.row(new Object[] {7L}));
                writer.end(Map.of());
                close();
            }

            @Override
            public void close() {
                closed++;
            }
        };
    }
}
