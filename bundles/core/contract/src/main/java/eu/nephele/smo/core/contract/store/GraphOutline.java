// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.store;

import eu.nephele.smo.api.model.DesiredState;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a list needs of a graph: the members of {@link Desired}, {@link Decided} and {@link Observed} that are small and that it
 * shows, or that its phase depends on.
 *
 * @param id project and name
 * @param generation of the desired state
 * @param state wanted run state
 * @param services ids of the services, in descriptor order
 * @param activated conditional services whose event has happened since the last start
 * @param paused whether nothing happens to the graph by itself
 * @param descriptorRevision number of the descriptor
 * @param createdAt when it was accepted first
 * @param updatedAt when its desired state changed last
 * @param assignment number of decisions that changed placement or replicas, 0 before the first
 * @param decisionId the placement decision in force
 * @param phase where it was seen last
 * @param convergedGeneration generation for which the world was last as wanted, 0 for none
 * @param followed number of the assignment whose steps were done last, by service that was seen
 */
public record GraphOutline(
        GraphId id,
        long generation,
        DesiredState state,
        List<String> services,
        Set<String> activated,
        boolean paused,
        long descriptorRevision,
        Instant createdAt,
        Instant updatedAt,
        long assignment,
        Optional<String> decisionId,
        GraphPhase phase,
        long convergedGeneration,
        Map<String, Long> followed) {

    public GraphOutline {
        services = List.copyOf(services);
        activated = Set.copyOf(activated);
        followed = Map.copyOf(followed);
    }
}
