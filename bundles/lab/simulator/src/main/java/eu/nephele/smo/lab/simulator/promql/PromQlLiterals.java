// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator.promql;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

final class PromQlLiterals {

    private static final Pattern NUMBER = Pattern.compile("(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?");
    private static final Pattern DURATION = Pattern.compile("(?:[0-9]{1,9}(?:ms|[smhdwy]))+");
    private static final Pattern PART = Pattern.compile("([0-9]+)(ms|[smhdwy])");
    private static final Map<String, Duration> UNITS = Map.of(
            "ms", Duration.ofMillis(1),
            "s", Duration.ofSeconds(1),
            "m", Duration.ofMinutes(1),
            "h", Duration.ofHours(1),
            "d", Duration.ofDays(1),
            "w", Duration.ofDays(7),
            "y", Duration.ofDays(365));

    private PromQlLiterals() {}

    static double number(Token token) {
        if (!NUMBER.matcher(token.text()).matches()) {
            throw PromqlException.at(token.position(), "expected a number, got " + token.shown());
        }
        return Double.parseDouble(token.text());
    }

    /** The numbers that are written as words. */
    static Optional<Double> special(Token token) {
        if (token.isWord("nan")) {
            return Optional.of(Double.NaN);
        }
        return token.isWord("inf") ? Optional.of(Double.POSITIVE_INFINITY) : Optional.empty();
    }

    static Duration duration(Token token) {
        Duration sum = Duration.ZERO;
        if (DURATION.matcher(token.text()).matches()) {
            for (Matcher part = PART.matcher(token.text()); part.find(); ) {
                sum = sum.plus(
                        UNITS.getOrDefault(part.group(2), Duration.ZERO).multipliedBy(Long.parseLong(part.group(1))));
            }
        }
        if (sum.isZero()) {
            throw PromqlException.at(token.position(), "expected a duration such as 5m, got " + token.shown());
        }
        return sum;
    }
}
