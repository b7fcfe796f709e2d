// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.pools.containers.check.FileFinding;
import eu.nephele.smo.pools.containers.check.FileFindings;
import eu.nephele.smo.pools.containers.source.PlainYaml;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class HostileTextsTest {

    static Stream<Arguments> unreadable() {
        String laughs = "a: &a [x, x, x, x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]\n";
        return Stream.of(
                Arguments.of(laughs, "no anchors and aliases; write the value out", 1),
                Arguments.of("a: *b\n", "no anchors and aliases; write the value out", 1),
                Arguments.of("a: !!java.net.URL [x]\n", "no tags", 1),
                Arguments.of("a: !x y\n", "no tags", 1),
                Arguments.of("a: 1\nb: 2\na: 3\n", "each key once in an object; this one appears twice", 3),
                Arguments.of("a: 1\n---\nb: 2\n", "exactly one document; a second one begins here", 2),
                Arguments.of("? [a]\n: 1\n", "a key is a text of 1 to 256 characters", 1),
                Arguments.of("a".repeat(300) + ": 1\n", "a key is a text of 1 to 256 characters", 1),
                Arguments.of("[".repeat(100_000), "at most 16 levels", 1),
                Arguments.of("a: [" + "1,".repeat(30_000) + "1]", "at most 20000 objects, lists and values", 1),
                Arguments.of("a: \u0000\n", "YAML: a character that is not allowed", 0),
                Arguments.of(" ".repeat(PlainYaml.MOST_CHARACTERS + 1), "at most 262144 characters, found 262145", 0));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("unreadable")
    void isRefusedWithItsPlace(String text, String rule, int line) {
        assertThat(Texts.errors(text)).singleElement().satisfies(error -> {
            assertThat(error.rule()).isEqualTo(rule);
            assertThat(error.mark().line()).isEqualTo(line);
            assertThat(error.pointer()).isEmpty();
        });
    }

    @ParameterizedTest
    @MethodSource("large")
    void largeOnesAreAnsweredSoon(String text) {
        assertThat(Texts.READER.lint(text).errors()).hasSizeBetween(1, FileFindings.MOST);
    }

    static Stream<String> large() {
        return Stream.of(
                "a: \"" + "x".repeat(262_000) + "\"",
                "a: " + "1".repeat(262_000),
                "a: " + "1:".repeat(131_000),
                "# " + "x".repeat(262_000),
                Texts.with("image: registry.example/shop/web:1.4.2", "image: " + "a/".repeat(100_000)),
                Texts.with("image: registry.example/shop/web:1.4.2", "image: " + "a-".repeat(100_000)),
                Texts.with("host: 192.0.2.11", "host: " + "a.".repeat(100_000)),
                Texts.service("volumes: [ \"" + "a/..".repeat(50_000) + "\" ]"),
                Texts.service("environment: [ A=" + "${".repeat(100_000) + " ]"),
                Stream.iterate(0, i -> i + 1)
                        .limit(15_000)
                        .map(i -> "k%d: 1\n".formatted(i))
                        .reduce(new StringBuilder(), StringBuilder::append, StringBuilder::append)
                        .toString());
    }

    /** Whatever is cut out, doubled or replaced: there is an answer. */
    @Property(tries = 2000)
    void everyEditOfAFileHasAnAnswer(
            @ForAll @IntRange(max = 4000) int at, @ForAll @IntRange(max = 40) int length, @ForAll String instead) {
        String shop = Texts.shop();
        int begin = Math.min(at, shop.length());
        int end = Math.min(begin + length, shop.length());
        FileReport report = Texts.READER.lint(shop.substring(0, begin) + instead + shop.substring(end));

        assertThat(report.file().isPresent()).isEqualTo(report.errors().isEmpty());
        assertThat(report.findings())
                .allSatisfy(finding -> assertThat(finding.message()).isNotBlank());
    }

    @Test
    void aDayEndsAtMidnightHoweverThatIsWritten() {
        String hours = Texts.LEAST + "autoscaler: { business_hours: { start: \"20:00\", end: \"%s\" } }\n";
        FileReport early = Texts.READER.lint(hours.formatted("00:00"));
        assertThat(early.errors()).isEmpty();
        assertThat(early.file())
                .isEqualTo(Texts.READER.lint(hours.formatted("24:00")).file());
    }

    @Test
    void lineBreaksOfOtherSystemsCount() {
        assertThat(Texts.errors(Texts.with("port: 8080", "port: 0").replace("\n", "\r\n")))
                .extracting(FileFinding::message)
                .containsExactly("line 10, column 5: `port` = 0: at least 1");
    }
}
