// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.placement.PlacementLink;
import eu.nephele.smo.api.placement.PlacementRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Builds the reasons, for people, for which an item cannot go to a cluster beside the items that are placed. */
public final class PlacementObstacles {

    private static final String NO_ROOM = "does not fit beside the other services";

    /** Limit in pairs of service and cluster: every decision records its reasons. */
    private static final int MOST_EXPLAINED = 200;

    private final RequestProblem read;
    private final PlacementRequest request;
    private final Resources[] demandOf;
    /** By service. */
    private final List<List<Integer>> itemsOf = new ArrayList<>();

    public PlacementObstacles(RequestProblem read) {
        this.read = read;
        this.request = read.request();
        this.demandOf = read.resources().demandOf;
        request.services().forEach(service -> itemsOf.add(new ArrayList<>()));
        for (int item = 0; item < demandOf.length; item++) {
            for (int s : read.services(item)) {
                itemsOf.get(s).add(item);
            }
        }
    }

    /** Why an item that a rule has put on one cluster is not on another one. */
    public interface ChoiceReason {
        /**
         * @param placed the items before this one
         * @return for people, never empty
         */
        String text(RuleProgress placed, int item, int chosen, int other);
    }

    /** @return reason for which the item, which is unplaced, cannot go there now; "" if it can */
    public String obstacle(RuleProgress placed, int item, int cluster) {
        for (int s : read.services(item)) {
            if (!request.allowed(s, cluster)) {
                return request.whyNotAllowed(s, cluster);
            }
        }
        String rule = InfeasibilityReasons.ofShares(read.items().get(item), cluster);
        if (!rule.isEmpty()) {
            return rule;
        }
        if (!placed.isFree(item, cluster)) {
            return demandOf[item].shortage(left(placed, cluster));
        }
        for (int s : read.services(item)) {
            String neighbour = neighbour(placed, item, s, cluster);
            if (!neighbour.isEmpty()) {
                return neighbour;
            }
        }
        return "";
    }

    private Resources left(RuleProgress placed, int cluster) {
        Resources left = request.clusters().get(cluster).free();
        for (int item = 0; item < demandOf.length; item++) {
            if (placed.clusterOf(item) == cluster) {
                left = left.minusFloored(demandOf[item]);
            }
        }
        return left;
    }

    private String neighbour(RuleProgress placed, int item, int service, int cluster) {
        if (others(placed, service, item).contains(cluster)) {
            return "another share of its replicas is there";
        }
        for (List<Integer> pair : request.apart()) {
            int other = pair.get(0) == service ? pair.get(1) : pair.get(0);
            if (pair.contains(service) && at(placed, other, item, cluster).contains(cluster)) {
                return "must not share a cluster with service " + id(other);
            }
        }
        for (PlacementLink link : request.links()) {
            boolean limited = link.maxLatencyMillis().isPresent();
            if (limited && (link.from() == service || link.to() == service)) {
                double limit = link.maxLatencyMillis().orElse(Double.POSITIVE_INFINITY);
                if (isFarther(at(placed, link.from(), item, cluster), at(placed, link.to(), item, cluster), limit)) {
                    return "latency of the link from %s to %s would exceed %s ms"
                            .formatted(id(link.from()), id(link.to()), limit);
                }
            }
        }
        return "";
    }

    private boolean isFarther(Set<Integer> from, Set<Integer> to, double limit) {
        return from.stream().anyMatch(one -> to.stream()
                .anyMatch(two -> !(request.latencyMillis(one, two).orElse(Double.POSITIVE_INFINITY) <= limit)));
    }

    /** The clusters of a service if an item was on that cluster: that alone, if the item has the service. */
    private Set<Integer> at(RuleProgress placed, int service, int moved, int cluster) {
        return read.services(moved).contains(service) ? Set.of(cluster) : others(placed, service, moved);
    }

    /** The clusters of a service without one of its items. */
    private Set<Integer> others(RuleProgress placed, int service, int without) {
        return itemsOf.get(service).stream()
                .filter(item -> item != without)
                .map(placed::clusterOf)
                .filter(cluster -> cluster != AssignmentProblem.NOWHERE)
                .collect(Collectors.toSet());
    }

    private String id(int service) {
        return request.services().get(service).id();
    }

    /** Reasons against each cluster, by service of an item that fits nowhere beside the placed ones. */
    public Map<String, Map<ClusterId, String>> against(RuleProgress placed, int item, String prefix) {
        Map<ClusterId, String> byCluster = new LinkedHashMap<>();
        for (int c = 0; c < request.clusters().size(); c++) {
            byCluster.put(request.clusters().get(c).id(), prefix + obstacleOrLack(placed, item, c));
        }
        Map<String, Map<ClusterId, String>> byService = new LinkedHashMap<>();
        read.services(item).forEach(s -> byService.put(id(s), byCluster));
        return byService;
    }

    /** Where amounts are rounded, what does not fit may have no shortage. */
    private String obstacleOrLack(RuleProgress placed, int item, int cluster) {
        String obstacle = obstacle(placed, item, cluster);
        return obstacle.isEmpty() ? NO_ROOM : obstacle;
    }

    /**
     * Reasons against the clusters that were not chosen when items were placed in this order; for small problems only.
     *
     * @param at cluster by item
     */
    public Map<String, Map<ClusterId, String>> rejected(int[] order, int[] at, ChoiceReason reason) {
        Map<String, Map<ClusterId, String>> rejected = new LinkedHashMap<>();
        int clusters = request.clusters().size();
        boolean explained = request.services().size() * clusters <= MOST_EXPLAINED;
        RuleProgress placed = new RuleProgress(read);
        for (int item : order) {
            Map<ClusterId, String> byCluster = new LinkedHashMap<>();
            for (int c = 0; explained && c < clusters; c++) {
                if (c != at[item]) {
                    byCluster.put(request.clusters().get(c).id(), reason.text(placed, item, at[item], c));
                }
            }
            read.services(item).forEach(s -> rejected.merge(id(s), byCluster, PlacementObstacles::both));
            placed.put(item, at[item]);
        }
        return rejected;
    }

    /** A cluster that one of the shares has taken is not rejected. */
    private static Map<ClusterId, String> both(Map<ClusterId, String> one, Map<ClusterId, String> two) {
        Map<ClusterId, String> both = new LinkedHashMap<>(one);
        both.keySet().retainAll(two.keySet());
        return both;
    }
}
