// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The Java in the documents for authors of plugins is taken from the templates, examples and tests, which are compiled and run: above
 * each block a comment names the file, and behind {@code #} a part of it that is marked with {@code // docs: part}.
 */
class SnippetsTest {

    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    private static final Pattern WHOLE_FILE =
            Pattern.compile("<!-- (examples/\\S+?) -->\\n```(?!java)\\w+\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern BLOCK = Pattern.compile(
            "(?:<!-- ((?:examples|bundles)/\\S+?)(?:#(\\S+))? -->\\n)?```java\\n(.*?)```", Pattern.DOTALL);

    static Stream<Path> pages() throws IOException {
        try (Stream<Path> files = Files.list(ROOT.resolve("docs/develop"))) {
            return files.filter(page -> page.toString().endsWith(".md")).sorted().toList().stream();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pages")
    void everyBlockOfJavaIsWhatIsCompiled(Path page) throws IOException {
        Matcher block = BLOCK.matcher(Files.readString(page));
        while (block.find()) {
            assertThat(block.group(1))
                    .as("%s: the block that begins with '%s' names no file", page, firstLine(block.group(3)))
                    .isNotNull();
            assertThat(block.group(3))
                    .as("%s: %s", page, block.group(1))
                    .isEqualTo(snippet(block.group(1), block.group(2)));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pages")
    void everyOtherBlockThatNamesAFileIsThatFile(Path page) throws IOException {
        Matcher block = WHOLE_FILE.matcher(Files.readString(page));
        while (block.find()) {
            assertThat(block.group(2))
                    .as("%s: %s", page, block.group(1))
                    .isEqualTo(Files.readString(ROOT.resolve(block.group(1))));
        }
    }

    @Test
    void thePagesHaveSuchBlocks() throws IOException {
        List<Path> withCode = new ArrayList<>();
        for (Path page : pages().toList()) {
            if (BLOCK.matcher(Files.readString(page)).find()) {
                withCode.add(page);
            }
        }
        assertThat(withCode).hasSizeGreaterThan(5);
        assertThat(Files.readString(ROOT.resolve("docs/develop/add-a-kind.md"))).containsPattern(WHOLE_FILE);
    }

    /** The part of the file, or all of it behind its imports; markers left out, moved to the left as a whole. */
    private static String snippet(String file, String part) throws IOException {
        List<String> lines = Files.readAllLines(ROOT.resolve(file));
        int from = part == null
                ? afterImports(lines)
                : lines.stream().map(String::strip).toList().indexOf("// docs: " + part) + 1;
        assertThat(from).as("%s has no '// docs: %s'", file, part).isPositive();
        List<String> taken = new ArrayList<>();
        for (String line : lines.subList(from, lines.size())) {
            if (part != null && line.strip().equals("// docs: end")) {
                break;
            }
            if (!line.strip().startsWith("// docs: ")) {
                taken.add(line);
            }
        }
        int indent = taken.stream()
                .filter(line -> !line.isBlank())
                .mapToInt(line -> line.length() - line.stripLeading().length())
                .min()
                .orElse(0);
        return taken.stream()
                .map(line -> line.isBlank() ? "\n" : line.substring(indent) + "\n")
                .collect(Collectors.joining());
    }

    private static int afterImports(List<String> lines) {
        int last = 0;
        for (int i = 0; i < lines.size(); i++) {
            last = lines.get(i).startsWith("import ") ? i + 1 : last;
        }
        return last < lines.size() && lines.get(last).isBlank() ? last + 1 : last;
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }
}
