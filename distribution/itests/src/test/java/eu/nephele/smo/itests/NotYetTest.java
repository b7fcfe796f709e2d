// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** "Nothing yet", "always null", "a later version": what documents say does not exist, compared with what does. */
class NotYetTest {

    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    private static final Path STATEMENTS = Path.of("src/test/resources/not-yet.txt");
    private static final Pattern NOT_YET = Pattern.compile(
            "(?i)\\b(always null|for now\\b|(?<!offers )nothing yet|exists? yet|there (is|are) (no|neither) [^.|]{1,60} yet\\b"
                    + "|not (implemented|supported|available) yet|not yet (implemented|supported|available)|not implemented"
                    + "|(a|in a|the) (later|future) (version|release)|coming soon|comes? next\\b|not yet:"
                    + "|until (its|their) adapters? exists?|to be written|TODO\\b|TBD\\b)");

    private record Statement(String page, String words, String proof) {
        @Override
        public String toString() {
            return page + ": " + words;
        }
    }

    static List<Statement> statements() throws IOException {
        return Files.readAllLines(STATEMENTS).stream()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .map(line -> line.split(" \\| ", 3))
                .map(parts -> new Statement(parts[0], parts[1], parts[2]))
                .toList();
    }

    @Test
    void whateverAPageSaysIsNotThereIsOnTheList() throws IOException {
        List<Statement> listed = statements();
        List<String> unproven = new ArrayList<>();
        List<Path> pages = pages();
        for (Path page : pages) {
            String name = ROOT.relativize(page).toString();
            for (String line : Files.readAllLines(page)) {
                String rest = line;
                for (Statement known : listed) {
                    rest = known.page().equals(name) ? rest.replace(known.words(), "") : rest;
                }
                Matcher matcher = NOT_YET.matcher(rest);
                if (matcher.find()) {
                    unproven.add("%s: %s: %s".formatted(name, matcher.group(), line.strip()));
                }
            }
        }
        assertThat(pages).hasSizeGreaterThan(50);
        assertThat(pages).filteredOn(NotYetTest::isContract).hasSizeGreaterThan(10);
        assertThat(unproven)
                .as("Is it so? Then add it to %s with its proof, else mend the page", STATEMENTS)
                .isEmpty();
    }

    @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
    @MethodSource("statements")
    void whatIsOnTheListIsSaidAndIsSo(Statement statement) throws IOException {
        assertThat(Files.readString(ROOT.resolve(statement.page()))).contains(statement.words());
        String[] proof = statement.proof().split(" ", 3);
        Path where = ROOT.resolve(proof[1]);
        switch (proof[0]) {
            case "has" -> assertThat(Files.readString(where)).containsPattern(proof[2]);
            case "lacks" ->
                assertThat(below(where))
                        .isNotEmpty()
                        .noneMatch(file -> file.getFileName().toString().contains(proof[2]));
            default -> throw new AssertionError("What is '%s'?".formatted(statement.proof()));
        }
    }

    /** All documents but the records of decisions, which are of their day, and the contract of the interface. */
    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>(List.of(ROOT.resolve("README.md")));
        for (String folder : List.of("docs", "bundles", "examples", "distribution", "features")) {
            below(ROOT.resolve(folder)).stream()
                    .filter(file -> file.toString().endsWith(".md") || isContract(file))
                    .filter(file -> !file.toString().contains("/docs/adr/"))
                    .filter(file -> !file.toString().contains("/target/"))
                    .forEach(pages::add);
        }
        return pages;
    }

    /** Our own parts, and those of examples. */
    private static boolean isContract(Path file) {
        return file.endsWith("openapi.yaml") || file.getParent().endsWith("access/rest/openapi");
    }

    private static List<Path> below(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
