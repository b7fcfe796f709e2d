// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.store;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.Resources;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What was decided about a graph.
 *
 * @param generation generation of the desired state that this answers
 * @param wishNumber number of the wish that this answers
 * @param assignment counts every decision that changed placement or replicas, from 1
 * @param placement where services run with how many replicas; empty for static placement
 * @param leaving where services still are while a move is under way; empty otherwise. Both places are reserved
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
        clusters = List.copyOf(clusters);
        warnings = List.copyOf(warnings);
    }

    /** What counts for a service; nothing for one that the decision does not know. */
    public EffectiveService effective(String service) {
        return services.getOrDefault(service, EffectiveService.NOTHING);
    }

    /** The same decision, with other places still being left. */
    public Decided withLeaving(Placement stillLeaving) {
        return new Decided(
                generation,
                wishNumber,
                assignment,
                placement,
                stillLeaving,
                services,
                clusters,
                decisionId,
                strategies,
                keepPlacement,
                maxReplicasOverall,
                warnings,
                decidedAt);
    }

    /** The same decision, as the answer to a later wish. */
    public Decided answering(long laterWish) {
        return new Decided(
                generation,
                laterWish,
                assignment,
                placement,
                leaving,
                services,
                clusters,
                decisionId,
                strategies,
                keepPlacement,
                maxReplicasOverall,
                warnings,
                decidedAt);
    }

    /** The next assignment: the same places for a later generation, or other replicas for the same one. */
    public Decided next(long forGeneration, Placement newPlacement, Instant at) {
        return new Decided(
                forGeneration,
                wishNumber,
                assignment + 1,
                newPlacement,
                leaving,
                services,
                clusters,
                decisionId,
                strategies,
                keepPlacement,
                maxReplicasOverall,
                warnings,
                at);
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
