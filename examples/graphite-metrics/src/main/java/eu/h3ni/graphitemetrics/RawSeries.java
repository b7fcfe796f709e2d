// SPDX-License-Identifier: Apache-2.0
package eu.h3ni.graphitemetrics;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.scaling.LoadPoint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the format {@code raw} of Graphite: {@code name,from,to,step|value,value,…}, a line per series, None for unknown
 * values.
 */
final class RawSeries {

    private static final int FIELDS = 4;
    private static final String NOTHING = "None";

    private RawSeries() {}

    /**
     * @return points by name of the series, which is a number, oldest first; those that are finite numbers
     * @throws AdapterException {@code REFUSED}: a line is wrong; the message has its beginning
     */
    static Map<Integer, List<LoadPoint>> parse(String text) {
        Map<Integer, List<LoadPoint>> series = new HashMap<>();
        text.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(line -> {
            try {
                read(line, series);
            } catch (IllegalArgumentException wrong) {
                throw new AdapterException(
                        Kind.REFUSED,
                        GraphiteMetrics.SYSTEM,
                        "Graphite answers with '%s', expected name,from,to,step|values"
                                .formatted(line.substring(0, Math.min(line.length(), 100))),
                        wrong);
            }
        });
        return series;
    }

    private static void read(String line, Map<Integer, List<LoadPoint>> series) {
        int bar = line.indexOf('|');
        String[] head = line.substring(0, Math.max(bar, 0)).split(",", -1);
        if (head.length != FIELDS) {
            throw new IllegalArgumentException("%d fields before the bar".formatted(head.length));
        }
        long from = Long.parseLong(head[1]);
        long step = Long.parseLong(head[3]);
        List<LoadPoint> points = new ArrayList<>();
        String[] values = line.substring(bar + 1).split(",", -1);
        for (int i = 0; i < values.length; i++) {
            if (!values[i].isEmpty() && !values[i].equals(NOTHING)) {
                double value = Double.parseDouble(values[i]);
                if (Double.isFinite(value)) {
                    points.add(new LoadPoint(Instant.ofEpochSecond(from + i * step), value));
                }
            }
        }
        series.put(Integer.valueOf(head[0]), points);
    }

    /** Drops points that are nearer than the step to the one before. */
    static List<LoadPoint> thinned(List<LoadPoint> points, Duration step) {
        List<LoadPoint> kept = new ArrayList<>();
        for (LoadPoint point : points) {
            if (kept.isEmpty()
                    || !point.at().isBefore(kept.get(kept.size() - 1).at().plus(step))) {
                kept.add(point);
            }
        }
        return kept;
    }
}
