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
public record FormerState(
        Optional<GraphPhase> phase,
        Optional<Long> revision,
        Optional<String> decision,
        Map<String, FormerService> services) {

    /** Nothing is known. */
    public static final FormerState UNKNOWN =
            new FormerState(Optional.empty(), Optional.empty(), Optional.empty(), Map.of());

    public FormerState {
        services = Collections.unmodifiableMap(new LinkedHashMap<>(services));
    }

    /**
     * A service at a moment.
     *
     * @param shares its clusters and replicas as decided; empty when it was placed nowhere
     * @param load requests per second as they were measured for a decision on its replicas
     */
    public record FormerService(List<Share> shares, Optional<LoadReading> load) {

        public static final FormerService NOWHERE = new FormerService(List.of(), Optional.empty());

        public FormerService {
            shares = List.copyOf(shares);
        }

        public FormerService with(LoadReading reading) {
            return new FormerService(shares, Optional.of(reading));
        }
    }

    /** A reading of the load of a service. */
    public record LoadReading(double perSecond, Instant at) {}

    /** This state after a change. */
    public FormerState with(FormerState change) {
        Map<String, FormerService> next = new LinkedHashMap<>(services);
        next.putAll(change.services);
        return new FormerState(
                change.phase.or(() -> phase),
                change.revision.or(() -> revision),
                change.decision.or(() -> decision),
                next);
    }
}
