// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The reference of configurations says what the bundles say: whoever changes a property changes the page. */
class ConfigurationPageTest {

    private static final Path PAGE =
            Path.of("../../docs/reference/configuration.md").toAbsolutePath().normalize();
    private static final Path RIGHT = Path.of("target/configuration.md").toAbsolutePath();

    static Set<String> pids() throws IOException {
        Set<String> pids = new TreeSet<>(ConfigurationPage.expected().keySet());
        pids.addAll(ConfigurationPage.sections(Files.readString(PAGE)).keySet());
        return pids;
    }

    @BeforeAll
    static void writeWhatItShouldBe() throws IOException {
        Files.createDirectories(RIGHT.getParent());
        Files.writeString(RIGHT, ConfigurationPage.with(ConfigurationPage.expected(), Files.readString(PAGE)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pids")
    void aSectionIsWhatTheMetatypeSays(String pid) throws IOException {
        String page = Files.readString(PAGE);
        assertThat(ConfigurationPage.sections(page))
                .as("%s; as it should be it is in %s", PAGE, RIGHT)
                .containsEntry(pid, ConfigurationPage.expected().getOrDefault(pid, "nothing: no bundle has this PID"));
    }

    @Test
    void thePagesOfAllGroupsAreThere() {
        assertThat(ConfigurationPage.expected())
                .hasSizeGreaterThan(20)
                .containsKeys(
                        "eu.nephele.smo.adapters.oci",
                        "eu.nephele.smo.adapters.prometheus~NAME",
                        "eu.nephele.smo.core.engine");
    }

    @Test
    void whatIsAroundTheSectionsStays() {
        String page = "# C\n\nFirst.\n\n## `b`\n\nold\n\n## Other\n\nLast.\n";
        String right = ConfigurationPage.with(new TreeMap<>(Map.of("b", "new", "a", "more")), page);

        assertThat(right).isEqualTo("# C\n\nFirst.\n\n## `a`\n\nmore\n\n## `b`\n\nnew\n\n## Other\n\nLast.\n");
        assertThat(ConfigurationPage.sections(right)).isEqualTo(Map.of("a", "more", "b", "new"));
    }
}
