// SPDX-License-Identifier: Apache-2.0
package eu.h3ni.energyaware;

import eu.nephele.smo.api.placement.Costs;
import eu.nephele.smo.api.placement.PlacementLink;
import eu.nephele.smo.api.placement.PlacementRequest;
import java.util.List;
import java.util.Optional;

/** Cost of one more group on a cluster: energy by the parameters, and the objectives of the graph. */
final class Price {

    private final Groups groups;
    private final EnergyAwareParameters parameters;
    private final Energy energy;
    private final Optional<Costs> objectives;

    Price(PlacementRequest request, Groups groups, EnergyAwareParameters parameters, Energy energy) {
        this.groups = groups;
        this.parameters = parameters;
        this.energy = energy;
        this.objectives = request.costs().stream().findFirst();
    }

    /** Never negative, so that the cost of a partial placement is a lower bound of the whole. */
    double of(int group, int cluster, EnergyPlacement places) {
        List<Integer> members = groups.services(group);
        double watts = members.stream()
                .mapToDouble(service -> energy.watts(service, cluster))
                .sum();
        double cost = energyCost(watts, cluster);
        if (!places.isUsed(cluster)) {
            cost += energyCost(energy.idleWatts(cluster), cluster) + units(opening(cluster));
        }
        for (int service : members) {
            cost += units(
                    objectives.map(costs -> costs.assign(service, cluster)).orElse(0L));
        }
        return cost + traffic(group, cluster, places);
    }

    private double energyCost(double watts, int cluster) {
        return parameters.carbonWeight() * energy.grams(watts, cluster)
                + parameters.renewableWeight() * energy.fossilWatts(watts, cluster);
    }

    private long opening(int cluster) {
        return objectives.map(costs -> costs.open(cluster)).orElse(0L);
    }

    private double traffic(int group, int cluster, EnergyPlacement places) {
        List<Integer> members = groups.services(group);
        double cost = 0;
        for (PlacementLink link : groups.links(group)) {
            int from = members.contains(link.from()) ? cluster : places.clusterOf(link.from());
            int to = members.contains(link.to()) ? cluster : places.clusterOf(link.to());
            if (from != EnergyPlacement.NOWHERE && to != EnergyPlacement.NOWHERE && from != to) {
                long distance =
                        objectives.map(costs -> costs.distance(from, to)).orElse(0L);
                cost += units(distance) * link.traffic();
            }
        }
        return cost;
    }

    private double units(long micros) {
        return parameters.objectivesWeight() * micros / Costs.MICROS;
    }
}
