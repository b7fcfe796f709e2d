// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.graph;

import eu.nephele.smo.api.model.ForeignRelease;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.runtime.Operation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Effects of a change, computed without making it.
 *
 * @param id names it for applying
 * @param graph of which graph
 * @param kind {@code DEPLOY}, {@code UPDATE} or {@code PLACE}
 * @param validity when it was made, and how long it can be applied
 * @param feasible whether it could be applied; if not, the conflicts say why
 * @param services what becomes of each service
 * @param steps what would be done, in order
 * @param placement where services would run; empty for static placement and when infeasible
 * @param takeovers service → releases of others under its name, which applying the plan takes over
 * @param decision costs of the placement by objective, strategy, alternatives: as in a decision record
 * @param conflicts what stands against it: names taken, no room (with the reasons per cluster)
 * @param warnings what intents and descriptor had to say
 */
public record Plan(
        String id,
        GraphId graph,
        Operation.Kind kind,
        Validity validity,
        boolean feasible,
        Services services,
        List<PlanStep> steps,
        Placement placement,
        Map<String, List<ForeignRelease>> takeovers,
        JsonObject decision,
        List<String> conflicts,
        List<String> warnings) {

    public Plan {
        steps = List.copyOf(steps);
        takeovers = Map.copyOf(takeovers);
        conflicts = List.copyOf(conflicts);
        warnings = List.copyOf(warnings);
    }

    /**
     * How long a plan can be applied.
     *
     * @param createdAt when it was made
     * @param expiresAt until when at the latest
     */
    public record Validity(Instant createdAt, Instant expiresAt) {

        /** So long from then on. */
        public static Validity from(Instant createdAt, Duration length) {
            return new Validity(createdAt, createdAt.plus(length));
        }

        public boolean isOver(Instant now) {
            return now.isAfter(expiresAt);
        }
    }

    /**
     * Ids of services by what becomes of them; a service can be both moved and changed.
     *
     * @param added new in the descriptor
     * @param removed no longer in the descriptor
     * @param moved to another cluster
     * @param changed artifact, values, needs or trigger differ
     * @param unchanged none of these
     */
    public record Services(
            Set<String> added, Set<String> removed, Set<String> moved, Set<String> changed, Set<String> unchanged) {}
}
