// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins.files;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.core.contract.plugin.Plugin.OfferedService;
import eu.nephele.smo.core.plugins.files.ReplacedContents.Replaced;
import eu.nephele.smo.core.plugins.files.ReplacedContents.RetentionBounds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Retention of replaced versions. */
class ReplacedContentsTest {

    private static final OfferedService OFFER = new OfferedService("placement", "acme", "1.0.0");

    @TempDir
    Path data;

    private PluginFolder folder;
    private Path root;
    private int second;

    @BeforeEach
    void start() throws IOException {
        folder = new PluginFolder(data.resolve("plugins"), data.resolve("tmp"));
        root = data.resolve("plugins").resolve(".replaced");
    }

    @Test
    void tenVersionsAreKeptTheLatestFirstWithWhatTheyOffered_F64() throws IOException {
        for (int version = 1; version <= 12; version++) {
            keep(folder.replaced(), version, 10);
        }
        assertThat(folder.replaced().list("acme.up"))
                .extracting(file -> file.getFileName().toString())
                .containsExactlyElementsOf(IntStream.rangeClosed(3, 12)
                        .mapToObj(version -> "acme.up~%d.0.0.jar".formatted(15 - version))
                        .toList());
        assertThat(folder.replaced().all()).allSatisfy(replaced -> {
            assertThat(replaced.plugin()).isEqualTo("acme.up");
            assertThat(replaced.offers()).containsExactly(OFFER);
        });
        try (Stream<Path> files = Files.list(root)) {
            assertThat(files).hasSize(20);
        }
    }

    @Test
    void theOldestGoWhereTheyAreTooLargeTogetherAndTheLatestStaysWhateverItsSize() throws IOException {
        ReplacedContents small = new ReplacedContents(folder, root, new RetentionBounds(10, 100));
        keep(small, 1, 40);
        keep(small, 2, 40);
        assertThat(small.all()).hasSize(2);
        keep(small, 3, 40);
        assertThat(versions(small)).containsExactly("acme.up~3.0.0.jar", "acme.up~2.0.0.jar");
        keep(small, 4, 400);
        assertThat(versions(small)).containsExactly("acme.up~4.0.0.jar");
    }

    @Test
    void theStandardBoundIsWhatTheDocumentsSay() {
        assertThat(RetentionBounds.STANDARD).isEqualTo(new RetentionBounds(10, 256L * 1024 * 1024));
    }

    private static List<String> versions(ReplacedContents contents) throws IOException {
        return contents.all().stream()
                .map(Replaced::file)
                .map(file -> file.getFileName().toString())
                .toList();
    }

    /** One a second later than the one before. */
    private void keep(ReplacedContents contents, int version, int bytes) throws IOException {
        Path content = Files.write(data.resolve("a.jar"), new byte[bytes]);
        contents.keep(content, "acme.up", version + ".0.0", List.of(OFFER));
        Files.setLastModifiedTime(
                root.resolve("acme.up~%d.0.0.jar".formatted(version)),
                FileTime.from(Instant.parse("2026-01-01T00:00:00Z").plusSeconds(second++)));
    }
}
