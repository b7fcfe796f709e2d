// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.backup;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.core.contract.json.JsonFieldReader;
import eu.nephele.smo.core.contract.json.JsonFieldWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The last part of an archive: what has to be in it.
 *
 * @param id that of the header
 * @param tables in their order in the archive
 * @param identities the next number that the database gives out, by {@code table.column}
 */
public record ArchiveManifest(String id, List<TableDigest> tables, Map<String, Long> identities) {

    public ArchiveManifest {
        tables = List.copyOf(tables);
        identities = Map.copyOf(identities);
    }

    /**
     * Content of a table.
     *
     * @param rows their number
     * @param bytes of its part of the archive, not compressed
     * @param sha256 of these bytes, in lower-case hex
     */
    public record TableDigest(String name, long rows, long bytes, String sha256) {}

    /** Returns the number of rows of all tables. */
    public long rows() {
        return tables.stream().mapToLong(TableDigest::rows).sum();
    }

    JsonObject json() {
        JsonFieldWriter numbers = new JsonFieldWriter();
        new TreeMap<>(identities).forEach(numbers::put);
        return new JsonFieldWriter()
                .put("id", id)
                .put("tables", JsonFieldWriter.array(tables, table -> new JsonFieldWriter()
                        .put("name", table.name())
                        .put("rows", table.rows())
                        .put("bytes", table.bytes())
                        .put("sha256", table.sha256())
                        .object()))
                .put("identities", numbers.object())
                .object();
    }

    static ArchiveManifest from(JsonObject json) throws ArchiveException {
        try {
            JsonFieldReader fields = new JsonFieldReader(json);
            Map<String, Long> identities = new LinkedHashMap<>();
            JsonFieldReader numbers = new JsonFieldReader(fields.object("identities"));
            numbers.object().members().keySet().forEach(name -> identities.put(name, numbers.number(name)));
            return new ArchiveManifest(
                    fields.text("id"),
                    JsonFieldReader.list(fields.value("tables")).stream()
                            .map(table -> new TableDigest(
                                    table.text("name"),
                                    table.number("rows"),
                                    table.number("bytes"),
                                    table.text("sha256")))
                            .toList(),
                    identities);
        } catch (IllegalArgumentException damaged) {
            throw new ArchiveException("The manifest of the archive is damaged: " + damaged.getMessage(), damaged);
        }
    }
}
