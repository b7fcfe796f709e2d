// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.shadow;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.StrategySelection;
import eu.nephele.smo.api.runtime.RequestOrigin;
import java.time.Instant;
import java.util.Optional;

/**
 * A strategy that decides along with whatever decides live.
 *
 * @param id unique, sortable by time
 * @param kind {@code placement} or {@code scaling}
 * @param selection the strategy with its parameters and objective weights; weights left open are those of the live
 *     decision
 * @param scope graphs whose decisions it follows
 */
public record Shadow(
        String id, String kind, StrategySelection selection, ShadowScope scope, RequestOrigin origin, Instant since) {

    /**
     * Whose decisions: of one graph, of a project, or all when both are empty.
     *
     * @param project the project; empty when {@code graph} is given
     */
    public record ShadowScope(Optional<String> project, Optional<GraphId> graph) {

        public static final ShadowScope ALL = new ShadowScope(Optional.empty(), Optional.empty());

        public boolean includes(GraphId decided) {
            return graph.map(decided::equals)
                    .orElseGet(() -> project.map(decided.project()::equals).orElse(true));
        }
    }
}
