// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The words of the page of questions lead to the files that answer them. */
class WhereIsTest {

    private static final Path ROOT =
            BundleFolder.BUNDLES.toAbsolutePath().normalize().getParent();
    private static final Path PAGE = ROOT.resolve("docs/develop/where-is.md");
    private static final Pattern LINK = Pattern.compile("\\[[^]]+]\\(([^)]+)\\)");
    /** More names than these are not read, but searched again. */
    private static final int MOST_HITS = 6;

    private record Question(String text, List<String> words, List<Path> files) {}

    @Test
    void eachQuestionIsAnsweredByAtMostTwoFilesThatItsWordsFind() throws IOException {
        List<Path> searched = searched();
        List<Question> questions = questions();
        assertThat(questions).hasSize(12);
        assertThat(questions).allSatisfy(question -> {
            assertThat(question.files()).hasSizeBetween(1, 2).allMatch(Files::isRegularFile);
            List<Path> found = new ArrayList<>();
            for (String words : question.words()) {
                Pattern pattern = Pattern.compile(String.join(".*", words.split(" ")), Pattern.CASE_INSENSITIVE);
                List<Path> hits = searched.stream()
                        .filter(file -> pattern.matcher(file.toString()).find())
                        .toList();
                assertThat(hits).as(words).hasSizeBetween(1, MOST_HITS);
                found.addAll(hits);
            }
            assertThat(found).containsAll(question.files());
        });
    }

    private static List<Question> questions() throws IOException {
        return Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| ") && line.contains("]("))
                .map(line -> line.split("\\|"))
                .map(cells -> new Question(
                        cells[1].strip(),
                        Arrays.stream(cells[2].split(";"))
                                .map(String::strip)
                                .map(words -> words.toLowerCase(Locale.ROOT))
                                .toList(),
                        LINK.matcher(cells[3])
                                .results()
                                .map(link -> PAGE.resolveSibling(link.group(1)).normalize())
                                .toList()))
                .toList();
    }

    /** What the search on the page looks at. */
    private static List<Path> searched() throws IOException {
        try (Stream<Path> bundles = Files.walk(BundleFolder.BUNDLES);
                Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            return Stream.concat(bundles, docs)
                    .map(Path::toAbsolutePath)
                    .map(Path::normalize)
                    .filter(Files::isRegularFile)
                    .filter(file -> Stream.of("/test/", "/target/")
                            .noneMatch(part -> file.toString().contains(part)))
                    .toList();
        }
    }
}
