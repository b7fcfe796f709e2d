// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.placement.PlacementRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Amounts of all resources that a service of the request asks for, whether they can run out or not. Read only. */
final class ResourceTable {

    /** Of an item without demand, and of one on a cluster where everything is unlimited. */
    static final double ALL = 1;

    final List<String> names;

    /** By item and resource. */
    final long[][] demand;

    /** The same with names, by item. */
    final Resources[] demandOf;

    /** By cluster and resource. */
    final long[][] free;

    /** By cluster and resource: what the nodes offer in total, no less than what is free. */
    final long[][] capacity;

    /** Index of the CPU; none if no service asks for any. */
    private final int cpu;

    /** @param demandOf what each item asks for */
    ResourceTable(PlacementRequest request, List<Resources> demandOf) {
        Set<String> asked = new TreeSet<>();
        demandOf.forEach(each -> addNames(each, asked));
        this.names = List.copyOf(asked);
        this.cpu = names.indexOf(Resources.CPU);
        this.demandOf = demandOf.toArray(Resources[]::new);
        this.demand = demandOf.stream().map(this::amounts).toArray(long[][]::new);
        int clusters = request.clusters().size();
        this.free = new long[clusters][];
        this.capacity = new long[clusters][];
        for (int c = 0; c < clusters; c++) {
            ClusterCapacity cluster = request.clusters().get(c);
            free[c] = amounts(cluster.free());
            capacity[c] = cluster.allocatable().equals(cluster.free()) ? free[c] : amounts(cluster.allocatable());
        }
    }

    private static void addNames(Resources demand, Set<String> names) {
        if (demand.cpuMillis() > 0) {
            names.add(Resources.CPU);
        }
        if (demand.memoryBytes() > 0) {
            names.add(Resources.MEMORY);
        }
        if (demand.storageBytes() > 0) {
            names.add(Resources.STORAGE);
        }
        if (demand.gpus() > 0) {
            names.add(Resources.GPU);
        }
        names.addAll(demand.extended().keySet());
    }

    private long[] amounts(Resources amount) {
        long[] amounts = new long[names.size()];
        for (int r = 0; r < amounts.length; r++) {
            String name = names.get(r);
            amounts[r] = switch (name) {
                case Resources.CPU -> amount.cpuMillis();
                case Resources.MEMORY -> amount.memoryBytes();
                case Resources.STORAGE -> amount.storageBytes();
                case Resources.GPU -> amount.gpus();
                default -> amount.extended().getOrDefault(name, 0L);
            };
        }
        return amounts;
    }

    int size() {
        return names.size();
    }

    long cpuMillis(int item) {
        return cpu < 0 ? 0 : demand[item][cpu];
    }

    boolean fits(int item, int cluster, long[] used) {
        for (int r = 0; r < used.length; r++) {
            long left = free[cluster][r] == Resources.UNLIMITED ? Resources.UNLIMITED : free[cluster][r] - used[r];
            if (demand[item][r] > left) {
                return false;
            }
        }
        return true;
    }

    /** Returns the least share of one of the resources of the item that is free on the cluster once it is there, 0 to 1. */
    double shareLeft(int item, int cluster, long[] used) {
        double least = ALL;
        for (int r = 0; r < names.size(); r++) {
            long free = this.free[cluster][r];
            if (demand[item][r] > 0 && free != Resources.UNLIMITED) {
                double left = (double) (free - used[r] - demand[item][r]) / Math.max(capacity[cluster][r], free);
                least = Math.min(least, left);
            }
        }
        return least;
    }

    /** Returns the largest share of what is free of a resource on all clusters together that the item asks for; by item. */
    double[] sizes() {
        return sizes(demand, free);
    }

    /** The same of such tables, by item and by cluster. */
    static double[] sizes(long[][] demand, long[][] free) {
        double[] offered = new double[free.length == 0 ? 0 : free[0].length];
        for (long[] each : free) {
            for (int r = 0; r < offered.length; r++) {
                offered[r] = Math.min(Resources.UNLIMITED, offered[r] + each[r]);
            }
        }
        double[] sizes = new double[demand.length];
        Arrays.setAll(sizes, item -> size(demand[item], offered));
        return sizes;
    }

    private static double size(long[] demand, double[] offered) {
        double size = 0;
        for (int r = 0; r < offered.length; r++) {
            size = Math.max(size, demand[r] / Math.max(1.0, offered[r]));
        }
        return size;
    }
}
