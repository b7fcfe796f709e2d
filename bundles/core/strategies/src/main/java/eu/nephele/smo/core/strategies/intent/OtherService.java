// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.intent;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.core.contract.decision.PlacedGraphs;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A service of another graph that an intent refers to. */
record OtherService(GraphId graph, String service) {

    /** @return empty where it runs nowhere */
    Set<ClusterId> clusters(PlacedGraphs placed) {
        return new TreeSet<>(placed.placement(graph)
                .map(placement -> placement.clustersOf(service))
                .orElse(List.of()));
    }

    /** Why a cluster is refused. */
    String why(Set<ClusterId> there) {
        return there.isEmpty()
                ? "has to be next to service %s of graph %s, which is placed nowhere".formatted(service, graph.name())
                : "has to be next to service %s of graph %s, which is on %s"
                        .formatted(
                                service,
                                graph.name(),
                                there.stream().map(ClusterId::name).collect(Collectors.joining(", ")));
    }
}
