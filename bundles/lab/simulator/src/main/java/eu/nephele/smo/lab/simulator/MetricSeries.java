// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A series by its name and labels, in the order of the labels' names.
 *
 * @param labels without the name
 */
public record MetricSeries(String name, Map<String, String> labels) {

    private static final int MAX_VALUE_CHARS = 1024;
    private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
    private static final Pattern LABEL = Pattern.compile("[a-zA-Z][a-zA-Z0-9_]*|_[a-zA-Z0-9][a-zA-Z0-9_]*");

    public MetricSeries {
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("'%s' is not a metric name".formatted(name));
        }
        labels.forEach((label, value) -> {
            if (!LABEL.matcher(label).matches()) {
                throw new IllegalArgumentException("'%s' is not a label name".formatted(label));
            }
            if (value.length() > MAX_VALUE_CHARS) {
                throw new IllegalArgumentException(
                        "Label %s has %d characters, at most %d".formatted(label, value.length(), MAX_VALUE_CHARS));
            }
        });
    }
}
