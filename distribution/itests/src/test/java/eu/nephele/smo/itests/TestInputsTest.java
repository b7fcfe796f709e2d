// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The build knows the files that a unit test reads: the results of tests are kept by their content. */
class TestInputsTest {

    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    private static final Pattern MODULE = Pattern.compile("<module>((?:bundles|distribution)/[^<]+)</module>");

    /** Paths from the working directory that are not one literal which begins with {@code ../}. */
    private static final Pattern HIDDEN = Pattern.compile(
            "(Path\\.of|Paths\\.get|resolve|File)\\([^)]*\"\\.\\.\"|Path\\.of\\(\"\\.?\"\\)\\.toAbsolutePath\\(\\)[.\\w()]*getParent|Path\\.of\\(\"[^\".][^\"]*\\.\\./|\"user\\.dir\"");

    private static final Pattern UPWARDS = Pattern.compile("Path\\.of\\(\"(\\.\\.[^\"]*)\"");

    @Test
    void unitTestsLeaveTheirModuleByOneLiteral() throws IOException {
        List<String> hidden = new ArrayList<>();
        for (Path module : modules()) {
            for (Path source : sources(module.resolve("src/test/java"))) {
                String code = Files.readString(source);
                boolean unknown = UPWARDS.matcher(code)
                        .results()
                        .map(found -> module.resolve(found.group(1)).normalize())
                        .anyMatch(
                                path -> ROOT.startsWith(path) || path.toString().contains("/target/"));
                if (unknown || HIDDEN.matcher(code).find()) {
                    hidden.add(ROOT.relativize(source).toString());
                }
            }
        }
        assertThat(hidden)
                .as("tests that may read files which are not part of the key of their module")
                .isEmpty();
    }

    private static List<Path> modules() throws IOException {
        return MODULE.matcher(Files.readString(ROOT.resolve("pom.xml")))
                .results()
                .map(found -> found.group(1))
                .filter(module -> !module.equals("distribution/itests"))
                .map(ROOT::resolve)
                .toList();
    }

    private static List<Path> sources(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
