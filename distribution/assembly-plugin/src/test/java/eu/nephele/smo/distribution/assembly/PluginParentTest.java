// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.distribution.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The parent of partners' projects has no parent itself and repeats what has to be the same. */
class PluginParentTest {

    private static final Path ROOT = Path.of("../../pom.xml");
    private static final Path PLUGIN_PARENT = Path.of("../plugin-parent/pom.xml");
    private static final Pattern VERSION_PROPERTY = Pattern.compile("<([a-z.-]+\\.version)>([^<]+)<");
    private static final Pattern PLUGIN =
            Pattern.compile("<artifactId>(maven-[a-z]+-plugin)</artifactId>\\s*<version>([^<]+)</version>");
    private static final Pattern OWN =
            Pattern.compile("<artifactId>smo-[a-z]+(?:-parent)?</artifactId>\\s*<version>([^<]+)</version>");

    @Test
    void librariesHaveTheVersionsOfThisBuild() throws IOException {
        Map<String, String> mine = found(VERSION_PROPERTY, PLUGIN_PARENT);
        mine.remove("smo.version");

        assertThat(mine).isNotEmpty();
        assertThat(found(VERSION_PROPERTY, ROOT)).containsAllEntriesOf(mine);
    }

    @Test
    void pluginsHaveTheVersionsOfThisBuildSoThatNothingElseIsFetched() throws IOException {
        Map<String, String> mine = found(PLUGIN, PLUGIN_PARENT);

        assertThat(mine).containsKeys("maven-compiler-plugin", "maven-jar-plugin");
        assertThat(found(PLUGIN, ROOT)).containsAllEntriesOf(mine);
    }

    @Test
    void itsVersionAndThatOfTheApiAreThoseOfThisBuild() throws IOException {
        Matcher root = OWN.matcher(Files.readString(ROOT));
        Matcher parent = OWN.matcher(Files.readString(PLUGIN_PARENT));
        assertThat(root.find() && parent.find()).isTrue();

        assertThat(parent.group(1)).isEqualTo(root.group(1));
        assertThat(found(VERSION_PROPERTY, PLUGIN_PARENT)).containsEntry("smo.version", root.group(1));
    }

    /** A project with a file bnd.bnd reads this text as its parent's, with the values that Maven has inserted there. */
    @Test
    void instructionsForBndHaveNoNamesThatMavenReplacesInTheParent() throws IOException {
        String pom = Files.readString(PLUGIN_PARENT);
        String told = pom.substring(pom.indexOf("<![CDATA["), pom.indexOf("]]>"));

        assertThat(told).contains("Bundle-SymbolicName: $(project.groupId).$(project.artifactId)");
        assertThat(told).doesNotContain("${");
    }

    private static Map<String, String> found(Pattern pattern, Path pom) throws IOException {
        Map<String, String> found = new TreeMap<>();
        Matcher matcher = pattern.matcher(Files.readString(pom));
        while (matcher.find()) {
            found.putIfAbsent(matcher.group(1), matcher.group(2));
        }
        return found;
    }
}
