// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Links between items, each as seen from both of its ends, and pairs that must be apart. The entries of an item are those from
 * {@code start[item]} to {@code start[item + 1]}; two items may have several. Read only.
 */
public final class LinkTable {

    final int clusters;
    final int[] start;

    /** The item at the other end. */
    final int[] other;

    /** Whether the two must not share a cluster; such an entry has neither traffic nor limit. */
    final boolean[] apart;

    /** Whether the traffic goes to the other end. */
    final boolean[] outgoing;

    final double[] traffic;

    /** Limit in ms, infinite for none. */
    final double[] maxLatencyMillis;

    /** By the clusters from and to; infinite if unknown, so that it exceeds every limit. Empty without any limit. */
    final double[] latencyMillis;

    /** Whether any entry has a constraint. */
    final boolean constrained;

    private LinkTable(int clusters, List<List<Entry>> byItem, Supplier<double[]> latencyMillis) {
        this.clusters = clusters;
        int size = byItem.stream().mapToInt(List::size).sum();
        this.start = new int[byItem.size() + 1];
        this.other = new int[size];
        this.apart = new boolean[size];
        this.outgoing = new boolean[size];
        this.traffic = new double[size];
        this.maxLatencyMillis = new double[size];
        boolean anyApart = false;
        boolean limited = false;
        int index = 0;
        for (int item = 0; item < byItem.size(); item++) {
            for (Entry entry : byItem.get(item)) {
                other[index] = entry.other();
                apart[index] = entry.apart();
                outgoing[index] = entry.outgoing();
                traffic[index] = entry.traffic();
                maxLatencyMillis[index] = entry.maxLatencyMillis();
                anyApart |= entry.apart();
                limited |= entry.maxLatencyMillis() < Double.POSITIVE_INFINITY;
                index++;
            }
            start[item + 1] = index;
        }
        this.constrained = anyApart || limited;
        this.latencyMillis = limited ? latencyMillis.get() : new double[0];
    }

    private record Entry(int other, boolean apart, boolean outgoing, double traffic, double maxLatencyMillis) {}

    /** Collects the links of a problem. */
    static final class Builder {

        private final int clusters;
        private final List<List<Entry>> byItem = new ArrayList<>();

        Builder(int items, int clusters) {
            this.clusters = clusters;
            for (int item = 0; item < items; item++) {
                byItem.add(new ArrayList<>());
            }
        }

        /** @param maxLatencyMillis infinite for no limit */
        void link(int from, int to, double traffic, double maxLatencyMillis) {
            byItem.get(from).add(new Entry(to, false, true, traffic, maxLatencyMillis));
            byItem.get(to).add(new Entry(from, false, false, traffic, maxLatencyMillis));
        }

        void apart(int one, int two) {
            byItem.get(one).add(new Entry(two, true, true, 0, Double.POSITIVE_INFINITY));
            byItem.get(two).add(new Entry(one, true, false, 0, Double.POSITIVE_INFINITY));
        }

        /** @param latencyMillis gives them by the clusters from and to, infinite if unknown; asked where a link has a limit */
        LinkTable build(Supplier<double[]> latencyMillis) {
            return new LinkTable(clusters, byItem, latencyMillis);
        }
    }

    int items() {
        return start.length - 1;
    }

    /** Number of entries of all items. */
    int size() {
        return other.length;
    }

    /** Returns the number of entries of all items before this one. */
    public int start(int item) {
        return start[item];
    }

    public int other(int entry) {
        return other[entry];
    }

    /** Returns whether the entry is a link and no mere constraint. */
    public boolean isLink(int entry) {
        return !apart[entry];
    }

    public boolean permits(int entry, int here, int there) {
        double limit = maxLatencyMillis[entry];
        return !(apart[entry] && here == there)
                && (limit == Double.POSITIVE_INFINITY
                        || latencyMillis[outgoing[entry] ? here * clusters + there : there * clusters + here] <= limit);
    }

    /** Returns the cost of the traffic of an entry, rounded to the nearest, halves to even. */
    long cost(int entry, long[] distance, int here, int there) {
        return (long) Math.rint(exactCost(entry, distance, here, there));
    }

    /** The same before it is rounded. */
    double exactCost(int entry, long[] distance, int here, int there) {
        return traffic[entry]
                * (outgoing[entry] ? distance[here * clusters + there] : distance[there * clusters + here]);
    }

    int conflicts(int[] at) {
        int count = 0;
        for (int item = 0; item < at.length && constrained; item++) {
            for (int entry = start[item]; entry < start[item + 1]; entry++) {
                if (other[entry] > item && !permits(entry, at[item], at[other[entry]])) {
                    count++;
                }
            }
        }
        return count;
    }

    int conflictChange(int item, int from, int to, int[] at) {
        int change = 0;
        for (int entry = start[item]; entry < start[item + 1]; entry++) {
            int there = at[other[entry]];
            change += (permits(entry, to, there) ? 0 : 1) - (permits(entry, from, there) ? 0 : 1);
        }
        return change;
    }
}
