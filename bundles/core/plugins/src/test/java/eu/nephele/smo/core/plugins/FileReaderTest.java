// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.core.plugins.admission.AdmissionException;
import eu.nephele.smo.core.plugins.admission.FileReader;
import eu.nephele.smo.core.plugins.admission.PluginFile;
import eu.nephele.smo.core.plugins.admission.SignerTrust;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examined content is the installed one. */
class FileReaderTest {

    @TempDir
    Path folder;

    private PluginFile read(Path file, Clock clock) throws Exception {
        Path scratch = Files.createDirectories(folder.resolve("tmp"));
        return new FileReader(Server.SETTINGS, SignerTrust.NOBODY, scratch, clock).read(file, "x.jar");
    }

    @Test
    void theDigestIsThatOfTheContentThatWasExamined() throws Exception {
        Path file = Files.write(
                folder.resolve("x.jar"), Jar.plugin("acme.good", "1.0.0").bytes());
        String examined = FileReader.sha256(file);
        // the present time is read between the check of the entries and the digest
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

    @Test
    void whatIsTooLargeIsNotCopied() throws Exception {
        Path sparse = folder.resolve("sparse.jar");
        try (RandomAccessFile file = new RandomAccessFile(sparse.toFile(), "rw")) {
            file.setLength(Server.SETTINGS.limits().unpackedBytes() + 1);
        }
        assertThatThrownBy(() -> read(sparse, Clock.systemUTC()))
                .isInstanceOf(AdmissionException.class)
                .hasMessageContaining("is larger than 8 MiB, the limit of maxUnpackedMiB");
    }

    /** Its declared size is 0. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void whatTurnsOutToBeTooLargeIsNotCopiedToItsEnd() throws Exception {
        assertThatThrownBy(() -> read(Path.of("/dev/zero"), Clock.systemUTC()))
                .isInstanceOf(AdmissionException.class)
                .hasMessageContaining("is larger than 8 MiB");
        assertThat(folder.resolve("tmp")).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"META-INF/MANIFEST.MF", "META-INF/A.SF", "META-INF/A.RSA", "feature.json"})
    void whatIsReadAsAWholeHasALimit(String name) throws Exception {
        String line = "X-%07d: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n";
        StringBuilder text = new StringBuilder();
        for (int i = 0; text.length() <= FileReader.MAX_WHOLE_BYTES; i++) {
            text.append(line.formatted(i));
        }
        Jar jar = name.endsWith("MANIFEST.MF") ? Jar.zip() : Jar.plugin("acme.long", "1.0.0");
        Path file = Files.write(
                folder.resolve("x.jar"), jar.entry(name, text.toString()).bytes());
        assertThatThrownBy(() -> read(file, Clock.systemUTC()))
                .isInstanceOf(AdmissionException.class)
                .hasMessageContaining("has more than 4 MiB in " + name);
    }

    @Test
    void thePageOfLimitsHasTheFigure() throws Exception {
        assertThat(Files.readString(Path.of("../../../docs/reference/limits.md")))
                .contains("| %d | `FileReader.MAX_WHOLE_BYTES` |".formatted(FileReader.MAX_WHOLE_BYTES));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"com.acme.suite", "com.acme.suite.one", "acme.part", "acme.part.Strategy~two", "acme.part~two"})
    void aPluginConfiguresItself(String pid) throws Exception {
        assertThat(read(configuring(pid), Clock.systemUTC()).configurations()).containsOnlyKeys(pid);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.apache.felix.fileinstall~x",
                "org.apache.felix.http",
                "eu.nephele.smo.core.store",
                "com.acme",
                "com.acme.suites",
                "acme.party",
                "acme"
            })
    void aPluginConfiguresNobodyElse(String pid) throws Exception {
        assertThatThrownBy(() -> read(configuring(pid), Clock.systemUTC()))
                .isInstanceOf(AdmissionException.class)
                .hasMessageContaining("feature.json configures " + pid)
                .hasMessageContaining("a plugin configures itself only");
    }

    @Test
    void aFeatureWithTheIdOfAProductBundleMayNotConfigureThat() throws Exception {
        Path file = Files.write(
                folder.resolve("x.zip"),
                Jar.zip()
                        .entry("feature.json", """
                                {"id":"org.apache.felix:http:1.0.0","configurations":{"org.apache.felix.http":{}}}""")
                        .entry("bundles/a.jar", Jar.plugin("acme.part", "1.0.0").bytes())
                        .bytes());
        assertThatThrownBy(() -> read(file, Clock.systemUTC())).hasMessageContaining("belongs to this server");
    }

    private Path configuring(String pid) throws IOException {
        return Files.write(
                folder.resolve("x.zip"),
                Jar.zip()
                        .entry(
                                "feature.json",
                                "{\"id\":\"com.acme:suite:1.0.0\",\"configurations\":{\"%s\":{}}}".formatted(pid))
                        .entry("bundles/a.jar", Jar.plugin("acme.part", "1.0.0").bytes())
                        .bytes());
    }

    /** Exchanges a file when the time is read. */
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
