// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.store;

import eu.nephele.smo.api.model.DesiredState;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Stored facts about one graph without its descriptor: its size does not depend on the content of users, so that all of them
 * fit into memory at once.
 *
 * @param id project and name
 * @param generation of the desired state
 * @param state wanted run state
 * @param services ids of the services, in descriptor order
 * @param activated conditional services that an event has installed since the graph was started
 * @param retiring services that a former descriptor had and that are not gone yet: id → artifact type
 * @param phase where it was seen last
 * @param undoing whether its deployment is being taken back, or was
 * @param createdAt when it was accepted first
 */
public record GraphSummary(
        GraphId id,
        long generation,
        DesiredState state,
        List<String> services,
        Set<String> activated,
        Map<String, String> retiring,
        GraphPhase phase,
        boolean undoing,
        Instant createdAt) {

    public GraphSummary {
        services = List.copyOf(services);
        activated = Set.copyOf(activated);
        retiring = Map.copyOf(retiring);
    }

    /** The same of a graph that was read as a whole. */
    public static GraphSummary from(GraphRecord record) {
        Desired desired = record.desired();
        return new GraphSummary(
                record.id(),
                desired.generation(),
                desired.state(),
                desired.declaration().services(),
                desired.activated(),
                desired.retiring(),
                record.observed().phase(),
                record.decided()
                        .filter(decided -> decided.generation() == desired.generation())
                        .flatMap(DecidedGraph::undoing)
                        .isPresent(),
                desired.times().createdAt());
    }
}
