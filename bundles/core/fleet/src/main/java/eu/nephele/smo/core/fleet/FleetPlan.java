// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.fleet;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.core.contract.decision.StrategyRef;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A plan of the fleet as it was made.
 *
 * @param hypothetical whether it is about a world that is not there
 * @param maxMoves budget of services that move
 * @param steps in the order in which they fit; in no order if it is hypothetical
 * @param notMade moves that would gain something, or graphs that find no place, and why
 * @param staying graphs that count as load only, and why
 * @param faults of strategy and objectives
 */
record FleetPlan(
        String id,
        Instant createdAt,
        Instant expiresAt,
        boolean hypothetical,
        StrategyRef strategy,
        int maxMoves,
        FleetValue value,
        List<PlannedStep> steps,
        List<NotMade> notMade,
        SortedMap<GraphId, String> staying,
        List<String> faults) {

    FleetPlan {
        steps = List.copyOf(steps);
        notMade = List.copyOf(notMade);
        faults = List.copyOf(faults);
    }

    /**
     * What the placements of before and after cost.
     *
     * @param graphs that may move
     * @param services of these
     * @param before weighted sum
     * @param after weighted sum
     */
    record FleetValue(int graphs, int services, double before, double after, List<ObjectiveValue> objectives) {}

    /** One objective before and after, in its own unit. */
    record ObjectiveValue(String name, String unit, double weight, double before, double after) {}

    /**
     * @param from empty when its cluster is lost
     */
    record ServiceMove(String service, Optional<ClusterId> from, ClusterId to) {}

    /**
     * Services of a graph that move together.
     *
     * @param basis state of the graph that it starts from
     * @param places of all services of the graph
     * @param needed what has to be free on the new clusters when it begins
     * @param gain by how much the weighted cost falls; negative where it makes room for a later step
     * @param terms by how much each objective changes, in its own unit
     */
    record PlannedStep(
            GraphId graph,
            String basis,
            List<ServiceMove> moves,
            Map<String, ClusterId> places,
            Map<ClusterId, Resources> needed,
            double gain,
            SortedMap<String, Double> terms) {}

    /**
     * @param priority of the graph
     * @param moves empty where no place was found
     */
    record NotMade(GraphId graph, int priority, List<ServiceMove> moves, String reason) {}

    int moves() {
        return steps.stream().mapToInt(step -> step.moves().size()).sum();
    }
}
