// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.graph;

import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.StrategySelection;
import java.util.List;

/**
 * A graph to be deployed.
 *
 * @param graph the graph, as read from its descriptor
 * @param override wishes of this request, which win over the descriptor
 * @param keepIfInfeasible true: the graph stays and waits for room; false: nothing is kept when there is no room now
 * @param warnings what the reader of the descriptor had to say
 */
public record DeployRequest(Graph graph, StrategyOverride override, boolean keepIfInfeasible, List<String> warnings) {

    public DeployRequest {
        warnings = List.copyOf(warnings);
    }

    public static DeployRequest of(Graph graph) {
        return new DeployRequest(graph, StrategyOverride.NONE, true, List.of());
    }

    /** Wishes of one request, of the same shape as {@code strategies} in the descriptor. */
    public record StrategyOverride(StrategySelection placement, StrategySelection scaling) {
        public static final StrategyOverride NONE =
                new StrategyOverride(StrategySelection.UNSPECIFIED, StrategySelection.UNSPECIFIED);
    }
}
