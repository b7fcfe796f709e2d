// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.objectives;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterSignals;
import eu.nephele.smo.api.model.EnergyProfile;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.placement.PlacementLink;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementRequestBuilder;
import eu.nephele.smo.api.placement.PlacementService;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Clusters, services and links of a test, one call each. */
final class SmallFederation {

    private final List<ClusterCapacity> clusters = new ArrayList<>();
    private final List<PlacementService> services = new ArrayList<>();
    private final List<PlacementLink> links = new ArrayList<>();

    SmallFederation cluster(String name, Map<String, String> labels) {
        return cluster(name, new Resources(10_000, 0, 0, 0), false, labels, EnergyProfile.UNKNOWN);
    }

    SmallFederation cluster(String name, Resources free) {
        return cluster(name, free, false, Map.of(), EnergyProfile.UNKNOWN);
    }

    /** With ten cores. */
    SmallFederation cluster(String name, boolean occupied, EnergyProfile energy) {
        return cluster(name, new Resources(10_000, 0, 0, 0), occupied, Map.of(), energy);
    }

    private SmallFederation cluster(
            String name, Resources free, boolean occupied, Map<String, String> labels, EnergyProfile energy) {
        clusters.add(new ClusterCapacity(
                new ClusterId("test", name), free, free, occupied, labels, energy, ClusterSignals.UNKNOWN));
        return this;
    }

    SmallFederation service(Resources perReplica, int replicas) {
        services.add(new PlacementService("s" + services.size(), perReplica, replicas, 1));
        return this;
    }

    SmallFederation link(int from, int to, double traffic) {
        links.add(new PlacementLink(from, to, traffic, OptionalDouble.empty()));
        return this;
    }

    PlacementRequest request() {
        PlacementRequestBuilder builder =
                new PlacementRequestBuilder(new GraphId("project", "graph"), DecisionReason.DEPLOY, services, clusters);
        links.forEach(builder::link);
        return builder.build();
    }
}
