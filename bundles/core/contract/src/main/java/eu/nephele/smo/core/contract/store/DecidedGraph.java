// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.store;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.placement.ReplicaDivision;
import eu.nephele.smo.api.runtime.Operation.Fault;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Decision about a graph.
 *
 * @param generation generation of the desired state that this answers
 * @param wishNumber number of the request that this answers
 * @param assignment counts every decision that changed placement or replicas, from 1
 * @param placement clusters and replicas of services; empty for static placement
 * @param transition the way from the former state to this one
 * @param undoing the reason of a rollback, when a deployment failed permanently
 * @param homes places of services before a failover moved them
 * @param moves times of automatic moves within the last hour
 * @param provenance origin of the placement
 */
public record DecidedGraph(
        long generation,
        long wishNumber,
        long assignment,
        Placement placement,
        Transition transition,
        Optional<Fault> undoing,
        Map<String, ClusterId> homes,
        List<Instant> moves,
        Constraints constraints,
        Provenance provenance,
        Instant decidedAt) {

    public DecidedGraph {
        homes = Map.copyOf(homes);
        moves = List.copyOf(moves);
    }

    /**
     * From the places of before to those decided.
     *
     * @param leaving present places of services while a move is under way; empty otherwise. Both places are reserved
     * @param held reservations beside the placement until the observed state has followed: for workloads that may still
     *     run elsewhere or larger than decided
     * @param breakFirst whether the places left have to be empty before anything new begins, because both do not fit
     */
    public record Transition(Placement leaving, Map<ClusterId, Resources> held, boolean breakFirst) {

        /** The world has followed. */
        public static final Transition DONE = new Transition(Placement.NONE, Map.of(), false);

        public Transition {
            held = Map.copyOf(held);
        }

        /**
         * Returns whether the world has not followed yet: something is still at places that are left, or larger than
         * decided.
         */
        public boolean isUnderWay() {
            return !leaving.shares().isEmpty() || !held.isEmpty();
        }
    }

    /**
     * Constraints from the intents of a graph.
     *
     * @param services effective needs per service id
     * @param maxReplicasOverall bound of the sum of replicas over the graph, empty for none
     * @param keepPlacement why optimisation must not move it, "" when it may
     * @param warnings what intents had to say
     */
    public record Constraints(
            Map<String, EffectiveService> services,
            OptionalInt maxReplicasOverall,
            String keepPlacement,
            List<String> warnings) {

        public Constraints {
            services = Collections.unmodifiableMap(new LinkedHashMap<>(services));
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * Origin of a placement.
     *
     * @param decisionId the placement decision in force, "" for static placement
     * @param strategies fallbacks that decided, for the condition {@code StrategyAvailable}: "" for the selected
     *     strategy, else the fallback and the reason
     * @param clusters clusters that it chose from, in order
     * @param improvable whether its strategy ended early, because somebody waited, and nobody has tried to improve it since
     */
    public record Provenance(String decisionId, String strategies, List<ClusterId> clusters, boolean improvable) {

        /** Provenance of a placement by a chart: no strategy decided it. */
        public static final Provenance NONE = new Provenance("", "", List.of(), false);

        public Provenance {
            clusters = List.copyOf(clusters);
        }

        /** The same, which is not to be improved any more. */
        Provenance finished() {
            return new Provenance(decisionId, strategies, clusters, false);
        }

        /** The placement decision in force, if there is one. */
        public Optional<String> decision() {
            return Optional.of(decisionId).filter(id -> !id.isEmpty());
        }
    }

    /** Returns the effective values of a service; none for one that the decision does not contain. */
    public EffectiveService effective(String service) {
        return constraints.services().getOrDefault(service, EffectiveService.NOTHING);
    }

    /** Returns whether the world has not followed yet. */
    public boolean inTransit() {
        return transition.isUnderWay();
    }

    /** The same decision, made at another time. */
    public DecidedGraph decidedAt(Instant at) {
        return copy(generation, wishNumber, assignment, placement, transition, undoing, at);
    }

    /** The same decision; the world has followed. */
    public DecidedGraph arrived() {
        return leaving(Transition.DONE);
    }

    /** The same decision, with this left to do. */
    public DecidedGraph leaving(Transition still) {
        return copy(generation, wishNumber, assignment, placement, still, undoing, decidedAt);
    }

    /** The same decision, as the answer to a later request. */
    public DecidedGraph answering(long laterWish) {
        return copy(generation, laterWish, assignment, placement, transition, undoing, decidedAt);
    }

    /** The same decision; no better one was found. */
    public DecidedGraph finished() {
        return new DecidedGraph(
                generation,
                wishNumber,
                assignment,
                placement,
                transition,
                undoing,
                homes,
                moves,
                constraints,
                provenance.finished(),
                decidedAt);
    }

    /** The same decision, being taken back. */
    public DecidedGraph undoing(Fault why) {
        return copy(generation, wishNumber, assignment, placement, transition, Optional.of(why), decidedAt);
    }

    /** The next assignment: the same places for a later generation, or other replicas for the same one. */
    public DecidedGraph next(
            long forGeneration, Placement newPlacement, Map<ClusterId, Resources> newlyHeld, Instant at) {
        Transition next = new Transition(transition.leaving(), newlyHeld, transition.breakFirst());
        return copy(forGeneration, wishNumber, assignment + 1, newPlacement, next, Optional.empty(), at);
    }

    private DecidedGraph copy(
            long forGeneration,
            long wish,
            long number,
            Placement places,
            Transition toThere,
            Optional<Fault> takenBack,
            Instant at) {
        return new DecidedGraph(
                forGeneration, wish, number, places, toThere, takenBack, homes, moves, constraints, provenance, at);
    }

    /**
     * Effective values of a service after its intents.
     *
     * @param perReplica needs of one replica
     * @param minReplicas lower bound
     * @param maxReplicas upper bound
     * @param division over clusters
     */
    public record EffectiveService(Resources perReplica, int minReplicas, int maxReplicas, ReplicaDivision division) {
        public static final EffectiveService NOTHING = new EffectiveService(Resources.NONE, 0, 1);

        /** A service that is whole on one cluster. */
        public EffectiveService(Resources perReplica, int minReplicas, int maxReplicas) {
            this(perReplica, minReplicas, maxReplicas, ReplicaDivision.WHOLE);
        }
    }
}
