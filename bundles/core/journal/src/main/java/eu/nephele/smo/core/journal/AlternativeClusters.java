// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.placement.PlacementLink;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementService;
import eu.nephele.smo.core.contract.decision.ObjectivePricing.Priced;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Counterfactual placements: one share of a service elsewhere, and all others where the decision put them. */
final class AlternativeClusters {

    /**
     * @param share which is there, or would be: on the cluster where the decision put it, with its replicas
     * @param obstacle why the share cannot run there, "" when it could
     * @param cost by objective, in its own unit, of having the share there; empty when it cannot run there
     * @param total sum of the costs, each times what its objective counts
     */
    record Alternative(ClusterId cluster, Share share, String obstacle, Map<String, Double> cost, double total) {

        boolean isPossible() {
            return obstacle.isEmpty();
        }
    }

    /** Of a share that is looked at before it is anywhere. */
    private static final ClusterId NOWHERE = new ClusterId("none", "none");

    private final PlacementRequest request;
    private final Placement placement;
    private final List<Priced> priced;
    private final DecidedPlaces places;
    private final ClusterObstacles obstacles;

    AlternativeClusters(PlacementRequest request, Placement placement, List<Priced> priced) {
        this.request = request;
        this.placement = placement;
        this.priced = priced;
        this.places = new DecidedPlaces(request, placement);
        this.obstacles = new ClusterObstacles(request, placement, places);
    }

    /**
     * Every cluster of the problem, in order, also the chosen ones with their shares; then those that could not be used at all. Where a
     * service has several shares, another cluster is that of the share whose move costs least.
     */
    List<Alternative> list(int service) {
        List<Share> shares = placement.of(places.id(service));
        Map<ClusterId, Alternative> chosen = new HashMap<>();
        shares.forEach(
                share -> chosen.put(share.cluster(), alternative(service, share, places.column(share.cluster()), "")));
        List<Alternative> all = new ArrayList<>();
        for (int c = 0; c < request.clusters().size(); c++) {
            ClusterId cluster = request.clusters().get(c).id();
            Alternative present = chosen.get(cluster);
            all.add(present == null ? elsewhere(service, c, chosen) : present);
        }
        Share first = shares.isEmpty() ? new Share(NOWHERE, leastReplicas(service)) : shares.get(0);
        request.unavailable().forEach((cluster, why) -> all.add(new Alternative(cluster, first, why, Map.of(), 0)));
        return all;
    }

    private Alternative elsewhere(int service, int cluster, Map<ClusterId, Alternative> chosen) {
        List<Share> shares = placement.of(places.id(service));
        if (shares.isEmpty()) {
            Share least = new Share(NOWHERE, leastReplicas(service));
            return alternative(service, least, cluster, obstacles.find(service, least, cluster));
        }
        return shares.stream()
                .map(share -> alternative(service, share, cluster, obstacles.find(service, share, cluster)))
                .min(Comparator.comparing((Alternative moved) -> !moved.isPossible())
                        .thenComparingDouble(moved -> moved.total() - present(chosen, moved.share())))
                .orElseThrow();
    }

    private static double present(Map<ClusterId, Alternative> chosen, Share share) {
        return Optional.ofNullable(chosen.get(share.cluster()))
                .map(Alternative::total)
                .orElse(0.0);
    }

    /** Returns how many replicas a cluster has to take at least, if the service is nowhere. */
    private int leastReplicas(int service) {
        PlacementService of = request.services().get(service);
        return of.isDivided() ? Math.min(of.replicas(), of.division().minPerCluster()) : of.replicas();
    }

    private Alternative alternative(int service, Share share, int cluster, String obstacle) {
        Map<String, Double> cost = new TreeMap<>();
        double total = 0;
        if (obstacle.isEmpty()) {
            for (Priced objective : priced) {
                double value = cost(objective, service, share, cluster);
                cost.put(objective.objective(), value);
                total += objective.factor() * value;
            }
        }
        return new Alternative(request.clusters().get(cluster).id(), share, obstacle, cost, total);
    }

    /**
     * Returns the opening costs of clusters that several services open together: they are the cost of no single one.
     */
    Map<String, Double> openingShared(int service, ClusterId cluster) {
        int column = places.column(cluster);
        Map<String, Double> shared = new TreeMap<>();
        if (!request.clusters().get(column).occupied()
                && !with(service, cluster).isEmpty()) {
            priced.forEach(objective -> shared.put(objective.objective(), objective.open(column)));
            shared.values().removeIf(value -> value == 0);
        }
        return shared;
    }

    /** The other services that the decision put on a cluster. */
    List<String> with(int service, ClusterId cluster) {
        return IntStream.range(0, request.services().size())
                .filter(other -> other != service && places.clusters(other).contains(cluster))
                .mapToObj(places::id)
                .toList();
    }

    /** Clusters of all other services, against which an alternative is compared. */
    String others(int service) {
        return IntStream.range(0, request.services().size())
                .filter(other -> other != service)
                .mapToObj(other -> "%s on %s".formatted(places.id(other), places.names(other)))
                .collect(Collectors.joining(", "));
    }

    private double cost(Priced objective, int service, Share share, int cluster) {
        double part = part(service, share);
        double cost = part * objective.assign(service, cluster);
        ClusterId there = request.clusters().get(cluster).id();
        if (!request.clusters().get(cluster).occupied() && !isUsedBeside(service, share, there)) {
            cost += objective.open(cluster);
        }
        for (PlacementLink link : request.links()) {
            if (link.from() == service && link.to() != service) {
                cost += link.traffic() * part * distance(objective, cluster, link.to(), true);
            } else if (link.to() == service && link.from() != service) {
                cost += link.traffic() * part * distance(objective, cluster, link.from(), false);
            }
        }
        return cost;
    }

    /** The part of the replicas of a service; equal parts if it has none yet. */
    private double part(int service, Share share) {
        List<Share> shares = placement.of(places.id(service));
        int replicas = placement.replicasOf(places.id(service));
        if (shares.isEmpty()) {
            return 1;
        }
        return replicas == 0 ? 1.0 / shares.size() : (double) share.replicas() / replicas;
    }

    private boolean isUsedBeside(int service, Share share, ClusterId there) {
        for (int other = 0; other < request.services().size(); other++) {
            boolean same = other == service && there.equals(share.cluster());
            if (!same && places.clusters(other).contains(there)) {
                return true;
            }
        }
        return false;
    }

    private double distance(Priced objective, int cluster, int other, boolean outward) {
        double sum = 0;
        for (Share share : placement.of(places.id(other))) {
            int at = places.column(share.cluster());
            sum += part(other, share) * (outward ? objective.distance(cluster, at) : objective.distance(at, cluster));
        }
        return sum;
    }
}
