// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.fleet;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Resources;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A question about the fleet. What is empty is as configured.
 *
 * @param graphs graphs that may move; empty for all
 * @param objectives weight by objective, 0 or more
 * @param maxMoves budget of services that move, 0 or more
 * @param strategy id of the placement strategy
 * @param budgetSeconds time for the search, 1 or more
 * @param whatIf a world that differs from the present one; empty for the present one
 */
public record FleetRequest(
        Set<GraphId> graphs,
        Map<String, Double> objectives,
        OptionalInt maxMoves,
        Optional<String> strategy,
        OptionalInt budgetSeconds,
        Optional<WhatIf> whatIf) {

    /** Everything as configured. */
    public static final FleetRequest STANDARD = new FleetRequest(
            Set.of(), Map.of(), OptionalInt.empty(), Optional.empty(), OptionalInt.empty(), Optional.empty());

    public FleetRequest {
        graphs = Set.copyOf(graphs);
        objectives = Map.copyOf(objectives);
    }

    /**
     * A world that differs from the present one.
     *
     * @param lost names of clusters that are gone, or {@code source/name}
     * @param demand factor on CPU and memory of the services of the named graphs, those with static placement apart, more than 0
     * @param added clusters that are there in addition
     */
    public record WhatIf(Set<String> lost, double demand, List<AddedCluster> added) {

        public WhatIf {
            lost = Set.copyOf(lost);
            added = List.copyOf(added);
            if (!(demand > 0) || Double.isInfinite(demand)) {
                throw new IllegalArgumentException("demand=%s, expected a finite number above 0".formatted(demand));
            }
        }
    }

    /**
     * An empty cluster of which nothing else is known: links with a latency limit do not reach it.
     *
     * @param offered to all services together
     */
    public record AddedCluster(String name, Resources offered, Map<String, String> labels) {

        public AddedCluster {
            labels = Map.copyOf(labels);
        }
    }
}
