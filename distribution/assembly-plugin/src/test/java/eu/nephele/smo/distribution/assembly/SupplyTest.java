// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.distribution.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import eu.nephele.smo.distribution.assembly.ShippedFile.ContainedArtifact;
import eu.nephele.smo.distribution.assembly.ThirdPartyLock.LockEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupplyTest {

    private static final Coordinates LIBRARY = new Coordinates("org.example", "library", "1.2");
    private static final Coordinates OTHER = new Coordinates("org.example", "other", "3");
    private static final String CODE = "a class that is long enough to tell where it comes from ".repeat(10);

    @TempDir
    private Path folder;

    private Path zip(String name, Map<String, byte[]> entries) throws IOException {
        Path file = folder.resolve(name);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        }
        return file;
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void whatIsInsideAJarIsFoundByItsContent() throws IOException {
        Path library = zip("library.jar", Map.of("org/example/Code.class", text(CODE)));
        Path other = zip("other.jar", Map.of("org/other/Code.class", text(CODE + "x")));
        Map<Coordinates, Path> candidates = new LinkedHashMap<>(Map.of(LIBRARY, library, OTHER, other));

        Path nested = zip("nested.jar", Map.of("lib/renamed.jar", Files.readAllBytes(library)));
        assertThat(ContentScan.contents(nested, candidates))
                .containsExactly(new ContainedArtifact(LIBRARY, "lib/renamed.jar", Digests.sha256(library)));
        Path inlined = zip("inlined.jar", Map.of("moved/Code.class", text(CODE)));
        assertThat(ContentScan.contents(inlined, candidates))
                .containsExactly(new ContainedArtifact(LIBRARY, "", Digests.sha256(library)));
        Path neither = zip("neither.jar", Map.of("Own.class", text(CODE + "own")));
        assertThat(ContentScan.contents(neither, candidates)).isEmpty();
        Path foreign = zip("foreign.jar", Map.of("lib/unknown.jar", text(CODE)));
        assertThatExceptionOfType(AssemblyException.class)
                .isThrownBy(() -> ContentScan.contents(foreign, candidates))
                .withMessageContaining("lib/unknown.jar");
    }

    @Test
    void whatAJarOfOthersHasInsideIsReadFromWhatItBrings() throws IOException {
        Path shaded = zip(
                "shaded.jar",
                Map.of(
                        "META-INF/maven/org.example/library/pom.properties",
                        text("groupId=org.example\nartifactId=library\nversion=1.2\n"),
                        "META-INF/maven/org.example/other/pom.properties",
                        text("groupId=org.example\nartifactId=other\nversion=3\n")));
        assertThat(ContentScan.declared(shaded, LIBRARY)).containsExactly(new ContainedArtifact(OTHER, "", ""));
    }

    @Test
    void anArtifactThatIsAnotherOneOrUnknownIsNamed() throws IOException {
        Path file = folder.resolve("lock.json");
        new ThirdPartyLock(Map.of(LIBRARY.toString(), new LockEntry("aa", List.of("MIT")))).write(file);
        ThirdPartyLock lock = ThirdPartyLock.read(file);

        assertThat(lock.differences(Map.of(LIBRARY.toString(), "aa"))).isEmpty();
        assertThat(lock.differences(Map.of(LIBRARY.toString(), "bb", OTHER.toString(), "cc")))
                .containsExactly(
                        "org.example:library:1.2 has the SHA-256 bb, the lock file says aa",
                        "org.example:other:3 is not in the lock file");
        assertThat(lock.licencesOf(new Coordinates("org.example", "library", "2.0")))
                .isEqualTo(Optional.of(List.of("MIT")));
        assertThat(lock.licencesOf(OTHER)).isEmpty();
    }

    @Test
    void licencesAreNamedAsSpdxDoes() throws IOException {
        Path file = Files.writeString(
                folder.resolve("licences.json"),
                "{\"allowed\":[\"EPL-2.0\",\"MIT\"],\"names\":{\"EPL-2.0\":[\"Eclipse Public License v. 2.0\"],\"GPL\":[],\"MIT\":[]}}");
        LicenceNames names = LicenceNames.read(file);
        assertThat(names.ids(List.of("Eclipse public license v 2.0", "mit", "Own terms")))
                .containsExactly("EPL-2.0", "MIT", "?Own terms");
        assertThat(names.chosen(List.of("GPL", "MIT"))).isEqualTo("MIT");
        assertThat(names.chosen(List.of("GPL"))).isEmpty();
    }

    @Test
    void theBillNamesFilesDigestsAndLicencesAndIsTheSameTwice() throws IOException {
        ShippedFile bundle = new ShippedFile(
                "bundles/own.jar",
                "aa",
                new Coordinates("eu.nephele.smo", "own", "1"),
                folder,
                true,
                List.of(new ContainedArtifact(LIBRARY, "lib/l.jar", "bb")));
        ShippedFile library = new ShippedFile("bundles/other.jar", "cc", OTHER, folder, false, List.of());
        BillOfMaterials bill =
                new BillOfMaterials("1.0", "2026-11-01T00:00:00Z", of -> List.of("MIT", "LicenseRef-own"));
        String first = bill.json(List.of(bundle, library));
        assertThat(bill.json(List.of(bundle, library))).isEqualTo(first);
        JsonNode json = new JsonMapper().readTree(first);
        assertThat(json.path("bomFormat").asText()).isEqualTo("CycloneDX");
        JsonNode own = json.at("/components/0");
        assertThat(own.at("/hashes/0/content").asText()).isEqualTo("aa");
        assertThat(own.at("/components/0/purl").asText()).isEqualTo("pkg:maven/org.example/library@1.2?type=jar");
        assertThat(own.at("/components/0/properties/0/value").asText()).isEqualTo("bundles/own.jar!/lib/l.jar");
        assertThat(json.at("/components/1/licenses").toString())
                .isEqualTo("[{\"license\":{\"id\":\"MIT\"}},{\"license\":{\"name\":\"LicenseRef-own\"}}]");
    }
}
