// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.remote;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterSignals;
import eu.nephele.smo.lab.remote.wire.Messages.SignalReport;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * An immutable report of signals, so that a query for all clusters needs no copy: each decision reads a matrix of all
 * clusters.
 */
final class KnownSignals {

    static final KnownSignals NONE = new KnownSignals(new SignalReport(Map.of(), Map.of()));

    private final Map<ClusterId, ClusterSignals> signals;
    private final Map<ClusterId, Map<ClusterId, Double>> latencyMillis;
    private final Set<ClusterId> inMatrix;

    KnownSignals(SignalReport report) {
        signals = report.signals();
        // each row names each cluster: one object for all of them
        Map<ClusterId, ClusterId> names = new HashMap<>();
        Map<ClusterId, Map<ClusterId, Double>> rows = new HashMap<>();
        report.latencyMillis().forEach((from, row) -> {
            Map<ClusterId, Double> copy = new HashMap<>();
            row.forEach((to, millis) -> copy.put(names.computeIfAbsent(to, same -> same), millis));
            rows.put(names.computeIfAbsent(from, same -> same), Map.copyOf(copy));
        });
        latencyMillis = Map.copyOf(rows);
        inMatrix = Set.copyOf(names.keySet());
    }

    Map<ClusterId, ClusterSignals> select(Collection<ClusterId> clusters) {
        return only(signals, new HashSet<>(clusters));
    }

    /** from → to → ms */
    Map<ClusterId, Map<ClusterId, Double>> latencyMillis(Collection<ClusterId> clusters) {
        Set<ClusterId> wanted = new HashSet<>(clusters);
        if (wanted.containsAll(inMatrix)) {
            return latencyMillis;
        }
        Map<ClusterId, Map<ClusterId, Double>> rows = new HashMap<>();
        only(latencyMillis, wanted).forEach((from, row) -> rows.put(from, only(row, wanted)));
        return rows;
    }

    private static <T> Map<ClusterId, T> only(Map<ClusterId, T> all, Set<ClusterId> wanted) {
        if (wanted.containsAll(all.keySet())) {
            return all;
        }
        Map<ClusterId, T> some = new HashMap<>();
        wanted.forEach(id -> {
            T value = all.get(id);
            if (value != null) {
                some.put(id, value);
            }
        });
        return some;
    }
}
