// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.core.plugins.admission.FileReader;
import eu.nephele.smo.core.plugins.admission.PluginFile;
import eu.nephele.smo.core.plugins.admission.Trust;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is examined is what will be installed. */
class FileReaderTest {

    @TempDir
    Path folder;

    private PluginFile read(Path file, Clock clock) throws Exception {
        Path scratch = Files.createDirectories(folder.resolve("tmp"));
        return new FileReader(Server.SETTINGS, Trust.NOBODY, scratch, clock).read(file, "x.jar");
    }

    @Test
    void theDigestIsThatOfTheContentThatWasExamined() throws Exception {
        Path file = Files.write(
                folder.resolve("x.jar"), Jar.plugin("acme.good", "1.0.0").bytes());
        String examined = FileReader.sha256(file);
        // the present time is asked for between the look at the entries and the digest
        PluginFile read =
                read(file, new Swapping(file, Jar.plugin("bad.other", "1.0.0").bytes()));
        assertThat(FileReader.sha256(file)).as("the file was exchanged").isNotEqualTo(examined);
        assertThat(read.sha256()).isEqualTo(examined);
        assertThat(folder.resolve("tmp")).isEmptyDirectory();
    }

    @Test
    void packagesOfJarsOnItsClassPathAreKnown() throws Exception {
        Jar jar = Jar.plugin("acme.embeds", "1.0.0")
                .header("Bundle-ClassPath", ".,lib/more.jar;x=y")
                .entry("lib/more.jar", Jar.zip().code(Jar.class).bytes());
        Path file = Files.write(folder.resolve("x.jar"), jar.bytes());
        assertThat(read(file, Clock.systemUTC()).packages())
                .containsExactlyInAnyOrder(Jar.class.getPackageName(), Jar.class.getPackageName() + ".samples");
    }

    /** Exchanges a file when it is asked for the time. */
    private static final class Swapping extends Clock {
        private final Path file;
        private final byte[] content;

        Swapping(Path file, byte[] content) {
            this.file = file;
            this.content = content;
        }

        @Override
        public Instant instant() {
            try {
                Files.write(file, content);
            } catch (IOException unwritable) {
                throw new UncheckedIOException(unwritable);
            }
            return Instant.now();
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
