// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.grafana;

import java.util.ArrayList;
import java.util.List;

/**
 * A PromQL selector: a metric and label matchers. Values are data: whatever they contain, they stay inside their
 * quotes. A label without a name is left out.
 *
 * @param matchers {@code label="value"} and the like, escaped
 */
record PromQlSelector(String metric, List<String> matchers) {

    private static final String REGEX_CHARACTERS = "\\.+*?()|[]{}^$";

    PromQlSelector {
        matchers = List.copyOf(matchers);
    }

    static PromQlSelector of(String metric) {
        return new PromQlSelector(metric, List.of());
    }

    PromQlSelector is(String label, String value) {
        return with(label, "=", value);
    }

    PromQlSelector isNot(String label, String value) {
        return with(label, "!=", value);
    }

    /** @param regex RE2; Prometheus anchors it at both ends */
    PromQlSelector matches(String label, String regex) {
        return with(label, "=~", regex);
    }

    PromQlSelector matchesNot(String label, String regex) {
        return with(label, "!~", regex);
    }

    /** Escapes the text for a regular expression, so that it matches only itself. */
    static String literally(String text) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (REGEX_CHARACTERS.indexOf(c) >= 0) {
                regex.append('\\');
            }
            regex.append(c);
        }
        return regex.toString();
    }

    /** Returns the selector over a window, for rates. */
    String over(String window) {
        return this + "[" + window + "]";
    }

    @Override
    public String toString() {
        return metric + "{" + String.join(",", matchers) + "}";
    }

    private PromQlSelector with(String label, String operator, String value) {
        if (label.isEmpty()) {
            return this;
        }
        List<String> more = new ArrayList<>(matchers);
        more.add(label + operator + quoted(value));
        return new PromQlSelector(metric, more);
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }
}
