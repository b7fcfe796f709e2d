// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.backup;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.core.contract.backup.ArchiveTable.ArchiveColumn;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes an archive as it is read from the database: a ZIP file of {@code archive.json} (the {@link ArchiveHeader}), a part for each table
 * with a line for each row (an array of JSON with the values of the columns; bytes in base64), and {@code manifest.json} (the
 * {@link ArchiveManifest}). Memory does not grow with it.
 */
public final class ArchiveWriter {

    static final String HEADER = "archive.json";
    static final String MANIFEST = "manifest.json";

    /** Who takes a backup shares the processor with graphs. */
    private static final int QUICK = 3;

    private static final int BUFFER = 64 * 1024;

    private final ZipOutputStream zip;
    private final ArchiveHeader header;
    private final JsonFactory json =
            JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();
    private final List<ArchiveManifest.TableDigest> written = new ArrayList<>();

    /**
     * Writes the header.
     *
     * @param out not closed by this
     */
    public ArchiveWriter(OutputStream out, ArchiveHeader header) throws IOException {
        this.zip = new ZipOutputStream(new BufferedOutputStream(out, BUFFER));
        this.header = header;
        zip.setLevel(QUICK);
        document(HEADER, header.json());
    }

    private void document(String name, JsonValue content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write((content.toJson() + "\n").getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    /** Gives rows to a part of the archive. */
    public interface RowSource {
        /** @param part whose rows it adds, all of them */
        void writeTo(TablePart part) throws IOException;
    }

    /**
     * Writes the next table of the header.
     *
     * @throws ArchiveException when a cell is longer than what can be read again ({@link ArchiveReader#MOST_CHARACTERS})
     */
    public void table(RowSource rows) throws IOException {
        ArchiveTable table = header.tables().get(written.size());
        zip.putNextEntry(new ZipEntry(table.entry()));
        TableStream counted = new TableStream();
        try (JsonGenerator out = json.createGenerator(new CountedOutput(zip, counted), JsonEncoding.UTF8)) {
            out.setRootValueSeparator(null);
            TablePart part = new TablePart(table, out);
            rows.writeTo(part);
            out.flush();
            written.add(counted.end(table.name(), part.rows));
        }
        zip.closeEntry();
    }

    /** Writes the manifest. Until then the archive is not whole. */
    public ArchiveManifest end(Map<String, Long> identities) throws IOException {
        if (written.size() != header.tables().size()) {
            throw new IllegalStateException("%d of %d tables are written"
                    .formatted(written.size(), header.tables().size()));
        }
        ArchiveManifest manifest = new ArchiveManifest(header.id(), written, identities);
        document(MANIFEST, manifest.json());
        zip.finish();
        zip.flush();
        return manifest;
    }

    /** The part of a table. */
    public static final class TablePart {

        private final ArchiveTable table;
        private final JsonGenerator out;
        private long rows;

        private TablePart(ArchiveTable table, JsonGenerator out) {
            this.table = table;
            this.out = out;
        }

        /** @param values by column, as {@link ColumnType} says */
        public void row(@Nullable Object[] values) throws IOException {
            rows++;
            out.writeStartArray();
            for (int i = 0; i < values.length; i++) {
                write(table.columns().get(i), values[i]);
            }
            out.writeEndArray();
            out.writeRaw('\n');
        }

        private void write(ArchiveColumn column, @Nullable Object value) throws IOException {
            if (value == null) {
                out.writeNull();
            } else if (value instanceof Long number) {
                out.writeNumber(number);
            } else if (value instanceof Boolean flag) {
                out.writeBoolean(flag);
            } else if (value instanceof byte[] bytes) {
                requireReadable(column, bytes.length / 3 * 4 + 4);
                out.writeBinary(bytes);
            } else {
                String text = (String) value;
                requireReadable(column, text.length());
                out.writeString(text);
            }
        }

        private void requireReadable(ArchiveColumn column, int characters) throws ArchiveException {
            if (characters > ArchiveReader.MOST_CHARACTERS) {
                throw new ArchiveException(
                        "The table %s has %d characters in the column %s of row %d; an archive takes %d in one"
                                .formatted(
                                        table.name(), characters, column.name(), rows, ArchiveReader.MOST_CHARACTERS));
            }
        }
    }

    private static final class CountedOutput extends OutputStream {

        private final OutputStream out;
        private final TableStream counted;

        CountedOutput(OutputStream out, TableStream counted) {
            this.out = out;
            this.counted = counted;
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            counted.add(bytes, offset, length);
            out.write(bytes, offset, length);
        }
    }
}
