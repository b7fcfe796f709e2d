// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.placement.PlacementLink;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementService;
import eu.nephele.smo.core.contract.decision.ObjectivePricing.Priced;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Counterfactual placements: one service elsewhere, and all others where the decision put them. */
final class AlternativeClusters {

    /**
     * @param obstacle why the service cannot run there, "" when it could
     * @param cost by objective, in its own unit, of having the service there; empty when it cannot run there
     * @param total sum of the costs, each times what its objective counts
     */
    record Alternative(ClusterId cluster, String obstacle, Map<String, Double> cost, double total) {}

    private final PlacementRequest request;
    private final Placement placement;
    private final List<Priced> priced;
    /** Clusters of each service: needed for each cluster and each objective. */
    private final List<List<ClusterId>> places;

    private final Map<ClusterId, Integer> columns = new HashMap<>();

    AlternativeClusters(PlacementRequest request, Placement placement, List<Priced> priced) {
        this.request = request;
        this.placement = placement;
        this.priced = priced;
        this.places = request.services().stream()
                .map(service -> placement.clustersOf(service.id()))
                .toList();
        for (int c = 0; c < request.clusters().size(); c++) {
            columns.put(request.clusters().get(c).id(), c);
        }
    }

    /** Every cluster of the problem, in order, also the chosen one; then those that could not be used at all. */
    List<Alternative> list(int service) {
        List<Alternative> all = new ArrayList<>();
        for (int c = 0; c < request.clusters().size(); c++) {
            ClusterId cluster = request.clusters().get(c).id();
            boolean chosen = places.get(service).contains(cluster);
            String obstacle = chosen ? "" : obstacle(service, c);
            Map<String, Double> cost = new TreeMap<>();
            double total = 0;
            if (obstacle.isEmpty()) {
                for (Priced objective : priced) {
                    double value = cost(objective, service, c);
                    cost.put(objective.objective(), value);
                    total += objective.factor() * value;
                }
            }
            all.add(new Alternative(cluster, obstacle, cost, total));
        }
        request.unavailable().forEach((cluster, why) -> all.add(new Alternative(cluster, why, Map.of(), 0)));
        return all;
    }

    /**
     * Returns the opening costs of clusters that several services open together: they are the cost of no single one.
     */
    Map<String, Double> openingShared(int service, ClusterId cluster) {
        int column = column(cluster);
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
        return IntStream.range(0, places.size())
                .filter(other -> other != service && places.get(other).contains(cluster))
                .mapToObj(this::id)
                .toList();
    }

    /** Clusters of all other services, against which an alternative is compared. */
    String others(int service) {
        return IntStream.range(0, request.services().size())
                .filter(other -> other != service)
                .mapToObj(other -> "%s on %s".formatted(id(other), names(other)))
                .collect(Collectors.joining(", "));
    }

    private String obstacle(int service, int cluster) {
        if (!request.allowed(service, cluster)) {
            return request.whyNotAllowed(service, cluster);
        }
        return neighbour(service, cluster)
                .or(() -> tooFar(service, cluster))
                .or(() -> noRoom(service, cluster))
                .orElse("");
    }

    private Optional<String> neighbour(int service, int cluster) {
        ClusterId there = request.clusters().get(cluster).id();
        Optional<String> together = request.together().stream()
                .filter(group -> group.contains(service))
                .flatMap(List::stream)
                .filter(other -> other != service && !places.get(other).contains(there))
                .findFirst()
                .map(other -> "it must share its cluster with %s, which is on %s".formatted(id(other), names(other)));
        return together.or(() -> request.apart().stream()
                .filter(pair -> pair.contains(service))
                .flatMap(List::stream)
                .filter(other -> other != service && places.get(other).contains(there))
                .findFirst()
                .map(other -> "it must not share a cluster with %s, which is there".formatted(id(other))));
    }

    private Optional<String> tooFar(int service, int cluster) {
        for (PlacementLink link : request.links()) {
            boolean calls = link.from() == service;
            if ((!calls && link.to() != service) || link.maxLatencyMillis().isEmpty()) {
                continue;
            }
            int other = calls ? link.to() : link.from();
            for (ClusterId at : places.get(other)) {
                OptionalDouble millis = request.latencyMillis(cluster, column(at));
                if (millis.isEmpty()
                        || millis.getAsDouble() > link.maxLatencyMillis().getAsDouble()) {
                    return Optional.of("its link with %s allows %s ms, the latency from there is %s"
                            .formatted(
                                    id(other),
                                    link.maxLatencyMillis().getAsDouble(),
                                    millis.isEmpty() ? "unknown" : millis.getAsDouble() + " ms"));
                }
            }
        }
        return Optional.empty();
    }

    private Optional<String> noRoom(int service, int cluster) {
        ClusterCapacity there = request.clusters().get(cluster);
        Resources demand = request.services().get(service).demand();
        Resources taken = Resources.NONE;
        Set<String> neighbours = new TreeSet<>();
        for (PlacementService other : request.services()) {
            if (!other.id().equals(id(service))) {
                for (Share share : placement.of(other.id())) {
                    if (share.cluster().equals(there.id())) {
                        taken = taken.plus(other.perReplica().times(share.replicas()));
                        neighbours.add(other.id());
                    }
                }
            }
        }
        Resources left = there.free().minusFloored(taken);
        if (demand.fitsInto(left)) {
            return Optional.empty();
        }
        String why = demand.fitsInto(there.free())
                ? "does not fit while %s stays there: ".formatted(String.join(", ", neighbours))
                : "does not fit: ";
        return Optional.of(why + demand.shortage(left));
    }

    private double cost(Priced objective, int service, int cluster) {
        double cost = objective.assign(service, cluster);
        ClusterId there = request.clusters().get(cluster).id();
        boolean usedByOthers = isUsedByOthers(service, there);
        if (!request.clusters().get(cluster).occupied() && !usedByOthers) {
            cost += objective.open(cluster);
        }
        for (PlacementLink link : request.links()) {
            if (link.from() == service && link.to() != service) {
                cost += link.traffic() * distance(objective, cluster, link.to(), true);
            } else if (link.to() == service && link.from() != service) {
                cost += link.traffic() * distance(objective, cluster, link.from(), false);
            }
        }
        return cost;
    }

    private boolean isUsedByOthers(int service, ClusterId there) {
        for (int other = 0; other < places.size(); other++) {
            if (other != service && places.get(other).contains(there)) {
                return true;
            }
        }
        return false;
    }

    private double distance(Priced objective, int cluster, int other, boolean outward) {
        return placement
                .clusterOf(id(other))
                .map(this::column)
                .map(at -> outward ? objective.distance(cluster, at) : objective.distance(at, cluster))
                .orElse(0.0);
    }

    private String id(int service) {
        return request.services().get(service).id();
    }

    private String names(int service) {
        return places.get(service).stream().map(ClusterId::name).collect(Collectors.joining(", "));
    }

    private int column(ClusterId cluster) {
        Integer column = columns.get(cluster);
        if (column != null) {
            return column;
        }
        throw new IllegalArgumentException("%s is not part of the decision".formatted(cluster));
    }
}
