// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator.promql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import eu.nephele.smo.lab.simulator.promql.Series.Point;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class PromqlPropertiesTest {

    private static final Instant NOW = Instant.parse("2026-06-01T08:00:00Z");

    /** Tokens that make expressions, and some that do not. */
    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of(
                        "up", "sum", "by", "rate", "absent", "(", ")", "{", "}", "[", "]", "5m", "1", "job", "=", "=~",
                        "\"a\"", "\"(\"", "and", "or", "unless", "==", ">", "bool", "+", "-", "*", ",", "'", "\\", "@",
                        "Inf")
                .list()
                .ofMaxSize(12)
                .map(words -> words.stream().collect(Collectors.joining(" ")));
    }

    @Property(tries = 3000)
    void anyTextIsUnderstoodOrRefusedWithItsPosition(@ForAll("texts") String text) {
        try {
            assertThat(Promql.parse(text)).isNotNull();
        } catch (PromqlException e) {
            assertThat(e.getMessage()).matches("at position \\d+: .*");
        }
    }

    @Property(tries = 500)
    void aSteadyCounterGrowsByItsRateWhateverTheRange(
            @ForAll @DoubleRange(min = 0, max = 1000) double perSecond,
            @ForAll @IntRange(min = 3, max = 300) int seconds) {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < seconds; i++) {
            points.add(new Point(NOW.minusSeconds(seconds - 1 - i), 1e6 + perSecond * i));
        }
        assertThat(Increase.compute(points, NOW.minusSeconds(seconds), NOW).orElseThrow())
                .isCloseTo(perSecond * seconds, within(1e-6 * (1 + perSecond * seconds)));
    }

    @Property(tries = 500)
    void aCounterNeverShrinksWhateverResets(
            @ForAll @Size(min = 2, max = 30) List<@DoubleRange(max = 1e6) Double> values) {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            points.add(new Point(NOW.minusSeconds(values.size() - i), Math.abs(values.get(i))));
        }
        assertThat(Increase.compute(points, NOW.minusSeconds(60), NOW).orElseThrow())
                .isNotNegative();
    }

    @Property(tries = 500)
    void arithmeticIsThatOfJava(
            @ForAll @IntRange(min = 1, max = 99) int a,
            @ForAll @IntRange(min = 1, max = 99) int b,
            @ForAll @IntRange(min = 1, max = 99) int c) {
        Expression expression = Promql.parse("%d + %d * %d - %d / %d %% %d".formatted(a, b, c, a, b, c));
        assertThat(new Evaluator(new Nothing()).number(expression))
                .isEqualTo(a + (double) b * c - ((double) a / b) % c);
    }

    private static final class Nothing implements Series {
        @Override
        public Instant at() {
            return NOW;
        }

        @Override
        public List<Sample> present(Expression.Selector selector) {
            return List.of();
        }

        @Override
        public List<History> past(Expression.Selector selector) {
            return List.of();
        }
    }
}
