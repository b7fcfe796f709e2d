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
    void aSnapshotHasTheTimeOfItsFileSoThatMavenSeesWhatIsNewer() throws IOException {
        writer().writeJar(SNAPSHOT, jar("2026-11-20T14:32:00Z"), Map.of(), FlatPom.of(SNAPSHOT, List.of()));

        assertThat(names("org/example/api/1.0-SNAPSHOT"))
                .containsExactly(
                        "api-1.0-20261120.143200-1.jar",
                        "api-1.0-20261120.143200-1.jar.sha1",
                        "api-1.0-20261120.143200-1.pom",
                        "api-1.0-20261120.143200-1.pom.sha1",
                        "maven-metadata.xml",
                        "maven-metadata.xml.sha1");
        assertThat(repository().resolve("org/example/api/1.0-SNAPSHOT/maven-metadata.xml"))
                .content()
                .contains("<timestamp>20261120.143200</timestamp>", "<value>1.0-20261120.143200-1</value>");
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

        assertThat(repository().resolve("org/example/api/1.0-SNAPSHOT/api-1.0-20261120.143200-1-sources.jar"))
                .hasContent("sources");
        assertThat(repository().resolve("org/example/api/1.0-SNAPSHOT/api-1.0-20261120.143200-1-javadoc.jar"))
                .hasContent("pages");
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
        return new RepositoryWriter(repository());
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
