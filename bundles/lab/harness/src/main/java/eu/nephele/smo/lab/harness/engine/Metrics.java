// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.engine;

import java.util.List;

/**
 * An answer of {@code /metrics}.
 *
 * @param lines in the text format of Prometheus
 */
public record Metrics(List<String> lines) {

    public Metrics {
        lines = List.copyOf(lines);
    }

    public static Metrics of(String text) {
        return new Metrics(text.lines().filter(line -> !line.startsWith("#")).toList());
    }

    /** The sum over all series of that name with this label ({@code name="value"}; "" for any). */
    public double sum(String name, String label) {
        return lines.stream()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .filter(line -> line.contains(label))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    public double sum(String name) {
        return sum(name, "");
    }

    /** Graphs in a phase, in lower case. */
    public long graphs(String phase) {
        return Math.round(sum("smo_engine_graphs", "phase=\"%s\"".formatted(phase)));
    }
}
