// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.proposal;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterSignals;
import eu.nephele.smo.api.placement.LatencyMatrix;
import eu.nephele.smo.core.engine.cluster.AdapterPorts;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Signals of energy and latency for decisions. They change rarely, and decisions are frequent: as long as sources
 * report the same values, all decisions share the same objects.
 */
final class SignalCache {

    private record Signals(ClusterSignals told, Instant minute, ClusterSignals now) {

        private boolean isOf(ClusterSignals other, Instant at) {
            return minute.equals(at) && told.equals(other);
        }
    }

    private record CachedLatencies(
            List<ClusterId> clusters, List<Map<ClusterId, Map<ClusterId, Double>>> told, LatencyMatrix matrix) {

        private boolean isOf(List<ClusterId> others, List<Map<ClusterId, Map<ClusterId, Double>>> now) {
            return told.equals(now) && clusters.equals(others);
        }
    }

    private record AssumedLatencies(
            LatencyMatrix known, Map<String, List<String>> groups, Map<String, Double> millis, LatencyMatrix matrix) {}

    private final AdapterPorts ports;
    private final Clock clock;
    /** Cache of what sources of signals report, found again by polling them. */
    private final Map<ClusterId, Signals> signals = new ConcurrentHashMap<>();

    private volatile CachedLatencies latencies = new CachedLatencies(List.of(), List.of(), LatencyMatrix.UNKNOWN);

    private volatile AssumedLatencies assumed =
            new AssumedLatencies(LatencyMatrix.UNKNOWN, Map.of(), Map.of(), LatencyMatrix.UNKNOWN);

    SignalCache(AdapterPorts ports, Clock clock) {
        this.ports = ports;
        this.clock = clock;
    }

    /** Signals whose forecasts begin now, to the minute; clusters without signals are missing. */
    Map<ClusterId, ClusterSignals> signals(Collection<ClusterId> clusters) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MINUTES);
        Map<ClusterId, ClusterSignals> all = new HashMap<>();
        ports.signals(clusters).forEach((id, told) -> all.put(id, signals(id, told, now)));
        signals.keySet().retainAll(all.keySet());
        return all;
    }

    private ClusterSignals signals(ClusterId id, ClusterSignals told, Instant now) {
        Signals last = signals.get(id);
        if (last != null && last.isOf(told, now)) {
            return last.now();
        }
        ClusterSignals fromNow = ForecastAlignment.fromNow(told, now);
        signals.put(id, new Signals(told, now, fromNow));
        return fromNow;
    }

    /**
     * Latency between clusters, where nobody knows it by these assumptions.
     *
     * @param assumedMillis by label: between clusters with the same value of it
     */
    LatencyMatrix latencies(List<ClusterCapacity> clusters, Map<String, Double> assumedMillis) {
        LatencyMatrix known =
                latencies(clusters.stream().map(ClusterCapacity::id).toList());
        if (assumedMillis.isEmpty()) {
            return known;
        }
        Map<String, List<String>> groups = new TreeMap<>();
        assumedMillis
                .keySet()
                .forEach(label -> groups.put(
                        label,
                        clusters.stream()
                                .map(cluster -> cluster.labels().getOrDefault(label, ""))
                                .toList()));
        AssumedLatencies last = assumed;
        if (last.known().equals(known)
                && last.groups().equals(groups)
                && last.millis().equals(assumedMillis)) {
            return last.matrix();
        }
        LatencyMatrix matrix = known;
        for (Map.Entry<String, List<String>> group : groups.entrySet()) {
            matrix = matrix.assuming(group.getValue(), assumedMillis.getOrDefault(group.getKey(), 0.0));
        }
        assumed = new AssumedLatencies(known, groups, Map.copyOf(assumedMillis), matrix);
        return matrix;
    }

    /** Latency between clusters; of several sources the first one that reports a pair counts. */
    LatencyMatrix latencies(List<ClusterId> clusters) {
        List<Map<ClusterId, Map<ClusterId, Double>>> told = ports.latencyMillis(clusters);
        CachedLatencies last = latencies;
        if (last.isOf(clusters, told)) {
            return last.matrix();
        }
        Map<ClusterId, Map<ClusterId, Double>> all = new HashMap<>();
        told.forEach(source -> source.forEach((from, row) -> row.forEach((to, millis) ->
                all.computeIfAbsent(from, any -> new HashMap<>()).putIfAbsent(to, millis))));
        LatencyMatrix matrix = LatencyMatrix.of(clusters, all);
        latencies = new CachedLatencies(List.copyOf(clusters), told, matrix);
        return matrix;
    }
}
