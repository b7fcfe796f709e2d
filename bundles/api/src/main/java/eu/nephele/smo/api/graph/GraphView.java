// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.graph;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Condition;
import eu.nephele.smo.api.model.DesiredState;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.Placement;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A graph as it stands.
 *
 * @param graph as declared
 * @param generation rises with each accepted change
 * @param desired what the user wants
 * @param phase where it is
 * @param conditions aspects of its state
 * @param placement where its services are placed; empty for static placement and before the first decision
 * @param clusters the clusters that its last placement decision chose from, in order: the columns of the placement matrix
 * @param services in descriptor order
 * @param assignment counts decisions that changed placement or replicas
 * @param decisionId the placement decision in force
 * @param revision number of its descriptor
 * @param paused whether nothing happens to it by itself
 * @param drift what was changed outside and is not repaired
 * @param dashboard where its dashboard is, once it is published
 * @param createdAt when it was accepted first
 * @param updatedAt when its desired state changed last
 */
public record GraphView(
        Graph graph,
        long generation,
        DesiredState desired,
        GraphPhase phase,
        List<Condition> conditions,
        Placement placement,
        List<ClusterId> clusters,
        List<ServiceView> services,
        long assignment,
        Optional<String> decisionId,
        long revision,
        boolean paused,
        List<Drift> drift,
        Optional<URI> dashboard,
        Instant createdAt,
        Instant updatedAt) {

    public GraphView {
        conditions = List.copyOf(conditions);
        clusters = List.copyOf(clusters);
        services = List.copyOf(services);
        drift = List.copyOf(drift);
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
