// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.optimal;

import java.util.Arrays;
import java.util.List;

/** An incomplete assignment: clusters of items and their resources. Not thread-safe. */
final class Assignment {

    static final int NOWHERE = -1;

    final PlacementModel model;
    private final ObjectiveVector objective;
    final int[] at;
    final long[][] used;
    final int[] count;

    Assignment(PlacementModel model) {
        this.model = model;
        this.objective = model.objective;
        this.at = new int[model.items];
        Arrays.fill(at, NOWHERE);
        this.used = new long[model.clusters][model.free.length == 0 ? 0 : model.free[0].length];
        this.count = new int[model.clusters];
    }

    void put(int item, int cluster) {
        at[item] = cluster;
        count[cluster]++;
        long[] demand = model.demand[item];
        for (int r = 0; r < demand.length; r++) {
            used[cluster][r] += demand[r];
        }
    }

    /** @return its former cluster */
    int take(int item) {
        int cluster = at[item];
        at[item] = NOWHERE;
        count[cluster]--;
        long[] demand = model.demand[item];
        for (int r = 0; r < demand.length; r++) {
            used[cluster][r] -= demand[r];
        }
        return cluster;
    }

    /** Returns whether the item, which is unplaced, may go there beside the placed items. */
    boolean admits(int item, int cluster) {
        return model.allowed[item][cluster] && hasRoom(item, cluster) && agrees(item, cluster);
    }

    boolean hasRoom(int item, int cluster) {
        long[] demand = model.demand[item];
        for (int r = 0; r < demand.length; r++) {
            if (demand[r] > model.free[cluster][r] - used[cluster][r]) {
                return false;
            }
        }
        return true;
    }

    private boolean agrees(int item, int cluster) {
        return quarrels(item, cluster) == 0;
    }

    /** Returns the number of placed neighbours that forbid the item there. */
    int quarrels(int item, int cluster) {
        int quarrels = 0;
        List<ItemLinks> neighbours = model.neighbours.get(item);
        for (int n = 0; n < neighbours.size(); n++) {
            ItemLinks itemLinks = neighbours.get(n);
            int there = at[itemLinks.item()];
            if (there != NOWHERE && !itemLinks.permits(model.latencyMillis, cluster, there)) {
                quarrels++;
            }
        }
        return quarrels;
    }

    /** Adds the cost of the item, which is unplaced, to the objective vector. */
    void addTo(long[] key, int item, int cluster) {
        change(key, item, cluster, 1);
    }

    /** Subtracts the cost of the item, just removed, from the objective vector. */
    void takeFrom(long[] key, int item, int cluster) {
        change(key, item, cluster, -1);
    }

    private void change(long[] key, int item, int cluster, int sign) {
        List<ItemLinks> neighbours = model.neighbours.get(item);
        for (int level = 0; level < objective.levels; level++) {
            long cost =
                    objective.unary(level, item, cluster) + (count[cluster] == 0 ? objective.open[level][cluster] : 0);
            for (int n = 0; n < neighbours.size() && level < objective.costLevels; n++) {
                ItemLinks itemLinks = neighbours.get(n);
                int there = at[itemLinks.item()];
                if (there != NOWHERE) {
                    cost += itemLinks.cost(objective.distance[level], cluster, there);
                }
            }
            key[level] += sign * cost;
        }
    }
}
