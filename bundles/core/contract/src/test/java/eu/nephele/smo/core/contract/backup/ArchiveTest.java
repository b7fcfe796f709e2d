// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveTest {

    private final ArchiveSample.Kept kept = new ArchiveSample.Kept();

    private ArchiveSummary read(byte[] archive) throws IOException {
        return ArchiveReader.read(new ByteArrayInputStream(archive), kept);
    }

    private void assertRefused(byte[] archive, String... why) {
        assertThatThrownBy(() -> read(archive))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContainingAll(why);
        assertThat(kept.ended).as("nobody takes it for whole").isFalse();
    }

    private static Map<String, byte[]> parts() throws IOException {
        return ArchiveSample.parts(ArchiveSample.archive());
    }

    @Test
    void whatIsWrittenIsRead() throws IOException {
        byte[] archive = ArchiveSample.archive();
        ArchiveSummary summary = read(archive);
        assertThat(summary.header()).isEqualTo(ArchiveSample.header(ArchiveSample.CELLS, ArchiveSample.EMPTY));
        assertThat(summary.bytes()).isEqualTo(archive.length);
        assertThat(summary.manifest().rows()).isEqualTo(2);
        assertThat(summary.manifest().identities()).containsExactly(Map.entry("cells.id", 5L));
        assertThat(kept.said).containsExactly("a1", "cells", "empty");
        assertThat(kept.rows).usingRecursiveComparison().isEqualTo(ArchiveSample.rows());
        assertThat(kept.ended).isTrue();
    }

    @Test
    void aRowIsALineOfJson() throws IOException {
        assertThat(new String(parts().get("tables/cells.jsonl"), StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "[9223372036854775807,\"é\\n\\\"\\uD834\\uDD1E\",\"{\\\"a\\\":1.50}\",true,\"2026-11-28T01:02:03.456789Z\",\"AP8H\"]",
                        "[-9223372036854775808,\"\",null,false,null,\"\"]");
    }

    @Test
    void anArchiveThatIsCutOffAnywhereIsRefused() throws IOException {
        byte[] archive = ArchiveSample.archive();
        for (int length = 0; length < archive.length; length++) {
            byte[] cut = Arrays.copyOf(archive, length);
            assertThatThrownBy(() -> read(cut)).as("cut off at %d", length).isInstanceOf(ArchiveException.class);
        }
        assertThat(kept.ended).isFalse();
    }

    @Test
    void whatFollowsTheEndIsRefused() throws IOException {
        byte[] archive = ArchiveSample.archive();
        assertRefused(Arrays.copyOf(archive, archive.length + 1), "something follows its end");
    }

    /** All that becomes rows; times and attributes of parts are used by nobody. */
    @Test
    void noFlippedBitChangesWhatIsRead() throws IOException {
        byte[] archive = ArchiveSample.archive();
        for (int bit = 0; bit < archive.length * 8; bit++) {
            byte[] flipped = archive.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            ArchiveSample.Kept now = new ArchiveSample.Kept();
            try {
                ArchiveReader.read(new ByteArrayInputStream(flipped), now);
                assertThat(now.rows)
                        .as("bit %d", bit)
                        .usingRecursiveComparison()
                        .isEqualTo(ArchiveSample.rows());
            } catch (ArchiveException refused) {
                assertThat(now.ended).as("bit %d", bit).isFalse();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../etc/passwd", "/etc/passwd", "tables/../cells.jsonl", "tables/CELLS.jsonl", "x"})
    void aPartWithAnotherNameIsRefused(String name) throws IOException {
        Map<String, byte[]> other = new LinkedHashMap<>();
        parts().forEach((part, content) -> other.put(part.equals("tables/cells.jsonl") ? name : part, content));
        assertRefused(ArchiveSample.zip(other), name, "'tables/cells.jsonl'");
    }

    @Test
    void aFurtherPartIsRefused() throws IOException {
        Map<String, byte[]> more = parts();
        more.put("tables/more.jsonl", ArchiveSample.bytes("[1]\n"));
        assertRefused(ArchiveSample.zip(more), "tables/more.jsonl");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cells; drop table desired", "Cells", "1cells", "", "cells\\u0000", "pg_class\\\"x"})
    void aNameThatCouldBeMoreThanANameIsRefused(String name) throws IOException {
        Map<String, byte[]> parts = parts();
        String header = new String(parts.get("archive.json"), StandardCharsets.UTF_8);
        parts.put("archive.json", ArchiveSample.bytes(header.replace("\"cells\"", "\"" + name + "\"")));
        assertRefused(ArchiveSample.zip(parts), "is no name of a table or column");
    }

    @Test
    void aTableThatIsNamedTwiceIsRefused() throws IOException {
        Map<String, byte[]> parts = parts();
        String header = new String(parts.get("archive.json"), StandardCharsets.UTF_8);
        parts.put("archive.json", ArchiveSample.bytes(header.replace("\"empty\"", "\"cells\"")));
        assertRefused(ArchiveSample.zip(parts), "named twice");
    }

    @Test
    void anArchiveOfAnotherFormatSaysWhatToDo() throws IOException {
        Map<String, byte[]> parts = parts();
        String header = new String(parts.get("archive.json"), StandardCharsets.UTF_8);
        parts.put("archive.json", ArchiveSample.bytes(header.replace("\"version\":1", "\"version\":2")));
        assertRefused(ArchiveSample.zip(parts), "format 2", "newer");
        parts.put("archive.json", ArchiveSample.bytes(header.replace("smo-backup", "other")));
        assertRefused(ArchiveSample.zip(parts), "no archive of the SMO");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[1]",
                "{}",
                "[1,\"a\",\"{}\",true,null,null,1]",
                "[\"1\",\"a\",\"{}\",true,null,null]",
                "[1,2,\"{}\",true,null,null]",
                "[1,\"a\",{},true,null,null]",
                "[1,\"a\",\"{}\",1,null,null]",
                "[1,\"a\",\"{}\",true,\"yesterday\",null]",
                "[1,\"a\",\"{}\",true,null,\"*\"]",
                "[99999999999999999999,\"a\",\"{}\",true,null,null]",
                "[1,\"a"
            })
    void aRowThatDoesNotFitItsColumnsIsRefused(String row) throws IOException {
        Map<String, byte[]> parts = parts();
        parts.put("tables/cells.jsonl", ArchiveSample.bytes(row));
        assertRefused(ArchiveSample.zip(parts), "");
    }

    @Test
    void whatTheManifestDoesNotSayIsRefused() throws IOException {
        Map<String, byte[]> parts = parts();
        String rows = new String(parts.get("tables/cells.jsonl"), StandardCharsets.UTF_8);
        parts.put("tables/cells.jsonl", ArchiveSample.bytes(rows.replace("1.50", "1.60")));
        assertRefused(ArchiveSample.zip(parts), "cells", "is not what the manifest says");
    }

    @Test
    void aCellThatIsTooLongIsRefusedWhenItIsReadAndWhenItIsWritten() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("archive.json"));
            zip.write(parts().get("archive.json"));
            zip.putNextEntry(new ZipEntry("tables/cells.jsonl"));
            zip.write(ArchiveSample.bytes("[1,\""));
            byte[] some = new byte[1024 * 1024];
            new Random(1).nextBytes(some);
            for (int i = 0; i < some.length; i++) {
                some[i] = (byte) ('a' + (some[i] & 15));
            }
            for (int i = 0; i < 66; i++) {
                zip.write(some);
            }
            zip.write(ArchiveSample.bytes("\",\"{}\",true,null,null]"));
        }
        assertRefused(out.toByteArray(), "String value length");

        ArchiveWriter writer =
                new ArchiveWriter(OutputStream.nullOutputStream(), ArchiveSample.header(ArchiveSample.CELLS));
        String huge = "x".repeat(ArchiveReader.MOST_CHARACTERS + 1);
        assertThatThrownBy(() -> writer.table(part -> part.row(new Object[] {1L, huge, "{}", true, null, null})))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContainingAll("cells", "name", "row 1");
    }

    @Test
    void anArchiveThatWouldFillADiskIsRefusedWhileItIsRead() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("archive.json"));
            zip.write(parts().get("archive.json"));
            zip.putNextEntry(new ZipEntry("tables/cells.jsonl"));
            byte[] rows = ArchiveSample.bytes("[1,\"a\",\"{}\",true,null,null]\n".repeat(40_000));
            for (int i = 0; i < 400; i++) {
                zip.write(rows);
            }
        }
        ArchiveRows counting = new ArchiveRowCounter();
        byte[] bomb = out.toByteArray();
        assertThat(bomb.length).isLessThan(2 * 1024 * 1024);
        assertThatThrownBy(() -> ArchiveReader.read(new ByteArrayInputStream(bomb), counting))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("made to fill a disk");
    }

    private static final class ArchiveRowCounter implements ArchiveRows {
        @Override
        public void begin(ArchiveHeader header) {}

        @Override
        public void table(ArchiveTable table) {}

        @Override
        public void row(Object[] values) {}

        @Override
        public void end(ArchiveManifest manifest) {
            throw new AssertionError("it is whole");
        }
    }

    @Test
    void aFailureOfWhoeverGetsTheRowsIsNotTheArchives() throws IOException {
        ArchiveRows full = new ArchiveSampleFull();
        assertThatThrownBy(() -> ArchiveReader.read(new ByteArrayInputStream(ArchiveSample.archive()), full))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(ArchiveException.class)
                .hasMessage("disk full");
    }

    private static final class ArchiveSampleFull implements ArchiveRows {
        @Override
        public void begin(ArchiveHeader header) {}

        @Override
        public void table(ArchiveTable table) {}

        @Override
        public void row(Object[] values) throws IOException {
            throw new IOException("disk full");
        }

        @Override
        public void end(ArchiveManifest manifest) {}
    }

    @Test
    void whatIsNoArchiveAtAllIsRefused() {
        assertRefused(new byte[0], "empty");
        assertRefused(ArchiveSample.bytes("age-encryption.org/v1\n"), "none of the SMO");
    }

    @Test
    void anArchiveNeedsNoOtherStreamThanOneThatGivesLittle() throws IOException {
        byte[] archive = ArchiveSample.archive();
        List<InputStream> bytes = new ArrayList<>();
        for (byte one : archive) {
            bytes.add(new ByteArrayInputStream(new byte[] {one}));
        }
        assertThat(ArchiveReader.read(new SequenceInputStream(Collections.enumeration(bytes)), kept)
                        .bytes())
                .isEqualTo(archive.length);
    }
}
