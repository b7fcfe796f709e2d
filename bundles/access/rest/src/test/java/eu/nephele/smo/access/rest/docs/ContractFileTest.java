// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The document is joined from the jars of an installation. */
final class ContractFileTest {

    private static final String PART = """
            openapi: 3.1.0
            paths:
              /api/v1/zones:
                get:
                  operationId: listZones
                  responses:
                    '204':
                      description: None
            """;

    @TempDir
    Path folder;

    private Path bundles() throws IOException {
        return Files.createDirectories(folder.resolve("bundles"));
    }

    private void bundle(String name, String part) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
        manifest.getMainAttributes().putValue("Bundle-SymbolicName", name);
        manifest.getMainAttributes().putValue("Bundle-Version", "1.0.0");
        try (OutputStream file = Files.newOutputStream(bundles().resolve(name + ".jar"));
                JarOutputStream jar = new JarOutputStream(file, manifest)) {
            if (!part.isEmpty()) {
                jar.putNextEntry(new ZipEntry(BundleFragmentTracker.FILE));
                jar.write(part.getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    @Test
    void partsOfBundlesAreInTheFile() throws IOException {
        bundle("eu.nephele.smo.access.zones", PART);
        bundle("eu.nephele.smo.core.other", "");
        Path file = folder.resolve("openapi.yaml");

        ContractFile.main(new String[] {bundles().toString(), file.toString()});

        assertThat(file).content().contains("operationId: listZones", "operationId: deploy");
    }

    @Test
    void aPartThatDoesNotFitIsAFailure() throws IOException {
        bundle("eu.nephele.smo.access.zones", PART.replace("3.1.0", "3.0.0"));

        assertThatThrownBy(() -> ContractFile.yaml(bundles()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("eu.nephele.smo.access.zones 1.0.0")
                .hasMessageContaining("expected 3.1.0");
    }

    @Test
    void itsArgumentsAreTwo() {
        assertThatThrownBy(() -> ContractFile.main(new String[] {"bundles"}))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
