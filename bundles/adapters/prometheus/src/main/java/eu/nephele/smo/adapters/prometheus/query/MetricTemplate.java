// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.prometheus.query;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Query template of a metric: PromQL with placeholders. */
public record MetricTemplate(String serviceLabel, String promQl) {

    private static final Pattern LABEL = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");
    private static final Pattern LINE = Pattern.compile("(?s)\\s*([^=@\\s]+)(?:@([^=\\s]*))?\\s*=(.*)");
    private static final Pattern FOR_MANY = Pattern.compile("\\$(selector|services)\\b");
    private static final Pattern ALONE = Pattern.compile("\\$(service|namespace)\\b");
    private static final Pattern FOR_ONE = Pattern.compile("\\$service\\b");

    /** Lines {@code NAME=PROMQL} and {@code NAME@LABEL=PROMQL}; others are an {@link IllegalArgumentException}. */
    public static Map<String, MetricTemplate> parse(String[] lines, String serviceLabel) {
        Map<String, MetricTemplate> templates = new TreeMap<>();
        for (String line : lines) {
            Matcher parts = LINE.matcher(line);
            if (!parts.matches() || parts.group(3).isBlank()) {
                throw new IllegalArgumentException("metrics: expected NAME=PROMQL or NAME@LABEL=PROMQL, not " + line);
            }
            String label = parts.group(2) == null ? serviceLabel : parts.group(2);
            MetricTemplate template =
                    new MetricTemplate(label(label, "metrics"), parts.group(3).strip());
            if (!template.forMany() && !FOR_ONE.matcher(template.promQl).find()) {
                throw new IllegalArgumentException(
                        "metrics: the query of %s is the same for all services; expected $selector, $services or $service in it"
                                .formatted(parts.group(1)));
            }
            if (template.forMany() && ALONE.matcher(template.promQl).find()) {
                throw new IllegalArgumentException(
                        "metrics: the query of %s has placeholders for all services and for one; expected $services and $namespaces, or $service and $namespace"
                                .formatted(parts.group(1)));
            }
            if (templates.put(parts.group(1), template) != null) {
                throw new IllegalArgumentException("metrics: two queries for " + parts.group(1));
            }
        }
        return templates;
    }

    /** @throws IllegalArgumentException if it is not a label name; the message names the setting */
    public static String label(String name, String setting) {
        if (!LABEL.matcher(name).matches()) {
            throw new IllegalArgumentException("%s: %s is not a label name".formatted(setting, name));
        }
        return name;
    }

    boolean forMany() {
        return FOR_MANY.matcher(promQl).find();
    }
}
