// SPDX-License-Identifier: Apache-2.0
package eu.h3ni.gridsignals;

import eu.nephele.smo.api.model.ClusterSignals;
import eu.nephele.smo.api.model.ClusterSignals.ForecastPoint;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Reads lines {@code cluster;from;gramsPerKwh;renewableShare} in any order; the earliest of a cluster is the present. Empty lines
 * and those that begin with # are ignored.
 */
final class GridTable {

    private static final int COLUMNS = 4;

    private GridTable() {}

    private record Line(String cluster, ForecastPoint point, double renewableShare) {}

    /**
     * @return signals by name of the cluster
     * @throws IllegalArgumentException when a line is wrong; the message has its number
     */
    static Map<String, ClusterSignals> parse(String text) {
        Map<String, List<Line>> byCluster = new HashMap<>();
        List<String> lines = text.lines().map(String::strip).toList();
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isEmpty() && !lines.get(i).startsWith("#")) {
                Line line = line(i + 1, lines.get(i));
                byCluster
                        .computeIfAbsent(line.cluster(), name -> new ArrayList<>())
                        .add(line);
            }
        }
        Map<String, ClusterSignals> signals = new HashMap<>();
        byCluster.forEach((cluster, of) -> signals.put(cluster, signals(of)));
        return signals;
    }

    private static ClusterSignals signals(List<Line> lines) {
        List<Line> sorted = lines.stream()
                .sorted(Comparator.comparing(line -> line.point().from()))
                .toList();
        return new ClusterSignals(
                OptionalDouble.of(sorted.get(0).point().carbonGramsPerKwh()),
                OptionalDouble.of(sorted.get(0).renewableShare()),
                OptionalDouble.empty(),
                sorted.stream().map(Line::point).toList());
    }

    private static Line line(int number, String text) {
        String[] parts = text.split(";", -1);
        try {
            if (parts.length == COLUMNS) {
                double grams = Double.parseDouble(parts[2]);
                double share = Double.parseDouble(parts[3]);
                if (grams >= 0 && share >= 0 && share <= 1) {
                    return new Line(parts[0], new ForecastPoint(Instant.parse(parts[1]), grams), share);
                }
            }
        } catch (NumberFormatException | DateTimeParseException wrong) {
            throw new IllegalArgumentException("Line %d of the grid table: '%s'".formatted(number, text), wrong);
        }
        throw new IllegalArgumentException("Line %d of the grid table: '%s'".formatted(number, text));
    }
}
