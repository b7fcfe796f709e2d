// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page about defects of the original names tests that are there, at least one for each row. */
class DefectsPageTest {

    private static final Path ROOT = Path.of("../..");
    private static final Path PAGE = ROOT.resolve("docs/operate/containers-defects.md");
    private static final Pattern NAMED = Pattern.compile("`(\\w+(?:Test|IT))\\.(\\w+)`");
    private static final Pattern ROW = Pattern.compile("^\\| .*\\|$", Pattern.MULTILINE);
    private static final int LEAST_ROWS = 28;

    private static List<Path> sources() throws IOException {
        List<Path> all = new ArrayList<>();
        for (String place : List.of("bundles", "distribution/itests/src/test")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(place))) {
                files.filter(file -> file.toString().contains("/src/test/java/"))
                        .filter(file -> file.toString().endsWith("Test.java")
                                || file.toString().endsWith("IT.java"))
                        .forEach(all::add);
            }
        }
        return all;
    }

    /** Methods with a test's annotation, with one line of annotations or more between. */
    private static boolean hasTest(String source, String method) {
        return Pattern.compile(
                        "@(?:Test|ParameterizedTest|RepeatedTest|Property)\\b(?:(?!\\n    }\\n).)*?\\bvoid " + method
                                + "\\(",
                        Pattern.DOTALL)
                .matcher(source)
                .find();
    }

    @Test
    void eachNamedTestIsThere() throws IOException {
        Map<String, List<Path>> byClass = new HashMap<>();
        sources().forEach(file -> byClass.computeIfAbsent(
                        file.getFileName().toString().replace(".java", ""), any -> new ArrayList<>())
                .add(file));
        List<String> missing = new ArrayList<>();
        Matcher named = NAMED.matcher(Files.readString(PAGE));
        while (named.find()) {
            boolean there = false;
            for (Path file : byClass.getOrDefault(named.group(1), List.of())) {
                there |= hasTest(Files.readString(file), named.group(2));
            }
            if (!there) {
                missing.add(named.group());
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void eachRowNamesOne() throws IOException {
        List<String> rows = ROW.matcher(Files.readString(PAGE))
                .results()
                .map(row -> row.group())
                .filter(row ->
                        !row.startsWith("| ---") && !row.startsWith("| defect |") && !row.startsWith("| fault |"))
                .toList();
        assertThat(rows).hasSizeGreaterThanOrEqualTo(LEAST_ROWS).allSatisfy(row -> assertThat(row)
                .containsPattern(NAMED));
    }
}
