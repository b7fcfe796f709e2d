// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementService;
import eu.nephele.smo.api.placement.ReplicaDivision;
import eu.nephele.smo.api.placement.ReplicaDivision.Proportion;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Decides how large the shares of a divided service are, before a search finds clusters for them: equal ones may go anywhere, those in
 * proportion to weights or free capacity belong to their clusters.
 */
final class ShareSizes {

    private final PlacementRequest request;
    private final int service;
    private final PlacementService of;
    private final ReplicaDivision division;
    private final int replicas;

    /** By cluster: how many replicas there is free capacity for, at most all; 0 where it is not allowed. */
    private final int[] room;

    /** Clusters that can take enough replicas, the largest room first. */
    private final List<Integer> candidates;

    ShareSizes(PlacementRequest request, int service) {
        this.request = request;
        this.service = service;
        this.of = request.services().get(service);
        this.division = of.division();
        this.replicas = of.replicas();
        this.room = new int[request.clusters().size()];
        Arrays.setAll(room, this::room);
        this.candidates = IntStream.range(0, room.length)
                .filter(c -> room[c] >= division.minPerCluster())
                .boxed()
                .sorted(Comparator.comparingInt((Integer c) -> -room[c]))
                .toList();
    }

    private int room(int cluster) {
        if (!request.allowed(service, cluster)
                || division.weightOf(request.clusters().get(cluster).id()) == 0) {
            return 0;
        }
        long times = of.perReplica().timesInto(request.clusters().get(cluster).free());
        return (int) Math.min(times, division.mostPerCluster(replicas));
    }

    /**
     * Returns the shares in the proportion of the division.
     *
     * @param asItFits whether the proportion is given up for the sake of a placement
     */
    List<RequestItem> items(boolean asItFits) {
        int least = division.leastClusters(replicas);
        if (!division.isPossible(replicas)) {
            return impossible("%d replicas cannot be divided as its limits want it".formatted(replicas));
        }
        if (candidates.size() < least) {
            return impossible("its replicas have to be on %d clusters or more, %d can take some"
                    .formatted(least, candidates.size()));
        }
        Optional<List<RequestItem>> items = asItFits ? asItFits(least) : inProportion(least);
        return items.orElseGet(
                () -> impossible("the clusters on which it may be have no capacity for %d replicas within its limits"
                        .formatted(replicas)));
    }

    private List<RequestItem> impossible(String obstacle) {
        return List.of(RequestItem.impossible(List.of(service), obstacle));
    }

    private Optional<List<RequestItem>> inProportion(int least) {
        if (division.proportion() == Proportion.EQUAL) {
            int[] most = new int[least];
            Arrays.fill(most, division.mostPerCluster(replicas));
            return divide(equal(least), most).map(sizes -> shares(sizes, List.of()));
        }
        List<Integer> clusters = clusters(least);
        double[] weights = clusters.stream().mapToDouble(this::weight).toArray();
        return divide(weights, room(clusters)).map(sizes -> shares(sizes, clusters));
    }

    /** As many clusters as have a weight, else as few as it takes, with preference for those where it is. */
    private List<Integer> clusters(int least) {
        boolean weighted = division.proportion() == Proportion.WEIGHTS;
        int most = Math.min(candidates.size(), replicas / division.minPerCluster());
        return candidates.stream()
                .sorted(Comparator.comparingDouble((Integer c) -> weighted ? -weight(c) : -present(c)))
                .limit(weighted ? most : least)
                .sorted()
                .toList();
    }

    private double weight(int cluster) {
        return division.proportion() == Proportion.WEIGHTS
                ? division.weightOf(request.clusters().get(cluster).id())
                : room[cluster];
    }

    private int present(int cluster) {
        return Math.min(1, request.currentReplicas(service, cluster));
    }

    /** As few clusters as hold all, the largest rooms; the shares may go to others as well. */
    private Optional<List<RequestItem>> asItFits(int least) {
        int count = least;
        while (count < candidates.size()
                && candidates.stream().limit(count).mapToLong(c -> room[c]).sum() < replicas) {
            count++;
        }
        List<Integer> largest = candidates.subList(0, count);
        double[] weights = largest.stream().mapToDouble(c -> room[c]).toArray();
        return divide(weights, room(largest)).map(sizes -> shares(sizes, List.of()));
    }

    private int[] room(List<Integer> clusters) {
        return clusters.stream().mapToInt(c -> room[c]).toArray();
    }

    private static double[] equal(int clusters) {
        double[] weights = new double[clusters];
        Arrays.fill(weights, 1);
        return weights;
    }

    private Optional<int[]> divide(double[] weights, int[] most) {
        int[] least = new int[weights.length];
        Arrays.fill(least, division.minPerCluster());
        return ReplicaDivision.divide(replicas, weights, least, most);
    }

    /** @param clusters of the shares; none if they may go anywhere */
    private List<RequestItem> shares(int[] sizes, List<Integer> clusters) {
        return IntStream.range(0, sizes.length)
                .mapToObj(i -> RequestItem.share(
                        service, sizes[i], clusters.isEmpty() ? OptionalInt.empty() : OptionalInt.of(clusters.get(i))))
                .toList();
    }
}
