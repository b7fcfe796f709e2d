// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.backup;

import eu.nephele.smo.core.contract.audit.AuditHead;
import eu.nephele.smo.core.contract.backup.ArchiveTable.ArchiveColumn;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/** A small archive with a cell of each type, and ways to falsify it. */
final class ArchiveSample {

    static final ArchiveTable CELLS = new ArchiveTable(
            "cells",
            List.of(
                    new ArchiveColumn("id", ColumnType.INTEGER),
                    new ArchiveColumn("name", ColumnType.TEXT),
                    new ArchiveColumn("content", ColumnType.JSON),
                    new ArchiveColumn("flag", ColumnType.BOOLEAN),
                    new ArchiveColumn("at", ColumnType.TIME),
                    new ArchiveColumn("piece", ColumnType.BYTES)));
    static final ArchiveTable EMPTY = new ArchiveTable("empty", List.of(new ArchiveColumn("id", ColumnType.INTEGER)));

    private ArchiveSample() {}

    static ArchiveHeader header(ArchiveTable... tables) {
        return new ArchiveHeader(
                "a1",
                "18",
                "0.1.0",
                "H2",
                "here",
                Instant.parse("2026-11-28T01:02:03.456789Z"),
                AuditHead.EMPTY,
                3,
                17,
                List.of(tables));
    }

    static List<@Nullable Object[]> rows() {
        List<@Nullable Object[]> rows = new ArrayList<>();
        rows.add(new Object[] {
            Long.MAX_VALUE, "é\n\"𝄞", "{\"a\":1.50}", true, "2026-11-28T01:02:03.456789Z", new byte[] {0, -1, 7}
        });
        rows.add(new Object[] {Long.MIN_VALUE, "", null, false, null, new byte[0]});
        return rows;
    }

    static byte[] archive() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ArchiveWriter writer = new ArchiveWriter(out, header(CELLS, EMPTY));
        writer.table(part -> {
            for (@Nullable Object[] row : rows()) {
                part.row(row);
            }
        });
        writer.table(part -> {});
        writer.end(Map.of("cells.id", 5L));
        return out.toByteArray();
    }

    /** The parts of an archive by name, in order. */
    static Map<String, byte[]> parts(byte[] archive) throws IOException {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                parts.put(entry.getName(), zip.readAllBytes());
            }
        }
        return parts;
    }

    /** A ZIP file of parts. */
    static byte[] zip(Map<String, byte[]> parts) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> part : parts.entrySet()) {
                zip.putNextEntry(new ZipEntry(part.getKey()));
                zip.write(part.getValue());
                zip.closeEntry();
            }
        }
        return out.toByteArray();
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Keeps what is read. */
    static final class Kept implements ArchiveRows {

        final List<String> said = new ArrayList<>();
        final List<@Nullable Object[]> rows = new ArrayList<>();
        boolean ended;

        @Override
        public void begin(ArchiveHeader header) {
            said.add(header.id());
        }

        @Override
        public void table(ArchiveTable table) {
            said.add(table.name());
        }

        @Override
        public void row(@Nullable Object[] values) {
            rows.add(values);
        }

        @Override
        public void end(ArchiveManifest manifest) {
            ended = true;
        }
    }
}
