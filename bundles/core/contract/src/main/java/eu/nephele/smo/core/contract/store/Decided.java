// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.store;

import eu.nephele.smo.api.graph.Operation.Fault;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.Resources;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What was decided about a graph.
 *
 * @param generation generation of the desired state that this answers
 * @param wishNumber number of the wish that this answers
 * @param assignment counts every decision that changed placement or replicas, from 1
 * @param placement where services run with how many replicas; empty for static placement
 * @param leaving where services still are while a move is under way; empty otherwise. Both places are reserved
 * @param held what is reserved beside the placement until the world has followed: what may still run elsewhere or larger than decided
 * @param breakFirst whether the places left have to be empty before anything new begins, because both do not fit
 * @param undoing why everything is being taken back, when a deployment failed for good
 * @param homes where services were before a failover took them away
 * @param moves when services were moved without anybody asking, within the last hour
 * @param services effective needs per service id
 * @param clusters clusters that the placement decision chose from, in order
 * @param decisionId the placement decision in force, "" for static placement
 * @param strategies what decided, for the condition {@code StrategyAvailable}: "" when as wished, else what replaced it and why
 * @param keepPlacement why optimisation must not move it, "" when it may
 * @param maxReplicasOverall bound of the sum of replicas over the graph, empty for none
 * @param warnings what intents had to say
 * @param decidedAt when
 */
public record Decided(
        long generation,
        long wishNumber,
        long assignment,
        Placement placement,
        Placement leaving,
        Map<ClusterId, Resources> held,
        boolean breakFirst,
        Optional<Fault> undoing,
        Map<String, ClusterId> homes,
        List<Instant> moves,
        Map<String, EffectiveService> services,
        List<ClusterId> clusters,
        String decisionId,
        String strategies,
        String keepPlacement,
        OptionalInt maxReplicasOverall,
        List<String> warnings,
        Instant decidedAt) {

    public Decided {
        services = Collections.unmodifiableMap(new LinkedHashMap<>(services));
        held = Map.copyOf(held);
        homes = Map.copyOf(homes);
        moves = List.copyOf(moves);
        clusters = List.copyOf(clusters);
        warnings = List.copyOf(warnings);
    }

    /** What counts for a service; nothing for one that the decision does not know. */
    public EffectiveService effective(String service) {
        return services.getOrDefault(service, EffectiveService.NOTHING);
    }

    /** Whether the world has not followed yet: something is still at places that are left, or larger than decided. */
    public boolean inTransit() {
        return !leaving.shares().isEmpty() || !held.isEmpty();
    }

    /** The same decision, made at another time. */
    public Decided decidedAt(Instant at) {
        return new Decided(
                generation,
                wishNumber,
                assignment,
                placement,
                leaving,
                held,
                breakFirst,
                undoing,
                homes,
                moves,
                services,
                clusters,
                decisionId,
                strategies,
                keepPlacement,
                maxReplicasOverall,
                warnings,
                at);
    }

    /** The same decision; the world has followed. */
    public Decided arrived() {
        return leaving(Placement.NONE, Map.of(), false);
    }

    /** The same decision, with these places still being left and this held for them. */
    public Decided leaving(Placement stillLeaving, Map<ClusterId, Resources> stillHeld, boolean emptyFirst) {
        return copy(
                new Edition(generation, wishNumber, assignment, placement, undoing, decidedAt),
                stillLeaving,
                stillHeld,
                emptyFirst);
    }

    /** The same decision, as the answer to a later wish. */
    public Decided answering(long laterWish) {
        return copy(
                new Edition(generation, laterWish, assignment, placement, undoing, decidedAt),
                leaving,
                held,
                breakFirst);
    }

    /** The same decision, being taken back. */
    public Decided undoing(Fault why) {
        return copy(
                new Edition(generation, wishNumber, assignment, placement, Optional.of(why), decidedAt),
                leaving,
                held,
                breakFirst);
    }

    /** The next assignment: the same places for a later generation, or other replicas for the same one. */
    public Decided next(long forGeneration, Placement newPlacement, Map<ClusterId, Resources> newlyHeld, Instant at) {
        return copy(
                new Edition(forGeneration, wishNumber, assignment + 1, newPlacement, Optional.empty(), at),
                leaving,
                newlyHeld,
                breakFirst);
    }

    /** What one decision and the next one made of it differ in, beside what is left and held. */
    private record Edition(
            long generation,
            long wishNumber,
            long assignment,
            Placement placement,
            Optional<Fault> undoing,
            Instant decidedAt) {}

    private Decided copy(
            Edition edition, Placement stillLeaving, Map<ClusterId, Resources> stillHeld, boolean emptyFirst) {
        return new Decided(
                edition.generation(),
                edition.wishNumber(),
                edition.assignment(),
                edition.placement(),
                stillLeaving,
                stillHeld,
                emptyFirst,
                edition.undoing(),
                homes,
                moves,
                services,
                clusters,
                decisionId,
                strategies,
                keepPlacement,
                maxReplicasOverall,
                warnings,
                edition.decidedAt());
    }

    /**
     * What the intents of a service came to.
     *
     * @param perReplica needs of one replica
     * @param minReplicas lower bound
     * @param maxReplicas upper bound
     */
    public record EffectiveService(Resources perReplica, int minReplicas, int maxReplicas) {
        public static final EffectiveService NOTHING = new EffectiveService(Resources.NONE, 0, 1);
    }
}
