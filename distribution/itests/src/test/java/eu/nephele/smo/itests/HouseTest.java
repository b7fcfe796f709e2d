// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of the house names the rooms that there are. */
class HouseTest {

    private static final Path PAGE = BundleFolder.BUNDLES.resolveSibling("docs").resolve("develop/house.md");
    private static final Pattern NAME = Pattern.compile("`([^`]+)`");

    @Test
    void theTableOfBundlesListsExactlyTheirFolders() throws IOException {
        assertThat(named()).isEqualTo(folders()).hasSizeGreaterThan(40);
    }

    /** What the first column of the table of rooms has between backticks. */
    private static Set<String> named() throws IOException {
        Set<String> names = new TreeSet<>();
        boolean rooms = false;
        for (String line : Files.readAllLines(PAGE)) {
            if (line.startsWith("## ")) {
                rooms = line.equals("## Rooms");
            } else if (rooms && line.startsWith("| `")) {
                NAME.matcher(line.substring(0, line.indexOf('|', 1)))
                        .results()
                        .map(name -> name.group(1))
                        .forEach(name -> assertThat(names.add(name))
                                .as("%s stands there once", name)
                                .isTrue());
            }
        }
        return names;
    }

    private static Set<String> folders() throws IOException {
        try (Stream<Path> poms = Files.find(BundleFolder.BUNDLES, 4, (path, attributes) -> path.endsWith("pom.xml"))) {
            return poms.map(pom ->
                            BundleFolder.BUNDLES.relativize(pom.getParent()).toString())
                    .map(folder -> folder.replace('\\', '/'))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
