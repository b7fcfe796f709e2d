// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.distribution.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeatureFilesTest {

    private static final String BASE = """
            // comments are allowed
            { "feature-resource-version": "1.0", "id": "g:base:1",
              "bundles": [ { "id": "g:b:${b.version}" }, { "id": "g:a:${managed}" } ],
              "configurations": { "p.one": { "x": 1, "y": 2 } },
              "extensions": { "framework-launching-properties": { "kind": "optional", "type": "json", "json": { "k": "v" } } } }
            """;
    private static final String CORE = """
            { "feature-resource-version": "1.0", "id": "g:core:1",
              "bundles": [ { "id": "g:c:3" }, { "id": "g:a:${managed}" } ],
              "configurations": { "p.two": { "z": true } } }
            """;
    private static final String SIM = """
            { "features": ["base", "core"], "configurations": { "p.one": { "y": 9 }, "p.three": { "w": "w" } } }
            """;

    @TempDir
    private Path folder;

    @TempDir
    private Path home;

    @BeforeEach
    void writeFeatures() throws IOException {
        Files.createDirectories(folder.resolve("profiles"));
        write("base.json", BASE);
        write("core.json", CORE);
        write("profiles/sim.json", SIM);
    }

    @Test
    void aBundleOfSeveralFeaturesIsStartedOnceAtItsFirstPlace() {
        assertThat(sim().bundles()).containsExactly("g:b:${b.version}", "g:a:${managed}", "g:c:3");
    }

    @Test
    void theProfileOverridesMemberByMember() {
        assertThat(sim().mergedConfigurations().get("p.one").toString()).isEqualTo("{\"x\":1,\"y\":9}");
        assertThat(sim().mergedConfigurations()).containsOnlyKeys("p.one", "p.two", "p.three");
        assertThat(sim().frameworkProperties()).containsEntry("k", "v");
    }

    @Test
    void anInstallationHoldsWhatTheLauncherReads() throws IOException {
        Path jar = folder.resolve("any.jar");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            zip.putNextEntry(new ZipEntry("any"));
        }
        var known = FeatureFiles.features(folder);
        InstallationWriter writer = new InstallationWriter(
                home, id -> Coordinates.of(id, Map.of("b.version", "2"), Map.of("g:a", "7")), coordinates -> jar);
        writer.writeLibraries(List.of("g:b:1"));
        assertThat(writer.writeFeatures(known.values())).isEqualTo(3);
        writer.writeProfiles(FeatureFiles.profiles(folder, known));
        assertThat(home.resolve("profiles/sim.bundles"))
                .hasContent("bundles/b-2.jar\nbundles/a-7.jar\nbundles/c-3.jar");
        assertThat(home.resolve("profiles/sim.properties")).hasContent("k=v");
        assertThat(home.resolve("profiles/sim.json")).content().contains("\"y\" : 9", ":configurator:symbolic-name");
        assertThat(home.resolve("features/base.json"))
                .content()
                .contains("g:b:2")
                .doesNotContain("${");
        assertThat(entries(home.resolve("lib/b.jar"))).containsExactly("any");
        assertThat(entries(home.resolve("bundles/c-3.jar"))).containsExactly("any");
    }

    @Test
    void twoFeaturesMustNotConfigureTheSameComponent() throws IOException {
        write("core.json", CORE.replace("p.two", "p.one"));
        assertThatThrownBy(() -> sim().mergedConfigurations())
                .isInstanceOf(AssemblyException.class)
                .hasMessageContaining("sim")
                .hasMessageContaining("p.one");
    }

    @Test
    void anUnknownFeatureIsNamed() throws IOException {
        write("profiles/sim.json", "{ \"features\": [\"moon\"] }");
        assertThatThrownBy(this::sim).hasMessageContaining("moon").hasMessageContaining("base");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "g:a,               expected group:artifact:version",
        "g:a:${nowhere},    ${nowhere}",
        "g:other:${managed}, ${managed}",
        "g::1,              expected group:artifact:version"
    })
    void coordinatesThatCannotBeReadAreNamed(String id, String message) {
        assertThatThrownBy(() -> Coordinates.of(id, Map.of(), Map.of("g:a", "7")))
                .isInstanceOf(AssemblyException.class)
                .hasMessageContaining(id)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ \"bundles\": [] } | feature-resource-version",
                "{ \"feature-resource-version\": \"1.0\", \"bundles\": [ \"g:a:1\" ] } | needs an \"id\"",
                "{ \"feature-resource-version\": \"1.0\", \"bundles\": {} } | must be an array",
                "{ broken | cannot be read"
            })
    void aBrokenFeatureFileIsNamed(String content, String message) throws IOException {
        write("core.json", content);
        assertThatThrownBy(() -> FeatureFiles.features(folder))
                .isInstanceOf(AssemblyException.class)
                .hasMessageContaining(message);
    }

    private FeatureProfile sim() {
        return FeatureFiles.profiles(folder, FeatureFiles.features(folder)).get(0);
    }

    private void write(String name, String content) throws IOException {
        Files.writeString(folder.resolve(name), content);
    }

    private static List<String> entries(Path jar) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            return zip.stream().map(ZipEntry::getName).toList();
        }
    }
}
