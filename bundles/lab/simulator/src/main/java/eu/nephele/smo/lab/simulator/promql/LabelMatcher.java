// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator.promql;

import java.util.Map;
import java.util.regex.Pattern;

/** Matcher of one label; a missing label counts as "". */
public final class LabelMatcher {

    private final String label;
    private final String operator;
    private final String value;
    private final Pattern pattern;

    /**
     * @param operator {@code =}, {@code !=}, {@code =~} or {@code !~}
     * @throws java.util.regex.PatternSyntaxException when the value of the latter two is no regular expression
     */
    LabelMatcher(String label, String operator, String value) {
        this.label = label;
        this.operator = operator;
        this.value = value;
        this.pattern = operator.endsWith("~") ? Pattern.compile(value, Pattern.DOTALL) : Pattern.compile("");
    }

    String label() {
        return label;
    }

    String value() {
        return value;
    }

    boolean isEquality() {
        return operator.equals("=");
    }

    boolean accepts(Map<String, String> labels) {
        return acceptsText(labels.getOrDefault(label, ""));
    }

    boolean acceptsText(String text) {
        return switch (operator) {
            case "=" -> text.equals(value);
            case "!=" -> !text.equals(value);
            case "=~" -> matches(text);
            default -> !matches(text);
        };
    }

    private boolean matches(String text) {
        return pattern.matcher(new BoundedText(text)).matches();
    }
}
