// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import eu.nephele.smo.api.model.Resources;
import java.util.Arrays;

/** The limits of a request as plain numbers, without costs: the question is only whether it fits. Owns its arrays. */
final class FitProblem {

    final int items;
    final int clusters;
    final int resources;

    /** By item and resource. */
    final long[][] demand;

    /** By cluster and resource. */
    final long[][] free;

    /** By item and cluster: allowed, and the item fits if alone. */
    final boolean[] allowed;

    final LinkTable links;

    FitProblem(long[][] demand, long[][] free, boolean[] allowed, LinkTable links) {
        this.items = demand.length;
        this.clusters = free.length;
        this.resources = clusters == 0 ? 0 : free[0].length;
        this.demand = demand;
        this.free = free;
        this.allowed = allowed;
        this.links = links;
    }

    /**
     * Returns whether items need more of a resource than the clusters have for them: in sum, or because each cluster can take only so many
     * of the largest. A search proves that late, since it tries all ways to exchange similar items.
     */
    boolean isShort() {
        boolean[] usable = usable();
        for (int resource = 0; resource < resources; resource++) {
            long[] room = room(resource, usable);
            if (exceeds(resource, room) || hasTooManyLarge(resource, room)) {
                return true;
            }
        }
        return false;
    }

    /** By cluster: whether an item may go there. */
    private boolean[] usable() {
        boolean[] usable = new boolean[clusters];
        for (int cell = 0; cell < allowed.length; cell++) {
            usable[cell % clusters] |= allowed[cell];
        }
        return usable;
    }

    private long[] room(int resource, boolean[] usable) {
        long[] room = new long[clusters];
        for (int cluster = 0; cluster < clusters; cluster++) {
            room[cluster] = usable[cluster] ? free[cluster][resource] : 0;
        }
        return room;
    }

    private boolean exceeds(int resource, long[] room) {
        long left = 0;
        for (long here : room) {
            left = here > Resources.UNLIMITED - left ? Resources.UNLIMITED : left + here;
        }
        for (int item = 0; item < items && left != Resources.UNLIMITED; item++) {
            left -= demand[item][resource];
            if (left < 0) {
                return true;
            }
        }
        return false;
    }

    private boolean hasTooManyLarge(int resource, long[] room) {
        long[] sizes = new long[items];
        Arrays.setAll(sizes, item -> demand[item][resource]);
        Arrays.sort(sizes);
        for (int item = items - 1; item >= 0 && sizes[item] > 0; item--) {
            boolean last = item == 0 || sizes[item - 1] != sizes[item];
            if (last && !canTake(items - item, sizes[item], room)) {
                return true;
            }
        }
        return false;
    }

    private static boolean canTake(int count, long size, long[] room) {
        long left = count;
        for (int cluster = 0; cluster < room.length && left > 0; cluster++) {
            left -= room[cluster] / size;
        }
        return left <= 0;
    }
}
