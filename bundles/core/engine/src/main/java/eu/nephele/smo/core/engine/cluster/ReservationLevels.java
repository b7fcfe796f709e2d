// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.cluster;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Resources;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reservations by cluster and priority of their graphs, so that those below a priority are found without a look at all graphs. */
final class ReservationLevels {

    /** What graphs of one priority have reserved on one cluster, with its sum. */
    private static final class PriorityReservations {

        private final SortedMap<GraphId, Resources> amounts = new TreeMap<>();
        private Resources total = Resources.NONE;

        private void put(GraphId graph, Resources amount) {
            amounts.put(graph, amount);
            total = total.plus(amount);
        }

        private void remove(GraphId graph) {
            Resources amount = amounts.remove(graph);
            total = amount == null ? total : total.minusFloored(amount);
        }
    }

    private record Reserved(int priority, Map<ClusterId, Resources> amounts) {}

    /** Cache of the stored reservations, found again by reading them at each start. */
    private final Map<GraphId, Reserved> graphs = new HashMap<>();
    /** Cache of the same by cluster, found again with it. */
    private final Map<ClusterId, NavigableMap<Integer, PriorityReservations>> clusters = new HashMap<>();

    synchronized void track(GraphId graph, int priority, Map<ClusterId, Resources> reserved) {
        forget(graph);
        if (!reserved.isEmpty()) {
            graphs.put(graph, new Reserved(priority, Map.copyOf(reserved)));
            reserved.forEach((cluster, amount) -> clusters.computeIfAbsent(cluster, any -> new TreeMap<>())
                    .computeIfAbsent(priority, any -> new PriorityReservations())
                    .put(graph, amount));
        }
    }

    synchronized void forget(GraphId graph) {
        Reserved before = graphs.remove(graph);
        if (before != null) {
            before.amounts()
                    .keySet()
                    .forEach(cluster -> clusters.computeIfPresent(cluster, (any, levels) -> {
                        levels.computeIfPresent(before.priority(), (priority, level) -> {
                            level.remove(graph);
                            return level.amounts.isEmpty() ? null : level;
                        });
                        return levels.isEmpty() ? null : levels;
                    }));
        }
    }

    /**
     * What graphs of less than a priority have reserved on a cluster together.
     *
     * @param project whose graphs are named, the least important first
     * @param most names
     */
    synchronized LowerReservations below(ClusterId cluster, int priority, String project, int most) {
        int count = 0;
        Resources total = Resources.NONE;
        Map<Integer, PriorityReservations> lower =
                clusters.getOrDefault(cluster, new TreeMap<>()).headMap(priority, false);
        for (PriorityReservations level : lower.values()) {
            count += level.amounts.size();
            total = total.plus(level.total);
        }
        List<LowerReservations.Holder> named = new ArrayList<>();
        lower.forEach((each, level) -> level.amounts.keySet().stream()
                .filter(graph -> graph.project().equals(project))
                .limit(most - (long) named.size())
                .forEach(graph -> named.add(new LowerReservations.Holder(graph, each))));
        return new LowerReservations(count, total, named);
    }
}
