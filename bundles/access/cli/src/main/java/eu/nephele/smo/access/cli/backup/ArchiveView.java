// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.backup;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.cli.terminal.Terminal;
import eu.nephele.smo.core.contract.backup.ArchiveHeader;
import eu.nephele.smo.core.contract.backup.ArchiveSummary;

/** What an archive has, for people and programs. */
final class ArchiveView {

    private ArchiveView() {}

    static ObjectNode json(ArchiveSummary archive) {
        ArchiveHeader header = archive.header();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("archive", header.id());
        json.put("takenAt", header.takenAt().toString());
        json.put("server", header.server());
        json.put("schema", header.schema());
        json.put("database", header.database());
        json.put("installation", header.installation());
        json.put("tables", archive.manifest().tables().size());
        json.put("rows", archive.manifest().rows());
        json.put("lastEvent", header.lastEvent());
        json.putObject("auditHead")
                .put("sequence", header.auditHead().sequence())
                .put("hash", header.auditHead().hash());
        ObjectNode tables = json.putObject("rowsByTable");
        archive.manifest().tables().forEach(table -> tables.put(table.name(), table.rows()));
        return json;
    }

    static void print(Terminal terminal, ArchiveSummary archive) {
        ArchiveHeader header = archive.header();
        terminal.line("archive      %s, taken at %s".formatted(header.id(), header.takenAt()));
        terminal.line("from         version %s, %s with tables of version %s, installation %s"
                .formatted(header.server(), header.database(), header.schema(), header.installation()));
        terminal.line("content      %d tables, %d rows, events up to %d"
                .formatted(
                        archive.manifest().tables().size(), archive.manifest().rows(), header.lastEvent()));
        terminal.line("audit        up to %d, %s"
                .formatted(header.auditHead().sequence(), header.auditHead().hash()));
    }
}
