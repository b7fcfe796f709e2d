// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.distribution.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
}
