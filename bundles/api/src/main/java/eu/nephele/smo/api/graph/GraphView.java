// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.graph;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Condition;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.Placement;
import java.util.List;
import java.util.Optional;

/**
 * A graph as it stands.
 *
 * @param graph as declared
 * @param item what lists show of it
 * @param conditions aspects of its state
 * @param placement where its services are placed; empty for static placement and before the first decision
 * @param clusters the clusters that its last placement decision chose from, in order: the columns of the placement matrix
 * @param services in descriptor order
 * @param drift what was changed outside and is not repaired
 */
public record GraphView(
        Graph graph,
        GraphItem item,
        List<Condition> conditions,
        Placement placement,
        List<ClusterId> clusters,
        List<ServiceView> services,
        List<Drift> drift) {

    public GraphView {
        conditions = List.copyOf(conditions);
        clusters = List.copyOf(clusters);
        services = List.copyOf(services);
        drift = List.copyOf(drift);
    }

    /** Where it is. */
    public GraphPhase phase() {
        return item.phase();
    }

    public Optional<ServiceView> service(String id) {
        return services.stream()
                .filter(service -> service.spec().id().equals(id))
                .findFirst();
    }

    public Optional<Condition> condition(String type) {
        return conditions.stream()
                .filter(condition -> condition.type().equals(type))
                .findFirst();
    }
}
