// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.placement;

import eu.nephele.smo.api.model.ClusterId;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/**
 * How the replicas of a service are divided over clusters. Numbers of clusters and replicas are limits that no placement may break;
 * proportions are kept as far as capacities and whole replicas allow.
 *
 * @param overClusters at least this many clusters run replicas, 1 or more
 * @param minPerCluster each cluster that runs replicas runs at least this many, 1 or more
 * @param maxPerCluster no cluster runs more, {@code minPerCluster} or more
 * @param survivingPercent so many of a hundred replicas, rounded up, run elsewhere whichever cluster is lost, 0 to 99
 * @param proportion what the shares of the clusters are in proportion to
 * @param weights of the clusters, by {@link ClusterId#toString()} or by name, 1 or more; others run no replicas. Empty unless the
 *     proportion is {@link Proportion#WEIGHTS}
 */
public record ReplicaDivision(
        int overClusters,
        int minPerCluster,
        int maxPerCluster,
        int survivingPercent,
        Proportion proportion,
        Map<String, Integer> weights) {

    /** All replicas on one cluster. */
    public static final ReplicaDivision WHOLE = over(1);

    /** More weights than these are refused. */
    public static final int MOST_WEIGHTS = 1_000;

    /** Services of more replicas are not divided, and a division that needs more is refused. */
    public static final int MOST_REPLICAS = 1_000_000;

    private static final int ALL_PERCENT = 100;
    private static final double HALF = 0.5;

    /** The measure of a cluster's share. */
    public enum Proportion {
        /** the same number everywhere */
        EQUAL,
        /** how many replicas there is free capacity for */
        FREE_CAPACITY,
        /** the weight of the cluster */
        WEIGHTS
    }

    public ReplicaDivision {
        weights = Map.copyOf(weights);
        if (overClusters < 1 || minPerCluster < 1 || maxPerCluster < minPerCluster) {
            throw new IllegalArgumentException(
                    "Expected overClusters >= 1 and 1 <= minPerCluster <= maxPerCluster, got %d, %d, %d"
                            .formatted(overClusters, minPerCluster, maxPerCluster));
        }
        if (survivingPercent < 0 || survivingPercent >= ALL_PERCENT) {
            throw new IllegalArgumentException("survivingPercent=%d, expected 0 to 99".formatted(survivingPercent));
        }
        long needed = Math.max(
                (long) overClusters * minPerCluster,
                (long) minPerCluster * ALL_PERCENT / (ALL_PERCENT - survivingPercent));
        if (needed > MOST_REPLICAS) {
            throw new IllegalArgumentException(
                    "overClusters, minPerCluster and survivingPercent need %d replicas, at most %d are possible"
                            .formatted(needed, MOST_REPLICAS));
        }
        boolean weighted = proportion == Proportion.WEIGHTS;
        if (weighted == weights.isEmpty() || weights.values().stream().anyMatch(weight -> weight < 1)) {
            throw new IllegalArgumentException(
                    "Expected weights of 1 or more, and only with the proportion WEIGHTS, got %s with %s"
                            .formatted(weights, proportion));
        }
        if (weights.size() > MOST_WEIGHTS) {
            throw new IllegalArgumentException(
                    "Weights of %d clusters, at most %d are possible".formatted(weights.size(), MOST_WEIGHTS));
        }
        if (weighted && weights.size() < overClusters) {
            throw new IllegalArgumentException(
                    "Weights name %d clusters, overClusters=%d".formatted(weights.size(), overClusters));
        }
    }

    /** Returns the division over at least that many clusters, in equal shares. */
    public static ReplicaDivision over(int clusters) {
        return new ReplicaDivision(clusters, 1, Integer.MAX_VALUE, 0, Proportion.EQUAL, Map.of());
    }

    /**
     * Returns the division within the limits of both. The proportion is that of the other one unless it is {@link Proportion#EQUAL}.
     *
     * @throws IllegalArgumentException if no number of replicas is within both
     */
    public ReplicaDivision and(ReplicaDivision other) {
        boolean equal = other.proportion == Proportion.EQUAL;
        return new ReplicaDivision(
                Math.max(overClusters, other.overClusters),
                Math.max(minPerCluster, other.minPerCluster),
                Math.min(maxPerCluster, other.maxPerCluster),
                Math.max(survivingPercent, other.survivingPercent),
                equal ? proportion : other.proportion,
                equal ? weights : other.weights);
    }

    /** Returns whether so many replicas run on more than one cluster. */
    public boolean divides(int replicas) {
        return leastClusters(replicas) > 1 || (proportion == Proportion.WEIGHTS && weights.size() > 1);
    }

    /** Returns the most replicas that one cluster may run of so many; 0 if the division excludes that number. */
    public int mostPerCluster(int replicas) {
        long surviving = ((long) replicas * survivingPercent + ALL_PERCENT - 1) / ALL_PERCENT;
        return (int) Math.min(maxPerCluster, replicas - surviving);
    }

    /** Returns on how many clusters so many replicas have to run at least. */
    public int leastClusters(int replicas) {
        int most = Math.max(1, mostPerCluster(replicas));
        return (int) Math.max(overClusters, ((long) replicas + most - 1) / most);
    }

    /** Returns whether so many replicas can be divided at all, whatever the capacities. */
    public boolean isPossible(int replicas) {
        long least = (long) leastClusters(replicas) * minPerCluster;
        return replicas >= least && mostPerCluster(replicas) >= minPerCluster;
    }

    /** Returns the least number of replicas, as many as these or more, that can be divided; these if there is none. */
    public int atLeast(int replicas) {
        for (int possible = Math.max(replicas, 1); possible <= MOST_REPLICAS; possible++) {
            if (isPossible(possible)) {
                return possible;
            }
        }
        return Math.max(replicas, 1);
    }

    /** Returns the weight of the cluster; 1 without weights, 0 for one that has none beside others that have. */
    public int weightOf(ClusterId cluster) {
        if (proportion != Proportion.WEIGHTS) {
            return 1;
        }
        Integer weight = weights.get(cluster.toString());
        return weight == null ? weights.getOrDefault(cluster.name(), 0) : weight;
    }

    /** @return for people: what is wrong with the replicas by cluster, of which those without any do not count; empty if nothing is */
    public Optional<String> flaw(Collection<Integer> replicasByCluster) {
        int running = 0;
        int total = 0;
        int largest = 0;
        int smallest = Integer.MAX_VALUE;
        for (int replicas : replicasByCluster) {
            if (replicas > 0) {
                running++;
                total += replicas;
                largest = Math.max(largest, replicas);
                smallest = Math.min(smallest, replicas);
            }
        }
        if (running < overClusters && overClusters > 1) {
            return Optional.of("runs on %d clusters, expected at least %d".formatted(running, overClusters));
        }
        if (smallest < minPerCluster) {
            return Optional.of("%d replicas on one cluster, expected at least %d".formatted(smallest, minPerCluster));
        }
        if (largest > maxPerCluster) {
            return Optional.of("%d replicas on one cluster, at most %d may be".formatted(largest, maxPerCluster));
        }
        return largest > mostPerCluster(total)
                ? Optional.of("%d of %d replicas would remain without one of its clusters, expected %d per cent"
                        .formatted(total - largest, total, survivingPercent))
                : Optional.empty();
    }

    /**
     * Divides replicas in proportion to weights, by the method of Sainte-Laguë (Webster): one after the other goes where
     * {@code (replicas + 1/2) / weight} is least, in the order of the clusters among equals.
     *
     * @param weights by cluster, more than 0
     * @param least by cluster, at least
     * @param most by cluster, at most
     * @return by cluster; empty if the bounds exclude that number, or if it is more than {@link #MOST_REPLICAS}
     */
    public static Optional<int[]> divide(int replicas, double[] weights, int[] least, int[] most) {
        if (replicas > MOST_REPLICAS) {
            return Optional.empty();
        }
        int[] shares = least.clone();
        long left = replicas - Arrays.stream(least).asLongStream().sum();
        while (left > 0) {
            int next = -1;
            for (int c = 0; c < shares.length; c++) {
                boolean open = shares[c] < most[c];
                if (open && (next < 0 || (shares[c] + HALF) * weights[next] < (shares[next] + HALF) * weights[c])) {
                    next = c;
                }
            }
            if (next < 0) {
                return Optional.empty();
            }
            shares[next]++;
            left--;
        }
        boolean within = left == 0;
        for (int c = 0; c < shares.length; c++) {
            within &= shares[c] <= most[c];
        }
        return within ? Optional.of(shares) : Optional.empty();
    }
}
