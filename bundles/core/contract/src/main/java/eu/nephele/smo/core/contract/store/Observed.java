// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.store;

import eu.nephele.smo.api.graph.ServiceView.ServiceState;
import eu.nephele.smo.api.model.Condition;
import eu.nephele.smo.api.model.GraphPhase;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was seen of a graph.
 *
 * @param phase where it is
 * @param conditions aspects of its state
 * @param services per service id
 * @param generation generation that this was seen of
 */
public record Observed(
        GraphPhase phase, List<Condition> conditions, Map<String, ObservedService> services, long generation) {

    public Observed {
        conditions = List.copyOf(conditions);
        services = Collections.unmodifiableMap(new LinkedHashMap<>(services));
    }

    /** A graph of which nothing was seen yet. */
    public static Observed nothing() {
        return new Observed(GraphPhase.PENDING, List.of(), Map.of(), 0);
    }

    /**
     * @param state in one word
     * @param readyReplicas over all clusters
     * @param assignment number of the assignment whose steps were done last, 0 for none
     * @param scaledAt when its replicas changed last
     * @param message for people, "" when all is well
     */
    public record ObservedService(
            ServiceState state, int readyReplicas, long assignment, Optional<Instant> scaledAt, String message) {}
}
