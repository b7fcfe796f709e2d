// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What modules import is there: a missing file would be found by a browser only. */
class PageModulesTest {

    private static final Path PAGE = Path.of("target", "classes", "page").toAbsolutePath();
    private static final Pattern IMPORT =
            Pattern.compile("(?:import|export)\\s*(?:[^'\"();]*?\\sfrom\\s*|\\(\\s*)?['\"]([^'\"]+)['\"]");

    /** What a first page may cost, compressed; the whole page with its editor and drawings. */
    private static final long FIRST_PAGE_BYTES = 300_000;

    private static final long ALL_BYTES = 700_000;

    private final PageFiles files = BundledFiles.in(BuiltBundle.create());

    @Test
    void allThatModulesImportIsThere() throws IOException {
        Properties modules = new Properties();
        modules.load(Files.newBufferedReader(PAGE.resolve("modules.properties")));
        Set<String> missing = new LinkedHashSet<>();
        for (String module : ours()) {
            for (String imported : imports(module)) {
                String place = imported.startsWith(".")
                        ? URI.create(module).resolve(imported).toString()
                        : "lib/" + modules.getProperty(imported, "?");
                if (files.file(place).isEmpty()) {
                    missing.add(module + " imports " + imported);
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void librariesAreCompleteAmongThemselves() throws IOException {
        Properties modules = new Properties();
        modules.load(Files.newBufferedReader(PAGE.resolve("modules.properties")));
        assertThat(modules.stringPropertyNames()).isNotEmpty();
        for (String name : modules.stringPropertyNames()) {
            if (name.endsWith("/")) {
                continue;
            }
            String place = "lib/" + modules.getProperty(name);
            assertThat(files.file(place)).as(name).isPresent();
            for (String imported : imports(place)) {
                String target = imported.startsWith(".")
                        ? URI.create(place).resolve(imported).toString()
                        : "lib/" + modules.getProperty(imported, "?" + imported);
                assertThat(files.file(target))
                        .as("%s imports %s", place, imported)
                        .isPresent();
            }
        }
    }

    @Test
    void theFrameNamesFilesThatAreThere() {
        Matcher names = Pattern.compile("\\{\\{assets}}([^\"]+)").matcher(files.text("index.html"));
        assertThat(names.results().map(name -> name.group(1)))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(files.file(name)).as(name).isPresent());
    }

    @Test
    void itIsSmallEnough() {
        long all = Stream.concat(ours().stream(), libraries())
                .mapToLong(this::compressedBytes)
                .sum();
        Set<String> first = new LinkedHashSet<>(List.of("main.js", "pages/overview.js", "lib/uplot/uPlot.esm.js"));
        Set<String> seen = new LinkedHashSet<>();
        while (!first.isEmpty()) {
            String module = first.iterator().next();
            first.remove(module);
            if (seen.add(module) && !module.startsWith("lib/")) {
                staticImports(module).stream()
                        .filter(imported -> imported.startsWith("."))
                        .map(imported -> URI.create(module).resolve(imported).toString())
                        .forEach(first::add);
            }
        }
        assertThat(seen).hasSizeGreaterThan(8);
        assertThat(seen.stream().mapToLong(this::compressedBytes).sum()).isLessThan(FIRST_PAGE_BYTES);
        assertThat(all).isLessThan(ALL_BYTES);
    }

    private long compressedBytes(String module) {
        return files.file(module).orElseThrow(() -> new AssertionError(module)).compressed().length;
    }

    private static List<String> ours() {
        try (Stream<Path> found = Files.walk(PAGE)) {
            return found.filter(file -> file.toString().endsWith(".js"))
                    .map(file -> PAGE.relativize(file).toString())
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Stream<String> libraries() {
        try {
            Properties modules = new Properties();
            modules.load(Files.newBufferedReader(PAGE.resolve("modules.properties")));
            return modules.stringPropertyNames().stream()
                    .filter(name -> !name.endsWith("/"))
                    .map(name -> "lib/" + modules.getProperty(name))
                    .distinct();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private List<String> imports(String module) {
        return IMPORT.matcher(files.text(module))
                .results()
                .map(found -> found.group(1))
                .filter(name -> !name.contains(" ") && !name.isBlank())
                .toList();
    }

    private List<String> staticImports(String module) {
        return Pattern.compile("(?m)^(?:import|export)\\s*(?:[^'\"();]*?\\sfrom\\s*)?['\"]([^'\"]+)['\"]")
                .matcher(files.text(module))
                .results()
                .map(found -> found.group(1))
                .toList();
    }
}
