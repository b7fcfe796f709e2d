// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.backup;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.core.contract.backup.ArchiveManifest.TableDigest;
import eu.nephele.smo.core.contract.backup.ArchiveTable.ArchiveColumn;
import eu.nephele.smo.core.contract.json.StrictJson;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads an archive of {@link ArchiveWriter} as a stream, in memory that does not grow with it, and trusts nothing in it: it has to have
 * exactly the parts that its header names, each with exactly what its manifest says. Nothing of it becomes the name of a file.
 */
public final class ArchiveReader {

    /** Longest cell, in characters. */
    public static final int MOST_CHARACTERS = 64 * 1024 * 1024;

    private static final int MOST_DOCUMENT_BYTES = 1024 * 1024;
    /** Rows are made of ids, hashes and times: they become some five to twenty times smaller. */
    private static final long MOST_EXPANSION = 250;

    private static final long ALWAYS_BYTES = 64L * 1024 * 1024;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(1)
                    .maxNumberLength(20)
                    .maxStringLength(MOST_CHARACTERS)
                    .build())
            .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
            .build();

    private final ArchiveInput input;
    private final ZipInputStream zip;
    private final ArchiveRows rows;
    private long expanded;

    private ArchiveReader(InputStream archive, ArchiveRows rows) {
        this.input = new ArchiveInput(archive);
        this.zip = new ZipInputStream(input, StandardCharsets.UTF_8);
        this.rows = rows;
    }

    /**
     * Reads an archive to its end.
     *
     * @param archive not encrypted; not closed by this
     * @param rows gets its content; only when {@link ArchiveRows#end} is called, the archive is known to be whole
     * @throws ArchiveException when the archive is not whole, or none of ours
     * @throws IOException when it cannot be read, or thrown by whoever gets the rows
     */
    public static ArchiveSummary read(InputStream archive, ArchiveRows rows) throws IOException {
        try {
            return new ArchiveReader(archive, rows).read();
        } catch (ZipException | EOFException | JsonProcessingException broken) {
            throw new ArchiveException(
                    "The archive is cut off or was changed: %s".formatted(firstLine(broken)), broken);
        } catch (IllegalArgumentException unreadableName) {
            // of a part whose name is no text
            throw new ArchiveException("The archive was changed: " + unreadableName.getMessage(), unreadableName);
        }
    }

    private static String firstLine(IOException broken) {
        String said = broken instanceof JsonProcessingException json ? json.getOriginalMessage() : broken.getMessage();
        return String.valueOf(said).lines().findFirst().orElse("");
    }

    private ArchiveSummary read() throws IOException {
        ArchiveHeader header = ArchiveHeader.from(document(ArchiveWriter.HEADER));
        rows.begin(header);
        List<TableDigest> found = new ArrayList<>();
        for (ArchiveTable table : header.tables()) {
            found.add(table(table));
        }
        ArchiveManifest manifest = ArchiveManifest.from(document(ArchiveWriter.MANIFEST));
        compare(header, manifest, found);
        ZipEntry more = zip.getNextEntry();
        if (more != null) {
            throw unexpected(more, "its end");
        }
        input.requireEnd(header.tables().size() + 2);
        rows.end(manifest);
        return new ArchiveSummary(header, manifest, input.bytes());
    }

    private static void compare(ArchiveHeader header, ArchiveManifest manifest, List<TableDigest> found)
            throws ArchiveException {
        if (!manifest.id().equals(header.id())) {
            throw new ArchiveException("The manifest is that of another archive");
        }
        if (manifest.tables().size() != found.size()) {
            throw new ArchiveException("The archive has %d tables, its manifest %d"
                    .formatted(found.size(), manifest.tables().size()));
        }
        for (int i = 0; i < found.size(); i++) {
            if (!found.get(i).equals(manifest.tables().get(i))) {
                throw new ArchiveException("The table %s is not what the manifest says: %s, expected %s"
                        .formatted(
                                found.get(i).name(),
                                found.get(i),
                                manifest.tables().get(i)));
            }
        }
    }

    private void next(String expected) throws IOException {
        ZipEntry entry = zip.getNextEntry();
        if (entry == null) {
            throw new ArchiveException(
                    input.bytes() == 0
                            ? "The archive is empty"
                            : "The archive is cut off, or none of the SMO: '%s' is missing".formatted(expected));
        }
        if (!entry.getName().equals(expected)) {
            throw unexpected(entry, "'%s'".formatted(expected));
        }
    }

    private static ArchiveException unexpected(ZipEntry entry, String expected) {
        return new ArchiveException("The archive has '%s' where %s has to be; nothing of it is used"
                .formatted(entry.getName().replaceAll("[^ -~]", "?"), expected));
    }

    private JsonObject document(String name) throws IOException {
        next(name);
        byte[] text = zip.readNBytes(MOST_DOCUMENT_BYTES + 1);
        if (text.length > MOST_DOCUMENT_BYTES) {
            throw new ArchiveException("'%s' has more than %d bytes".formatted(name, MOST_DOCUMENT_BYTES));
        }
        try {
            return StrictJson.parseObject(new String(text, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException damaged) {
            throw new ArchiveException("'%s' is damaged: %s".formatted(name, damaged.getMessage()), damaged);
        }
    }

    private TableDigest table(ArchiveTable table) throws IOException {
        next(table.entry());
        rows.table(table);
        TableStream counted = new TableStream();
        long number = 0;
        try (JsonParser parser = JSON.createParser(new CountedInput(table, counted))) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                number++;
                rows.row(row(table, number, token, parser));
            }
        }
        return counted.end(table.name(), number);
    }

    private static @Nullable Object[] row(ArchiveTable table, long number, JsonToken first, JsonParser parser)
            throws IOException {
        @Nullable Object[] values = new Object[table.columns().size()];
        if (first != JsonToken.START_ARRAY) {
            throw damaged(table, number, "it is no array");
        }
        for (int i = 0; i < values.length; i++) {
            parser.nextToken();
            values[i] = value(table, number, table.columns().get(i), parser);
        }
        if (parser.nextToken() != JsonToken.END_ARRAY) {
            throw damaged(table, number, "it has more than %d values".formatted(values.length));
        }
        return values;
    }

    private static @Nullable Object value(ArchiveTable table, long number, ArchiveColumn column, JsonParser parser)
            throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        boolean fits =
                switch (column.type()) {
                    case INTEGER -> token == JsonToken.VALUE_NUMBER_INT;
                    case BOOLEAN -> token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE;
                    case TEXT, JSON, TIME, BYTES -> token == JsonToken.VALUE_STRING;
                };
        if (!fits) {
            throw damaged(
                    table, number, "the column %s has a value that is no %s".formatted(column.name(), column.type()));
        }
        return switch (column.type()) {
            case INTEGER -> parser.getLongValue();
            case BOOLEAN -> parser.getBooleanValue();
            case BYTES -> parser.getBinaryValue();
            case TIME -> time(table, number, column, parser.getText());
            case TEXT, JSON -> parser.getText();
        };
    }

    private static String time(ArchiveTable table, long number, ArchiveColumn column, String text)
            throws ArchiveException {
        try {
            return Instant.parse(text).toString();
        } catch (DateTimeException noTime) {
            throw damaged(table, number, "the column %s has no point in time".formatted(column.name()));
        }
    }

    private static ArchiveException damaged(ArchiveTable table, long number, String why) {
        return new ArchiveException("Row %d of the table %s is damaged: %s".formatted(number, table.name(), why));
    }

    /** The part of a table: what becomes much more than what it was read from is refused while it is read. */
    private final class CountedInput extends InputStream {

        private final ArchiveTable table;
        private final TableStream counted;

        CountedInput(ArchiveTable table, TableStream counted) {
            this.table = table;
            this.counted = counted;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int got = zip.read(target, offset, length);
            if (got > 0) {
                counted.add(target, offset, got);
                expanded += got;
                if (expanded > ALWAYS_BYTES + MOST_EXPANSION * input.bytes()) {
                    throw new ArchiveException(
                            "The table %s becomes more than %d times as large as the archive: it was made to fill a disk"
                                    .formatted(table.name(), MOST_EXPANSION));
                }
            }
            return got;
        }
    }
}
