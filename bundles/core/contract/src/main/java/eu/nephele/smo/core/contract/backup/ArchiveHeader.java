// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.backup;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.core.contract.audit.AuditHead;
import eu.nephele.smo.core.contract.backup.ArchiveTable.ArchiveColumn;
import eu.nephele.smo.core.contract.json.JsonFieldReader;
import eu.nephele.smo.core.contract.json.JsonFieldWriter;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;

/**
 * What an archive says of itself at its beginning.
 *
 * @param id unique
 * @param schema version of the tables: the number of the last migration
 * @param server version of the program that wrote it
 * @param database product that it was read from
 * @param installation id of the installation, which a restore keeps
 * @param takenAt when its snapshot was taken
 * @param auditHead end of the audit chain in it
 * @param epoch of the owner of the database at that time
 * @param lastEvent sequence of the last event in it, 0 for none
 * @param tables in their order in the archive: a table comes after those that it refers to
 */
public record ArchiveHeader(
        String id,
        String schema,
        String server,
        String database,
        String installation,
        Instant takenAt,
        AuditHead auditHead,
        long epoch,
        long lastEvent,
        List<ArchiveTable> tables) {

    /** Version of the format, which a reader has to know. */
    public static final int FORMAT = 1;

    private static final String NAME = "smo-backup";

    /** @throws IllegalArgumentException when a table is named twice */
    public ArchiveHeader {
        tables = List.copyOf(tables);
        HashSet<String> names = new HashSet<>();
        for (ArchiveTable table : tables) {
            if (!names.add(table.name())) {
                throw new IllegalArgumentException("The table %s is named twice".formatted(table.name()));
            }
        }
    }

    /** As the first part of an archive has it. */
    public JsonObject json() {
        return new JsonFieldWriter()
                .put("format", NAME)
                .put("version", FORMAT)
                .put("id", id)
                .put("schema", schema)
                .put("server", server)
                .put("database", database)
                .put("installation", installation)
                .put("takenAt", takenAt.toString())
                .put("auditSequence", auditHead.sequence())
                .put("auditEpoch", auditHead.epoch())
                .put("auditHash", auditHead.hash())
                .put("epoch", epoch)
                .put("lastEvent", lastEvent)
                .put("tables", JsonFieldWriter.array(tables, ArchiveHeader::json))
                .object();
    }

    private static JsonValue json(ArchiveTable table) {
        return new JsonFieldWriter()
                .put("name", table.name())
                .put("columns", JsonFieldWriter.array(table.columns(), column -> new JsonFieldWriter()
                        .put("name", column.name())
                        .put("type", column.type().name().toLowerCase(Locale.ROOT))
                        .object()))
                .object();
    }

    /**
     * Reads what {@link #json} has written.
     *
     * @throws ArchiveException when it is no header of a format that this program knows
     */
    static ArchiveHeader from(JsonObject json) throws ArchiveException {
        try {
            JsonFieldReader fields = new JsonFieldReader(json);
            if (!fields.text("format").equals(NAME)) {
                throw new ArchiveException("This is no archive of the SMO: its format is '%s'"
                        .formatted(fields.text("format").replaceAll("[^ -~]", "?")));
            }
            if (fields.integer("version") != FORMAT) {
                throw new ArchiveException(
                        "The archive has the format %d, this program knows %d. Use the program version that wrote it, or a newer one."
                                .formatted(fields.integer("version"), FORMAT));
            }
            return new ArchiveHeader(
                    fields.text("id"),
                    fields.text("schema"),
                    fields.text("server"),
                    fields.text("database"),
                    fields.text("installation"),
                    fields.instant("takenAt"),
                    new AuditHead(
                            fields.number("auditSequence"), fields.number("auditEpoch"), fields.text("auditHash")),
                    fields.number("epoch"),
                    fields.number("lastEvent"),
                    JsonFieldReader.list(fields.value("tables")).stream()
                            .map(ArchiveHeader::table)
                            .toList());
        } catch (IllegalArgumentException damaged) {
            throw new ArchiveException("The header of the archive is damaged: " + damaged.getMessage(), damaged);
        }
    }

    private static ArchiveTable table(JsonFieldReader fields) {
        return new ArchiveTable(
                fields.text("name"),
                JsonFieldReader.list(fields.value("columns")).stream()
                        .map(column -> new ArchiveColumn(
                                column.text("name"),
                                ColumnType.valueOf(column.text("type").toUpperCase(Locale.ROOT))))
                        .toList());
    }
}
