// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementService;
import eu.nephele.smo.api.placement.ReplicaDivision;
import eu.nephele.smo.api.placement.ReplicaDivision.Proportion;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Shares of divided services, replica by replica: each goes where the fewest of its service are and one more has room, among equals to
 * the larger weight of its division, then to the first by name. Replicas that are there stay; where there are too many, one after the other
 * goes from where the most are, among equals from the smaller weight, then from the last by name. Services that are read earlier have taken their room. Used once.
 */
final class EvenShares {

    /** A service of more replicas keeps its division: one by one they would take too long. */
    private static final int MOST_ONE_BY_ONE = 10_000;

    private final PlacementRequest request;

    /** By cluster: what the services read so far have left. */
    private final Resources[] left;

    /** Cluster by service, of those that have all their replicas on one: a division with one weight is none. */
    private final Map<String, Integer> alone = new HashMap<>();

    EvenShares(PlacementRequest request) {
        this.request = request;
        this.left = request.clusters().stream().map(cluster -> cluster.free()).toArray(Resources[]::new);
    }

    /**
     * The request in which each divided service has its shares as weights, as far as such are found; others keep their divisions.
     */
    PlacementRequest request() {
        Map<String, ReplicaDivision> divisions = new HashMap<>();
        for (int s = 0; s < request.services().size(); s++) {
            PlacementService service = request.services().get(s);
            if (service.isDivided() && service.replicas() <= MOST_ONE_BY_ONE) {
                shares(s).ifPresent(shares -> {
                    divisions.put(service.id(), weighted(service.division(), shares));
                    int[] used = used(shares);
                    if (used.length == 1) {
                        alone.put(service.id(), used[0]);
                    }
                });
            }
        }
        return new RequestCopy(request)
                .service(service -> new PlacementService(
                        service.id(),
                        service.perReplica(),
                        service.replicas(),
                        divisions.getOrDefault(service.id(), service.division())))
                .build();
    }

    /** Returns whether this is the cluster for all replicas of a divided service; to be asked after the request. */
    boolean isAlone(String service, int cluster) {
        return Integer.valueOf(cluster).equals(alone.get(service));
    }

    private static int[] used(int[] shares) {
        return IntStream.range(0, shares.length).filter(c -> shares[c] > 0).toArray();
    }

    private ReplicaDivision weighted(ReplicaDivision division, int[] shares) {
        Map<String, Integer> weights = new HashMap<>();
        for (int c : used(shares)) {
            weights.put(request.clusters().get(c).id().toString(), shares[c]);
        }
        return new ReplicaDivision(
                division.overClusters(),
                division.minPerCluster(),
                division.maxPerCluster(),
                division.survivingPercent(),
                Proportion.WEIGHTS,
                weights);
    }

    /** By cluster; empty if there is no room for all of them, or the division does not allow such shares. */
    private Optional<int[]> shares(int s) {
        int[] weights = weights(s);
        Optional<int[]> found =
                filled(s, weights, present(s, weights)).or(() -> filled(s, weights, new int[left.length]));
        Resources each = request.services().get(s).perReplica();
        found.ifPresent(shares -> Arrays.setAll(left, c -> left[c].minusFloored(each.times(shares[c]))));
        return found;
    }

    /** By cluster; 0 where the service may not be. */
    private int[] weights(int s) {
        ReplicaDivision division = request.services().get(s).division();
        return IntStream.range(0, left.length)
                .map(c -> request.allowed(s, c)
                        ? division.weightOf(request.clusters().get(c).id())
                        : 0)
                .toArray();
    }

    private int[] present(int s, int[] weights) {
        Resources each = request.services().get(s).perReplica();
        return IntStream.range(0, left.length)
                .map(c -> weights[c] > 0 ? (int) Math.min(request.currentReplicas(s, c), each.timesInto(left[c])) : 0)
                .toArray();
    }

    private Optional<int[]> filled(int s, int[] weights, int[] from) {
        PlacementService service = request.services().get(s);
        int[] shares = from.clone();
        int total = Arrays.stream(shares).sum();
        while (total > service.replicas()) {
            shares[most(shares, weights)]--;
            total--;
        }
        while (total < service.replicas()) {
            int next = fewest(service, shares, weights);
            if (next < 0) {
                return Optional.empty();
            }
            shares[next]++;
            total++;
        }
        int clusters = used(shares).length;
        boolean allowed =
                service.division().flaw(Arrays.stream(shares).boxed().toList()).isEmpty();
        return allowed && clusters > 0 && clusters <= ReplicaDivision.MOST_WEIGHTS
                ? Optional.of(shares)
                : Optional.empty();
    }

    private static int most(int[] shares, int[] weights) {
        int most = 0;
        for (int c = 1; c < shares.length; c++) {
            boolean more = shares[c] > shares[most] || (shares[c] == shares[most] && weights[c] <= weights[most]);
            most = more ? c : most;
        }
        return most;
    }

    /** -1 where no cluster takes one more. */
    private int fewest(PlacementService service, int[] shares, int[] weights) {
        int limit = service.division().mostPerCluster(service.replicas());
        int fewest = -1;
        for (int c = 0; c < shares.length; c++) {
            boolean open = weights[c] > 0
                    && shares[c] < limit
                    && service.perReplica().times(shares[c] + 1).fitsInto(left[c]);
            boolean fewer = fewest < 0
                    || shares[c] < shares[fewest]
                    || (shares[c] == shares[fewest] && weights[c] > weights[fewest]);
            fewest = open && fewer ? c : fewest;
        }
        return fewest;
    }
}
