// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import eu.nephele.smo.api.port.AdapterException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TarReaderTest {

    private static final int BLOCK = TarConstants.DEFAULT_RCDSIZE;
    private static final ArtifactLimits LIMITS = new ArtifactLimits(0, 0, 100_000, 20, 8);

    @Test
    void filesAreReadInTheirOrder() throws IOException {
        byte[] tar = new Tars()
                .folder("graph")
                .file("./graph/a.yaml", "one")
                .file("graph/b.yaml", "")
                .plain();

        assertThat(read(tar)).containsExactly(Map.entry("graph/a.yaml", "one"), Map.entry("graph/b.yaml", ""));
    }

    @Property(tries = 100)
    void everyContentComesOutAsItWent(
            @ForAll @Size(max = 10) List<@IntRange(max = 2000) Integer> sizes, @ForAll boolean gnu) throws IOException {
        Tars tars = gnu ? new Tars().gnu() : new Tars();
        Map<String, String> expected = new LinkedHashMap<>();
        for (int i = 0; i < sizes.size(); i++) {
            String path = "folder/" + "n".repeat(sizes.get(i) / 10) + i;
            expected.put(path, "x".repeat(sizes.get(i)));
            tars.file(path, expected.get(path));
        }

        assertThat(read(tars.plain())).containsExactlyEntriesOf(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/passwd", "../up.yaml", "graph/../../up.yaml", "graph\\up.yaml", "graph/a\u0007b"})
    void pathsThatLeadOutAreRefused(String path) {
        refused(new Tars().file(path, "x").plain());
    }

    @Test
    void linksAndDevicesAreRefusedByName() {
        refused(new Tars().link("graph/link", "/etc/passwd").plain())
                .withMessageContaining("graph/link")
                .withMessageContaining("symbolic link");
        refused(new Tars().special("hard", TarConstants.LF_LINK).plain()).withMessageContaining("hard link");
        refused(new Tars().special("dev", TarConstants.LF_CHR).plain()).withMessageContaining("device");
        refused(new Tars().special("pipe", TarConstants.LF_FIFO).plain()).withMessageContaining("pipe");
    }

    @Test
    void aNameThatOccursTwiceIsRefused() {
        refused(new Tars().file("a.yaml", "1").file("./a.yaml", "2").plain()).withMessageContaining("twice");
    }

    @Test
    void limitsAreKept() {
        Tars many = new Tars();
        for (int i = 0; i < 21; i++) {
            many.file("f" + i, "");
        }
        refused(many.plain()).withMessageContaining("maxEntries");
        refused(new Tars().file("big", new byte[100_001]).plain()).withMessageContaining("maxFileMiB");
        refused(new Tars().file("a/b/c/d/e/f/g/h/i", "").plain()).withMessageContaining("maxPathDepth");
        refused(new Tars().file("n".repeat(1025), "").plain()).withMessageContaining("1024 characters");
        refused(new Tars().gnu().file("n".repeat(1025), "").plain()).withMessageContaining("1024 characters");
    }

    /** The file has an extended header, for the fraction of its time: two blocks, then its own header and two blocks of content. */
    @Test
    void whatIsCutOffIsRefused() {
        byte[] tar = new Tars().file("graph/graph.yaml", "x".repeat(1000)).plain();
        for (int cut = 1; cut < 5 * BLOCK; cut++) {
            refused(Arrays.copyOf(tar, cut));
        }
    }

    @Test
    void aHeaderIsNotReadIntoMemoryWhateverSizeItHas() {
        refused(new Tars().longName(2_000_000).file("a", "").plain())
                .withMessageContaining("header of more than 1048576 bytes");
        refused(new Tars().longName(1_000_000).file("a", "").plain()).withMessageContaining("1024 characters");
    }

    @Property(tries = 200)
    void aHeaderThatWasChangedIsNeverTakenForSomethingElse(
            @ForAll @IntRange(max = 511) int at, @ForAll @IntRange(min = 1, max = 255) int by) throws IOException {
        byte[] tar = new Tars().file("graph/graph.yaml", "x").plain();
        tar[at] = (byte) (tar[at] + by);

        try {
            assertThat(read(tar)).containsExactly(Map.entry("graph/graph.yaml", "x"));
        } catch (AdapterException expected) {
            assertThat(expected).hasMessageStartingWith("archive ");
        }
    }

    @Test
    void oneChangedByteInAHeaderIsFoundByItsChecksum() {
        byte[] tar = new Tars().file("graph/graph.yaml", "x").plain();
        tar[2 * BLOCK + 3] ^= 1;

        refused(tar).withMessageContaining("checksum");
    }

    private static ThrowableAssertAlternative<AdapterException> refused(byte[] tar) {
        return assertThatExceptionOfType(AdapterException.class)
                .isThrownBy(() -> read(tar))
                .matches(refused -> refused.kind() == AdapterException.Kind.REFUSED)
                .withMessageStartingWith("archive ");
    }

    private static Map<String, String> read(byte[] tar) throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        new TarReader(new ByteArrayInputStream(tar), LIMITS, "archive")
                .read((path, content) -> files.put(path, new String(content.readAllBytes(), StandardCharsets.UTF_8)));
        return files;
    }
}
