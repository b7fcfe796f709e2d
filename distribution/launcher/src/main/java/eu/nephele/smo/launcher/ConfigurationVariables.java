// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.launcher;

import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values of the variables in the default configurations of a profile, such as <code>${smo.data}</code>. */
final class ConfigurationVariables {

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{(smo\\.[a-z.]+)}");

    private final Map<String, String> values;

    ConfigurationVariables(Map<String, String> values) {
        this.values = Map.copyOf(values);
    }

    /** Replaces every reference inside JSON text, escaped so that it may stand in a JSON string. */
    String inJson(String json) throws ServerStartException {
        return replaced(json, FlatJson::escaped);
    }

    /** Replaces every reference inside plain text. */
    String inText(String text) throws ServerStartException {
        return replaced(text, UnaryOperator.identity());
    }

    private String replaced(String text, UnaryOperator<String> form) throws ServerStartException {
        Matcher matcher = REFERENCE.matcher(text);
        StringBuilder result = new StringBuilder(text.length());
        while (matcher.find()) {
            String value = values.get(matcher.group(1));
            if (value == null) {
                throw new ServerStartException(
                        ServerStartException.BROKEN,
                        "The profile refers to ${%s}, which the launcher does not know; known: %s."
                                .formatted(matcher.group(1), values.keySet()));
            }
            matcher.appendReplacement(result, Matcher.quoteReplacement(form.apply(value)));
        }
        return matcher.appendTail(result).toString();
    }
}
