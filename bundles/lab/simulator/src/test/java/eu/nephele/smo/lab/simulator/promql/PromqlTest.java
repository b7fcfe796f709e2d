// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator.promql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import eu.nephele.smo.lab.simulator.promql.Expression.Selector;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PromqlTest {

    private static final Instant NOW = Instant.parse("2026-06-01T08:00:00Z");

    /** Three targets, two sizes, and two counters measured each second for a minute: 2/s, and 5/s with a reset in between. */
    private static final class Known implements Series {

        private final List<Sample> samples = List.of(
                sample("up", 1, "job", "web", "instance", "1"),
                sample("up", 0, "job", "web", "instance", "2"),
                sample("up", 1, "job", "api", "instance", "1"),
                sample("size", 30, "job", "web", "instance", "1"),
                sample("size", 7, "job", "api", "instance", "1"),
                sample("limit", 10, "job", "web", "instance", "1"),
                sample("limit", 10, "job", "api", "instance", "1"));

        @Override
        public Instant at() {
            return NOW;
        }

        @Override
        public List<Sample> present(Selector selector) {
            return samples.stream()
                    .filter(sample -> selector.accepts(sample.labels()))
                    .toList();
        }

        @Override
        public List<History> past(Selector selector) {
            Instant from = NOW.minus(selector.range().orElseThrow());
            return List.of(history("requests_total", "web", 2, 0), history("requests_total", "api", 5, 30)).stream()
                    .filter(history -> selector.accepts(history.labels()))
                    .map(history -> new History(
                            history.labels(),
                            history.points().stream()
                                    .filter(point -> point.at().isAfter(from))
                                    .toList()))
                    .toList();
        }

        private static History history(String name, String job, double perSecond, int resetAt) {
            return new History(
                    Sample.named(name, Map.of("job", job)),
                    IntStream.rangeClosed(0, 60)
                            .mapToObj(i -> new Point(
                                    NOW.minusSeconds(60 - i),
                                    1000 * (i < resetAt ? 1 : 0) + perSecond * (i < resetAt ? i : i - resetAt)))
                            .toList());
        }
    }

    private static Sample sample(String name, double value, String... labels) {
        Map<String, String> byName = new TreeMap<>();
        for (int i = 0; i < labels.length; i += 2) {
            byName.put(labels[i], labels[i + 1]);
        }
        return new Sample(Sample.named(name, byName), value);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            up                                         | up{instance=1,job=api} 1; up{instance=1,job=web} 1; up{instance=2,job=web} 0
            up{job="web",instance!="1"}                | up{instance=2,job=web} 0
            up{job=~"w.*"}                             | up{instance=1,job=web} 1; up{instance=2,job=web} 0
            up{job=~"w"}                               |
            up{job!~"w.*",}                            | up{instance=1,job=api} 1
            {__name__=~"si.*", job='api'}              | size{instance=1,job=api} 7
            up{ghost=""} == 0                          | up{instance=2,job=web} 0
            none                                       |
            absent(none)                               | {} 1
            absent(up)                                 |
            absent(up{prometheus="smo/x"})             | {prometheus=smo/x} 1
            absent(up{a="1",b!="2",c="3",c=~"x"})      | {a=1} 1
            absent(sum(none))                          | {} 1
            up == 0                                    | up{instance=2,job=web} 0
            0 == up                                    | up{instance=2,job=web} 0
            up != bool 1                               | {instance=1,job=api} 0; {instance=1,job=web} 0; {instance=2,job=web} 1
            size > 10                                  | size{instance=1,job=web} 30
            10 < size                                  | size{instance=1,job=web} 30
            size >= 7 <= 7                             | size{instance=1,job=api} 7
            size > limit                               | size{instance=1,job=web} 30
            size / limit                               | {instance=1,job=api} 0.7; {instance=1,job=web} 3
            size / limit > 1                           | {instance=1,job=web} 3
            size * 2 + 1                               | {instance=1,job=api} 15; {instance=1,job=web} 61
            1 + size * 2                               | {instance=1,job=api} 15; {instance=1,job=web} 61
            -size{job="api"}                           | {instance=1,job=api} -7
            size % 4                                   | {instance=1,job=api} 3; {instance=1,job=web} 2
            (size - 5) / 2                             | {instance=1,job=api} 1; {instance=1,job=web} 12.5
            sum(up)                                    | {} 2
            sum by (job) (up)                          | {job=api} 1; {job=web} 1
            sum(up) by (job)                           | {job=api} 1; {job=web} 1
            avg(up) by (job)                           | {job=api} 1; {job=web} 0.5
            MAX(size)                                  | {} 30
            min(size)                                  | {} 7
            count(up)                                  | {} 3
            count(up == 0) by (job)                    | {job=web} 1
            sum(none)                                  |
            size and up == 1                           | size{instance=1,job=api} 7; size{instance=1,job=web} 30
            size > 10 and limit < 20                   | size{instance=1,job=web} 30
            up unless size                             | up{instance=2,job=web} 0
            none or up{job="api"}                      | up{instance=1,job=api} 1
            up{job="api"} or size                      | size{instance=1,job=web} 30; up{instance=1,job=api} 1
            absent(none) or up{job="api"} and none     | {} 1
            rate(requests_total{job="web"}[10s])       | {job=web} 2
            increase(requests_total{job="web"}[1m])    | {job=web} 120
            rate(requests_total{job="api"}[10s])       | {job=api} 5
            sum(rate(requests_total[30s]))             | {} 7
            rate(requests_total[1s])                   |
            rate(requests_total[10s]) > 3              | {job=api} 5
            42                                         | {} 42
            2 + 3 * 4 - 10 / 5                         | {} 12
            2 > bool 1                                 | {} 1
            -(2 + 1.5e1)                               | {} -17
            .5                                         | {} 0.5
            - Inf                                      | {} -Infinity
            """)
    void answers(String expression, String expected) {
        assertThat(shown(Promql.evaluate(Promql.parse(expression), new Known())))
                .isEqualTo(expected == null ? "" : expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            ^# no expression^               | at position 15: expected an expression, got the end
            up ==                           | at position 5: expected an expression, got the end
            up up                           | at position 3: unexpected 'up'
            up{job=web}                     | at position 7: expected a text in quotes, got 'web'
            up{job}                         | at position 6: expected =, !=, =~ or !~, got '}'
            up{job=="web"}                  | at position 6: expected =, !=, =~ or !~, got '=='
            up{job="web"                    | at position 12: expected ',', got the end
            up{job="web                     | at position 7: unterminated text
            up{job="\\x"}                   | at position 8: unknown escape '\\x'
            up{job=~"("}                    | at position 8: not a regular expression: Unclosed group
            {}                              | at position 0: the selector means every series
            {job=~".*"}                     | at position 0: the selector means every series
            up[5m]                          | at position 0: a range stands only inside rate() and increase()
            up[5m] > 1                      | at position 0: a range stands only inside rate() and increase()
            1 + up[5m]                      | at position 4: a range stands only inside rate() and increase()
            sum(up[5m])                     | at position 4: a range stands only inside rate() and increase()
            rate(up)                        | at position 5: expected a selector with a range
            rate(sum(up)[5m])               | at position 5: expected a selector with a range
            rate(up[5])                     | at position 8: expected a duration such as 5m, got '5'
            rate(up[0s])                    | at position 8: expected a duration such as 5m, got '0s'
            rate(up[5m:1m])                 | at position 10: expected ']', got ':1m'
            histogram_quantile(0.9, x)      | at position 0: unknown function 'histogram_quantile'
            up offset 5m                    | at position 3: unexpected 'offset'
            up @ 5                          | at position 3: unexpected character '@'
            size / on(job) limit            | at position 7: unknown function 'on'
            topk(5, up)                     | at position 0: unknown function 'topk'
            absent(1)                       | at position 7: expected series, got a number
            sum(1)                          | at position 3: expected series to aggregate, got a number
            1 and up                        | at position 2: 'and' joins sets of series, not numbers
            1 > 2                           | at position 2: a comparison of two numbers needs bool
            5m                              | at position 0: expected a number, got '5m'
            (up                             | at position 3: expected ')', got the end
            up)                             | at position 2: unexpected ')'
            sum by job (up)                 | at position 7: expected '(', got 'job'
            up $ 1                          | at position 3: unexpected character '$'
            """)
    void refusesWhatItDoesNotUnderstandAndNamesThePosition(String expression, String message) {
        assertThatExceptionOfType(PromqlException.class)
                .isThrownBy(() -> Promql.parse(expression))
                .withMessageStartingWith(message)
                .withMessageContaining("understood are selectors");
    }

    @ParameterizedTest
    @ValueSource(strings = {"size > up", "up / up{job=\"web\"}"})
    void joinsSeriesThatHaveTheSameLabels(String expression) {
        assertThat(Promql.evaluate(Promql.parse(expression), new Known())).isNotEmpty();
    }

    @Test
    void refusesToJoinSeriesThatCannotBeDistinguished() {
        Expression ambiguous = Promql.parse("{job=\"web\",instance=\"1\"} > size");
        assertThatExceptionOfType(PromqlException.class)
                .isThrownBy(() -> Promql.evaluate(ambiguous, new Known()))
                .withMessageContaining("several series on the left of '>'");
        Expression nameless = Promql.parse("{job=\"web\"} + 1");
        assertThatExceptionOfType(PromqlException.class)
                .isThrownBy(() -> Promql.evaluate(nameless, new Known()))
                .withMessageContaining("several series have the same labels");
    }

    @Test
    void knowsTheRangesOfAnExpression() {
        Expression expression = Promql.parse("rate(a[1m]) > 2 and absent(sum(increase(b[1h30m])))");
        assertThat(expression
                        .ranges()
                        .map(selector ->
                                selector.name().orElseThrow() + selector.range().orElseThrow()))
                .containsExactly("aPT1M", "bPT1H30M");
    }

    @Test
    void bearsNestingAndLengthOnlyToALimit() {
        assertThatExceptionOfType(PromqlException.class)
                .isThrownBy(() -> Promql.parse("(".repeat(1000) + "1" + ")".repeat(1000)))
                .withMessageContaining("levels deep");
        assertThatExceptionOfType(PromqlException.class)
                .isThrownBy(() -> Promql.parse("-".repeat(4000) + "1"))
                .withMessageContaining("levels deep");
        assertThatExceptionOfType(PromqlException.class)
                .isThrownBy(() -> Promql.parse(" ".repeat(5000)))
                .withMessageContaining("5000 characters, at most 4096");
    }

    private static String shown(List<Sample> samples) {
        return samples.stream().map(PromqlTest::shown).sorted().collect(Collectors.joining("; "));
    }

    private static String shown(Sample sample) {
        Map<String, String> labels = new TreeMap<>(sample.labels());
        String name = labels.getOrDefault(Sample.NAME, "");
        labels.remove(Sample.NAME);
        String value = Double.isInfinite(sample.value())
                ? Double.toString(sample.value())
                : String.format(Locale.ROOT, "%.6f", sample.value()).replaceAll("\\.?0+$", "");
        return name + labels.toString().replace(", ", ",") + " " + value;
    }
}
