// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator.promql;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * A value of one series at one time.
 *
 * @param labels in name order; the name of the metric is the label {@link #NAME}
 */
public record Sample(Map<String, String> labels, double value) {

    /** Label with the name of the metric. */
    public static final String NAME = "__name__";

    public Sample {
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
    }

    /** Labels with the name of the metric among them. */
    public static Map<String, String> named(String metric, Map<String, String> labels) {
        Map<String, String> all = new TreeMap<>(labels);
        all.put(NAME, metric);
        return Collections.unmodifiableMap(all);
    }

    Sample withValue(double other) {
        return new Sample(labels, other);
    }

    /** A copy with another value that is no longer a value of the metric. */
    Sample derived(double other) {
        return new Sample(identity(), other);
    }

    /** The labels without the name. */
    Map<String, String> identity() {
        return only(label -> !label.equals(NAME));
    }

    Map<String, String> only(Predicate<String> wanted) {
        Map<String, String> kept = new TreeMap<>(labels);
        kept.keySet().removeIf(wanted.negate());
        return kept;
    }
}
