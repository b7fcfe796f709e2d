// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pages of the architecture say what the build has made; with {@code -Dsmo.architecture.write=true} they are written. */
class ArchitectureTest {

    private static final Path ROOT = BundleFolder.BUNDLES.getParent();
    private static final Path FOLDER = ROOT.resolve("docs/architecture");
    private static final Pattern PICTURE = Pattern.compile("(?s)(<!-- architecture -->\n).*?(<!-- /architecture -->)");

    private final Architecture architecture;

    ArchitectureTest() throws IOException {
        architecture = new Architecture();
    }

    @Test
    void componentsAreThoseOfTheBuild() throws IOException {
        holds(FOLDER.resolve("components.yaml"), architecture.componentsYaml());
    }

    @Test
    void dependenciesAreThoseOfTheBuild() throws IOException {
        holds(FOLDER.resolve("dependencies.yaml"), architecture.dependenciesYaml());
    }

    @Test
    void thePictureOfTheReadmeShowsThem() throws IOException {
        String readme = Files.readString(ROOT.resolve("README.md"));
        assertThat(PICTURE.matcher(readme).results()).hasSize(1);
        holds(
                ROOT.resolve("README.md"),
                PICTURE.matcher(readme)
                        .replaceFirst(found -> found.group(1) + architecture.picture() + found.group(2)));
    }

    private static void holds(Path file, String expected) throws IOException {
        if (Boolean.getBoolean("smo.architecture.write")) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, expected);
        }
        assertThat(file).content().isEqualTo(expected);
    }

    /** A rule that names what is not there any more would send nobody anywhere. */
    @Test
    void whatRulesOfPropagationNameIsThere() throws IOException {
        JsonNode rules = new YAMLMapper()
                .readTree(FOLDER.resolve("propagation-rules.yaml").toFile())
                .path("rules");
        assertThat(rules).hasSizeGreaterThan(10);
        List<Path> files = files();
        for (JsonNode rule : rules) {
            assertThat(rule.path("because").asText()).isNotBlank();
            assertThat(rule.path("look_at")).isNotEmpty();
            for (JsonNode glob : rule.withArray("when")) {
                assertThat(files).as(glob.asText()).anyMatch(matching(glob.asText())::matches);
            }
            for (JsonNode glob : rule.withArray("look_at")) {
                assertThat(files).as(glob.asText()).anyMatch(matching(glob.asText())::matches);
            }
        }
    }

    private static PathMatcher matching(String glob) {
        return FileSystems.getDefault().getPathMatcher("glob:" + glob);
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(Files::isRegularFile)
                    .map(ROOT::relativize)
                    .filter(file -> Stream.of("target", ".git").noneMatch(name -> file.startsWith(name)))
                    .toList();
        }
    }
}
