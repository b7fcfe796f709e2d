// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.distribution.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepositoryWriterTest {

    private static final Coordinates SNAPSHOT = new Coordinates("org.example", "api", "1.0-SNAPSHOT");
    private static final Coordinates RELEASE = new Coordinates("org.example", "api", "1.0");

    @TempDir
    private Path folder;

    @Test
    void aSnapshotIsNumberedByItsContentSoThatMavenSeesWhatIsNewAndTwoBuildsAreAlike() throws IOException {
        String pom = FlatPom.of(SNAPSHOT, List.of());
        writer().writeJar(SNAPSHOT, jar("2026-11-20T14:32:00Z"), Map.of(), pom);
        List<String> first = names("org/example/api/1.0-SNAPSHOT");
        assertThat(first).hasSize(6).first().asString().matches("api-1\\.0-20261101\\.000000-\\d+\\.jar");
        String version = first.get(0).replaceAll("^api-|\\.jar$", "");
        assertThat(repository().resolve("org/example/api/1.0-SNAPSHOT/maven-metadata.xml"))
                .content()
                .contains("<timestamp>20261101.000000</timestamp>", "<value>%s</value>".formatted(version))
                .contains("<buildNumber>%s</buildNumber>".formatted(version.replaceAll(".*-", "")));

        writer().empty();
        writer().writeJar(SNAPSHOT, jar("2026-11-21T09:00:00Z"), Map.of(), pom);
        assertThat(names("org/example/api/1.0-SNAPSHOT"))
                .as("built later, the same")
                .isEqualTo(first);

        writer().empty();
        Path other = Files.writeString(folder.resolve("other.jar"), "another content");
        writer().writeJar(SNAPSHOT, other, Map.of(), pom);
        assertThat(names("org/example/api/1.0-SNAPSHOT")).as("another content").doesNotContain(first.get(0));
    }

    /** A development environment looks for them beside the jar. */
    @Test
    void sourcesAndJavadocStandBesideTheJarAndInTheMetadata() throws IOException {
        Path sources = Files.writeString(folder.resolve("sources.jar"), "sources");
        Path javadoc = Files.writeString(folder.resolve("javadoc.jar"), "pages");
        writer().writeJar(
                        SNAPSHOT,
                        jar("2026-11-20T14:32:00Z"),
                        Map.of("sources", sources, "javadoc", javadoc),
                        FlatPom.of(SNAPSHOT, List.of()));

        assertThat(names("org/example/api/1.0-SNAPSHOT"))
                .anyMatch(name -> name.endsWith("-sources.jar"))
                .anyMatch(name -> name.endsWith("-javadoc.jar"));
        assertThat(repository().resolve("org/example/api/1.0-SNAPSHOT/maven-metadata.xml"))
                .content()
                .contains("<classifier>sources</classifier>", "<classifier>javadoc</classifier>");
    }

    @Test
    void aReleaseKeepsItsNameAndNeedsNoMetadata() throws IOException {
        writer().writeJar(RELEASE, jar("2026-11-20T14:32:00Z"), Map.of(), FlatPom.of(RELEASE, List.of()));

        assertThat(names("org/example/api/1.0"))
                .containsExactly("api-1.0.jar", "api-1.0.jar.sha1", "api-1.0.pom", "api-1.0.pom.sha1");
        assertThat(repository().resolve("org/example/api/1.0/api-1.0.jar.sha1"))
                .content()
                .isEqualTo("87579f83b5f0bb55c3a340404e8ec86c4d531dc6");
    }

    @Test
    void whatAnEarlierBuildHasWrittenGoes() throws IOException {
        writer().writeJar(RELEASE, jar("2026-11-20T14:32:00Z"), Map.of(), FlatPom.of(RELEASE, List.of()));
        writer().empty();

        assertThat(repository()).doesNotExist();
    }

    @Test
    void aPomWithAParentIsRefusedBecauseNobodyOutsideWouldFindIt() throws IOException {
        Path pom = Files.writeString(folder.resolve("pom.xml"), "<project><parent/><parent></parent></project>");

        assertThatExceptionOfType(AssemblyException.class)
                .isThrownBy(() -> writer().writePom(RELEASE, pom))
                .withMessageContaining("org.example:api:1.0");
    }

    @Test
    void aFlatPomHasNoParentAndNamesWhatItsUsersNeed() {
        String pom = FlatPom.of(
                RELEASE,
                List.of(new NeededLibrary(new Coordinates("org.junit.jupiter", "junit-jupiter", "5.13.4"), "compile")));

        assertThat(pom)
                .doesNotContain("<parent>")
                .contains(
                        "<artifactId>junit-jupiter</artifactId>",
                        "<version>5.13.4</version>",
                        "<scope>compile</scope>");
    }

    private RepositoryWriter writer() {
        return new RepositoryWriter(repository(), Instant.parse("2026-11-01T00:00:00Z"));
    }

    private Path repository() {
        return folder.resolve("repository");
    }

    private Path jar(String built) throws IOException {
        Path jar = Files.writeString(folder.resolve("built.jar"), "content of a jar");
        Files.setLastModifiedTime(jar, FileTime.from(Instant.parse(built)));
        return jar;
    }

    private List<String> names(String directory) throws IOException {
        try (Stream<Path> files = Files.list(repository().resolve(directory))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
