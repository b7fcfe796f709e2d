// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.placement;

import eu.nephele.smo.api.model.ClusterId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Network latency between clusters in ms, by their order. Immutable: with many clusters it is most of a placement problem, and the
 * problems of one federation share it.
 */
public final class LatencyMatrix {

    /** Nothing is known, for any number of clusters. */
    public static final LatencyMatrix UNKNOWN = new LatencyMatrix(new double[0][]);

    /** From, to; NaN: unknown. Without rows: nothing is known. */
    private final double[][] millis;

    private LatencyMatrix(double[][] millis) {
        this.millis = millis;
    }

    /**
     * @param clusters in the order of rows and columns
     * @param millis from → to → ms; pairs that are missing are unknown, clusters that are not asked for are left out
     */
    public static LatencyMatrix of(List<ClusterId> clusters, Map<ClusterId, Map<ClusterId, Double>> millis) {
        Map<ClusterId, Integer> columns = new HashMap<>();
        for (int c = 0; c < clusters.size(); c++) {
            columns.put(clusters.get(c), c);
        }
        double[][] cells = unknown(clusters.size());
        millis.forEach((from, row) -> {
            int at = columns.getOrDefault(from, -1);
            if (at >= 0) {
                row.forEach((to, value) -> {
                    int column = columns.getOrDefault(to, -1);
                    if (column >= 0) {
                        cells[at][column] = value;
                    }
                });
            }
        });
        return owning(cells);
    }

    /** The same as if nothing was known where nothing is. */
    static LatencyMatrix owning(double[][] cells) {
        for (int from = 0; from < cells.length; from++) {
            for (int to = 0; to < cells.length; to++) {
                double cell = cells[from][to];
                boolean said = from == to ? cell != 0 : !Double.isNaN(cell);
                if (said) {
                    return new LatencyMatrix(cells);
                }
            }
        }
        return UNKNOWN;
    }

    /** Cells of which nothing is known but that nobody is away from himself. */
    static double[][] unknown(int clusters) {
        double[][] millis = new double[clusters][clusters];
        for (int c = 0; c < clusters; c++) {
            Arrays.fill(millis[c], Double.NaN);
            millis[c][c] = 0;
        }
        return millis;
    }

    /**
     * The same, with an assumption where nothing is known.
     *
     * @param groups a name per cluster, in their order; "" for none
     * @param assumedMillis between two clusters of one group whose latency is unknown
     */
    public LatencyMatrix assuming(List<String> groups, double assumedMillis) {
        double[][] cells = unknown(groups.size());
        for (int from = 0; from < cells.length; from++) {
            for (int to = 0; to < cells.length; to++) {
                boolean related =
                        !groups.get(from).isEmpty() && groups.get(from).equals(groups.get(to));
                cells[from][to] = millis(from, to).orElse(related ? assumedMillis : Double.NaN);
            }
        }
        return owning(cells);
    }

    /** The same, with what the other one, of the same clusters, knows beside it. */
    public LatencyMatrix or(LatencyMatrix other) {
        if (other.millis.length == 0) {
            return this;
        }
        if (millis.length == 0) {
            return other;
        }
        double[][] cells = unknown(millis.length);
        for (int from = 0; from < cells.length; from++) {
            for (int to = 0; to < cells.length; to++) {
                double own = millis[from][to];
                cells[from][to] = Double.isNaN(own) ? other.millis[from][to] : own;
            }
        }
        return owning(cells);
    }

    /** How many clusters it is of; 0 where nothing is known. */
    int size() {
        return millis.length;
    }

    /** From one cluster to the other, if known; 0 to itself unless said otherwise. */
    public OptionalDouble millis(int from, int to) {
        if (millis.length == 0) {
            return from == to ? OptionalDouble.of(0) : OptionalDouble.empty();
        }
        double value = millis[from][to];
        return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof LatencyMatrix matrix && Arrays.deepEquals(millis, matrix.millis));
    }

    @Override
    public int hashCode() {
        return Arrays.deepHashCode(millis);
    }

    @Override
    public String toString() {
        return millis.length == 0 ? "unknown" : Arrays.deepToString(millis);
    }
}
