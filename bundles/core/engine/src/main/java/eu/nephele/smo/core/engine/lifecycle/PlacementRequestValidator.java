// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.lifecycle;

import eu.nephele.smo.api.graph.PlaceRequest;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.DesiredState;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.Violation;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.engine.cluster.ClusterInventory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decides whether a graph may be placed again on request. */
final class PlacementRequestValidator {

    private PlacementRequestValidator() {}

    /** @throws SmoException when it is not possible; says why and what to do */
    static void check(Graph graph, GraphRecord record, PlaceRequest request, ClusterInventory clusterInventory) {
        String name = graph.id().name();
        if (graph.staticPlacement()) {
            throw SmoException.conflict("Graph %s has static placement: its charts decide".formatted(name));
        }
        if (record.desired().state() != DesiredState.RUNNING) {
            throw SmoException.conflict("Graph %s is not running; start it first".formatted(name));
        }
        String keep =
                record.decided().map(last -> last.constraints().keepPlacement()).orElse("");
        if (!keep.isEmpty() && !request.force()) {
            throw SmoException.conflict("Graph %s stays where it is: %s. Force it if you must".formatted(name, keep));
        }
        List<Violation> violations = new ArrayList<>();
        request.services().stream()
                .filter(service -> graph.service(service).isEmpty())
                .forEach(service ->
                        violations.add(new Violation("/services", "Graph has no service %s".formatted(service))));
        Optional<ClusterId> target = request.target();
        if (target.isPresent() && clusterInventory.state(target.get()).isEmpty()) {
            clusterInventory.blind().ifPresent(why -> {
                throw why;
            });
        }
        if (target.isPresent() && clusterInventory.state(target.get()).isEmpty()) {
            violations.add(new Violation(
                    "/target", "Cluster %s not found".formatted(target.get().name())));
        }
        if (request.reason() == DecisionReason.OFFLOAD && target.isEmpty()) {
            violations.add(new Violation("", "Offloading needs a target"));
        }
        if (!violations.isEmpty()) {
            throw SmoException.invalid("The placement request does not fit the graph", violations);
        }
    }
}
