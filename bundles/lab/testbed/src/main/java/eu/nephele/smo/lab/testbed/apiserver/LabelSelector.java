// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Selector of labels in a list call: {@code a=b}, {@code a!=b}, {@code a in (b,c)}, {@code a notin (b,c)}, {@code a},
 * {@code !a}.
 */
final class LabelSelector {

    private static final Pattern BETWEEN = Pattern.compile(",(?![^(]*\\))");
    private static final Pattern SET = Pattern.compile("(\\S+) (in|notin) \\((.*)\\)");
    private static final Pattern EQUAL = Pattern.compile("([^=!]+)(!=|==|=)(.*)");

    private LabelSelector() {}

    /** @param text "" for all */
    static Predicate<JsonNode> parse(String text) {
        Predicate<JsonNode> all = object -> true;
        if (text.isBlank()) {
            return all;
        }
        for (String term : BETWEEN.split(text, -1)) {
            all = all.and(term(term.strip()));
        }
        return all;
    }

    private static Predicate<JsonNode> term(String term) {
        Matcher set = SET.matcher(term);
        if (set.matches()) {
            List<String> values = List.of(set.group(3).split(",", -1));
            boolean in = set.group(2).equals("in");
            return object -> {
                JsonNode label = label(object, set.group(1));
                return in == (!label.isMissingNode() && values.contains(label.asText()));
            };
        }
        Matcher equal = EQUAL.matcher(term);
        if (equal.matches()) {
            boolean wanted = !equal.group(2).equals("!=");
            return object -> {
                JsonNode label = label(object, equal.group(1));
                return wanted == (!label.isMissingNode() && label.asText().equals(equal.group(3)));
            };
        }
        boolean absent = term.startsWith("!");
        String name = absent ? term.substring(1) : term;
        return object -> absent == label(object, name).isMissingNode();
    }

    private static JsonNode label(JsonNode object, String name) {
        return object.path("metadata").path("labels").path(name);
    }
}
