// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.scale.model;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Clusters, their capacity in services, and reservations: the ledger. Clusters of a region are in the order of their costs. */
final class ModelClusters {

    private static final int[] NONE = {};

    private final ScaleScenario.Fleet fleet;
    private final int room;
    private final int[] reserved;
    private final int[] firstWithRoom;
    private int lost = -1;

    ModelClusters(ScaleScenario.Fleet fleet) {
        this.fleet = fleet;
        double needed = (double) fleet.graphs() * fleet.services();
        // a cluster has capacity for the services of one graph, at least
        this.room = (int) Math.max(fleet.services(), Math.ceil(fleet.spread().room() * needed / fleet.clusters()));
        this.reserved = new int[fleet.clusters()];
        this.firstWithRoom = new int[fleet.regions()];
    }

    int regionOf(int cluster) {
        return Math.min(cluster / fleet.clustersPerRegion(), fleet.regions() - 1);
    }

    /** Number of clusters that a decision on a graph of that many regions considers. */
    int seen(int regions) {
        return fleet.spread().wholeView()
                ? fleet.clusters()
                : Math.min(fleet.clusters(), regions * fleet.clustersPerRegion());
    }

    /**
     * Clusters for a graph, as its decision finds them; another one may have taken the capacity when it is stored.
     *
     * @return ascending, without doubles; none without capacity
     */
    int[] choose(int[] regions, SplittableRandom random) {
        int wanted = Math.min(
                Math.min(fleet.spread().clustersPerGraph(), fleet.services()),
                regions.length * fleet.clustersPerRegion());
        int share = share(wanted);
        int[] chosen = new int[wanted];
        int found = 0;
        boolean hot = random.nextDouble() < fleet.spread().hotShare();
        for (int i = 0; i < wanted; i++) {
            for (int other = 0; other < regions.length && found == i; other++) {
                int cluster = find(regions[(i + other) % regions.length], share, hot, chosen, found, random);
                if (cluster >= 0) {
                    chosen[found++] = cluster;
                }
            }
        }
        if (found < wanted) {
            return NONE;
        }
        Arrays.sort(chosen);
        return chosen;
    }

    private int find(int region, int share, boolean hot, int[] chosen, int found, SplittableRandom random) {
        if (region == lost) {
            return -1;
        }
        int first = region * fleet.clustersPerRegion();
        int start = hot ? firstWithRoom(region) : random.nextInt(fleet.clustersPerRegion());
        for (int step = 0; step < fleet.clustersPerRegion(); step++) {
            int cluster = first + (start + step) % fleet.clustersPerRegion();
            if (reserved[cluster] + share <= room && !contains(chosen, found, cluster)) {
                return cluster;
            }
        }
        return -1;
    }

    void lose(int region) {
        lost = region;
    }

    /** Reserves capacity on all clusters or on none. */
    boolean reserve(int[] clusters) {
        int share = share(clusters.length);
        for (int cluster : clusters) {
            if (reserved[cluster] + share > room) {
                return false;
            }
        }
        for (int cluster : clusters) {
            reserved[cluster] += share;
        }
        return true;
    }

    void release(int[] clusters) {
        for (int cluster : clusters) {
            reserved[cluster] -= share(clusters.length);
            int region = regionOf(cluster);
            firstWithRoom[region] = Math.min(firstWithRoom[region], cluster - region * fleet.clustersPerRegion());
        }
    }

    private int firstWithRoom(int region) {
        int first = region * fleet.clustersPerRegion();
        int share = share(Math.min(fleet.spread().clustersPerGraph(), fleet.services()));
        while (firstWithRoom[region] < fleet.clustersPerRegion() - 1
                && reserved[first + firstWithRoom[region]] + share > room) {
            firstWithRoom[region]++;
        }
        return firstWithRoom[region];
    }

    private int share(int clusters) {
        return (fleet.services() + clusters - 1) / Math.max(1, clusters);
    }

    private static boolean contains(int[] chosen, int found, int cluster) {
        for (int i = 0; i < found; i++) {
            if (chosen[i] == cluster) {
                return true;
            }
        }
        return false;
    }
}
