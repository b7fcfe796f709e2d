// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.store;

import eu.nephele.smo.api.graph.Drift;
import eu.nephele.smo.api.graph.ServiceView.ServiceState;
import eu.nephele.smo.api.model.AnswerLimits;
import eu.nephele.smo.api.model.Condition;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.Placement.Share;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Observed state of a graph.
 *
 * @param services per service id
 * @param generation generation that this was seen of
 * @param convergedGeneration generation for which the world was last as wanted, 0 for none
 * @param goodRevision descriptor with which the graph ran last, 0 for none: what a failed update goes back to
 * @param drift what was changed outside and is not repaired
 */
public record ObservedGraph(
        GraphPhase phase,
        List<Condition> conditions,
        Map<String, ObservedService> services,
        long generation,
        long convergedGeneration,
        long goodRevision,
        List<Drift> drift) {

    public ObservedGraph {
        conditions = List.copyOf(conditions);
        drift = List.copyOf(drift);
        services = Collections.unmodifiableMap(new LinkedHashMap<>(services));
    }

    /** A graph of which nothing was seen yet. */
    public static ObservedGraph nothing() {
        return new ObservedGraph(GraphPhase.PENDING, List.of(), Map.of(), 0, 0, 0, List.of());
    }

    /**
     * @param state in one word
     * @param ready replicas that are ready, by cluster that has any
     * @param assignment number of the assignment whose steps were done last, 0 for none
     * @param scaledAt when its replicas changed last
     * @param settled where it was when it was last complete, with how many replicas
     * @param message for people, "" when all is well
     */
    public record ObservedService(
            ServiceState state,
            List<Share> ready,
            long assignment,
            Optional<Instant> scaledAt,
            List<Share> settled,
            String message) {

        /** Nothing was seen or done of it yet. */
        public static final ObservedService NOTHING =
                new ObservedService(ServiceState.NOT_DEPLOYED, List.of(), 0, Optional.empty(), List.of(), "");

        public ObservedService {
            ready = List.copyOf(ready);
            settled = List.copyOf(settled);
            message = AnswerLimits.cut(message, AnswerLimits.TOLD_CHARACTERS);
        }
    }
}
