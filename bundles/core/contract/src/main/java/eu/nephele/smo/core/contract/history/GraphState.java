// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.history;

import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.Placement.Share;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A graph at a moment, as far as it is known.
 *
 * @param decision the placement decision in force
 * @param services what is known of each; of a change those that have changed
 */
public record GraphState(
        Optional<GraphPhase> phase,
        Optional<Long> revision,
        Optional<String> decision,
        Map<String, ServiceState> services) {

    /** Nothing is known. */
    public static final GraphState UNKNOWN =
            new GraphState(Optional.empty(), Optional.empty(), Optional.empty(), Map.of());

    public GraphState {
        services = Collections.unmodifiableMap(new LinkedHashMap<>(services));
    }

    /**
     * A service at a moment.
     *
     * @param shares its clusters and replicas as decided; empty when it was placed nowhere
     * @param load requests per second as they were measured for a decision on its replicas
     */
    public record ServiceState(List<Share> shares, Optional<Load> load) {

        public static final ServiceState NOWHERE = new ServiceState(List.of(), Optional.empty());

        public ServiceState {
            shares = List.copyOf(shares);
        }

        public ServiceState with(Load reading) {
            return new ServiceState(shares, Optional.of(reading));
        }
    }

    /** A reading of the load of a service. */
    public record Load(double perSecond, Instant at) {}

    /** This state after a change. */
    public GraphState with(GraphState change) {
        Map<String, ServiceState> next = new LinkedHashMap<>(services);
        next.putAll(change.services);
        return new GraphState(
                change.phase.or(() -> phase),
                change.revision.or(() -> revision),
                change.decision.or(() -> decision),
                next);
    }
}
