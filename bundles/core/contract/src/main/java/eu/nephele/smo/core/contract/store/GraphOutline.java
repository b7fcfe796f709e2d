// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.store;

import eu.nephele.smo.api.graph.Timestamps;
import eu.nephele.smo.api.model.DesiredState;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.core.contract.store.ObservedGraph.ObservedService;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;

/**
 * Outline of a graph for lists: the small members of {@link Desired}, {@link DecidedGraph} and {@link ObservedGraph} that a
 * list shows or that the phase depends on.
 *
 * @param id project and name
 * @param generation of the desired state
 * @param activated conditional services whose event has happened since the last start
 * @param paused whether nothing happens to the graph by itself
 * @param times since when it is there
 * @param assignment number of decisions that changed placement or replicas, 0 before the first
 * @param decisionId the placement decision in force
 * @param phase where it was seen last
 * @param convergedGeneration generation for which the world was last as wanted, 0 for none
 * @param behind services for which the steps of that assignment have not been done yet
 */
public record GraphOutline(
        GraphId id,
        long generation,
        DesiredState state,
        Set<String> activated,
        boolean paused,
        long descriptorRevision,
        Timestamps times,
        long assignment,
        Optional<String> decisionId,
        GraphPhase phase,
        long convergedGeneration,
        Set<String> behind) {

    public GraphOutline {
        activated = Set.copyOf(activated);
        behind = Set.copyOf(behind);
    }

    /** Creates the outline of a whole graph. */
    public static GraphOutline from(GraphRecord graph) {
        Desired desired = graph.desired();
        long assignment = graph.decided().map(DecidedGraph::assignment).orElse(0L);
        Map<String, ObservedService> seen = graph.observed().services();
        return new GraphOutline(
                desired.id(),
                desired.generation(),
                desired.state(),
                desired.activated(),
                desired.paused(),
                desired.declaration().revision(),
                desired.times(),
                assignment,
                graph.decided().flatMap(decided -> decided.provenance().decision()),
                graph.observed().phase(),
                graph.observed().convergedGeneration(),
                behind(desired.declaration().services(), assignment, service -> seen.getOrDefault(
                                service, ObservedService.NOTHING)
                        .assignment()));
    }

    /**
     * The services whose steps are not those of an assignment.
     *
     * @param followed number of the assignment whose steps were done last for a service, 0 for none
     */
    public static Set<String> behind(List<String> services, long assignment, ToLongFunction<String> followed) {
        Set<String> behind = new HashSet<>();
        for (String service : services) {
            if (followed.applyAsLong(service) != assignment) {
                behind.add(service);
            }
        }
        return behind;
    }
}
