// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.distribution.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredJarTest {

    private static final Map<String, String> CONTENT = new LinkedHashMap<>();

    static {
        CONTENT.put("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\nBundle-SymbolicName: a\n\n");
        CONTENT.put("a/", "");
        CONTENT.put("a/Text.txt", "long ".repeat(1000));
    }

    @TempDir
    private Path folder;

    @Test
    void theCopyHasTheSameEntriesInTheSameOrderWithoutCompression() throws IOException {
        Path original = folder.resolve("a.jar");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(original))) {
            for (Map.Entry<String, String> entry : CONTENT.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
        Path copy = folder.resolve("copy.jar");
        StoredJar.copy(original, copy);
        Map<String, String> read = new LinkedHashMap<>();
        try (JarFile before = new JarFile(original.toFile());
                JarFile jar = new JarFile(copy.toFile())) {
            for (ZipEntry entry : List.copyOf(jar.stream().toList())) {
                assertThat(entry.getMethod()).as(entry.getName()).isEqualTo(ZipEntry.STORED);
                assertThat(entry.getTime())
                        .isEqualTo(before.getEntry(entry.getName()).getTime());
                read.put(entry.getName(), new String(jar.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
            }
            assertThat(jar.getManifest().getMainAttributes().getValue("Bundle-SymbolicName"))
                    .isEqualTo("a");
        }
        assertThat(List.copyOf(read.entrySet())).isEqualTo(List.copyOf(CONTENT.entrySet()));
        assertThat(Files.getLastModifiedTime(copy)).isEqualTo(Files.getLastModifiedTime(original));
    }

    /** A time with a zone would be written as the time of the machine that assembles. */
    @Test
    void theCopyIsTheSameInEveryTimeZone() throws IOException {
        Path original = folder.resolve("exact.jar");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(original))) {
            ZipEntry entry = new ZipEntry("exact.txt");
            entry.setLastModifiedTime(FileTime.from(Instant.parse("2026-05-01T12:34:56Z")));
            zip.putNextEntry(entry);
            zip.closeEntry();
            ZipEntry plain = new ZipEntry("plain.txt");
            plain.setTimeLocal(LocalDateTime.of(2026, 5, 1, 1, 2, 4));
            zip.putNextEntry(plain);
            zip.closeEntry();
        }
        Map<String, byte[]> copies = new LinkedHashMap<>();
        TimeZone before = TimeZone.getDefault();
        try {
            for (String zone : List.of("UTC", "Asia/Tokyo")) {
                TimeZone.setDefault(TimeZone.getTimeZone(zone));
                Path copy = folder.resolve("exact-copy.jar");
                StoredJar.copy(original, copy);
                copies.put(zone, Files.readAllBytes(copy));
            }
        } finally {
            TimeZone.setDefault(before);
        }
        assertThat(copies.get("Asia/Tokyo")).isEqualTo(copies.get("UTC"));
    }
}
