// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.graph;

import eu.nephele.smo.api.model.DesiredState;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/**
 * A graph as lists show it: its size does not depend on its descriptor. Each member means the same as that of {@link GraphView}.
 *
 * @param id project and name
 * @param version of the descriptor, as its author calls it
 * @param staticPlacement whether its charts place it
 * @param generation rises with each accepted change
 * @param desired what the user wants
 * @param phase where it is
 * @param assignment counts decisions that changed placement or replicas
 * @param decisionId the placement decision in force
 * @param revision number of its descriptor
 * @param paused whether nothing happens to it by itself
 * @param dashboard where its dashboard is, once it is published
 * @param createdAt when it was accepted first
 * @param updatedAt when its desired state changed last
 */
public record GraphItem(
        GraphId id,
        String version,
        boolean staticPlacement,
        long generation,
        DesiredState desired,
        GraphPhase phase,
        long assignment,
        Optional<String> decisionId,
        long revision,
        boolean paused,
        Optional<URI> dashboard,
        Instant createdAt,
        Instant updatedAt) {

    /** The item of a graph that was read as a whole. */
    public static GraphItem of(GraphView view) {
        return new GraphItem(
                view.graph().id(),
                view.graph().version(),
                view.graph().staticPlacement(),
                view.generation(),
                view.desired(),
                view.phase(),
                view.assignment(),
                view.decisionId(),
                view.revision(),
                view.paused(),
                view.dashboard(),
                view.createdAt(),
                view.updatedAt());
    }
}
