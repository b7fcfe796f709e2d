// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.energy;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.core.contract.store.CapacityStore;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** The capacity ledger in memory: nothing is given out that is not there, as in the database. */
final class MemoryLedger implements CapacityStore {

    private final Map<ClusterId, Resources> limits = new HashMap<>();
    private final Map<GraphId, Map<ClusterId, Resources>> reservations = new HashMap<>();
    private Map<ClusterId, Resources> sums = new TreeMap<>();

    @Override
    public void setLimits(Map<ClusterId, Resources> newLimits) {
        limits.putAll(newLimits);
    }

    @Override
    public Map<ClusterId, Resources> reserved() {
        return Map.copyOf(sums);
    }

    @Override
    public Map<ClusterId, Resources> reservedBy(GraphId graph) {
        return reservations.getOrDefault(graph, Map.of());
    }

    @Override
    public Map<GraphId, Map<ClusterId, Resources>> rebuild() {
        return Map.copyOf(reservations);
    }

    /**
     * Replaces the reservations of a graph, if the clusters have room wherever they grow.
     *
     * @return whether they had
     */
    boolean reserve(GraphId graph, Map<ClusterId, Resources> amounts) {
        Map<ClusterId, Resources> before = reservedBy(graph);
        Map<ClusterId, Resources> after = new TreeMap<>(sums);
        before.forEach((cluster, amount) -> after.computeIfPresent(cluster, (any, sum) -> sum.minusFloored(amount)));
        amounts.forEach((cluster, amount) -> after.merge(cluster, amount, Resources::plus));
        boolean fits = amounts.entrySet().stream()
                .allMatch(entry -> entry.getValue().fitsInto(before.getOrDefault(entry.getKey(), Resources.NONE))
                        || after.getOrDefault(entry.getKey(), Resources.NONE)
                                .fitsInto(limits.getOrDefault(entry.getKey(), Resources.NONE)));
        if (fits) {
            sums = after;
            reservations.put(graph, Map.copyOf(amounts));
        }
        return fits;
    }
}
