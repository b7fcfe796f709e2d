// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.shadow;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Comparison of a shadow with the live decisions. Sums run over the decisions that both could make.
 *
 * @param counts how many decisions there were
 * @param terms objectives, those of either side
 * @param liveMoves services that the live placements moved
 * @param shadowMoves services that the shadow's would have moved
 * @param liveReplicas replicas that were decided, for scaling
 * @param shadowReplicas replicas that the shadow would have decided
 * @param liveMillis median time of the live calls
 * @param shadowMillis median time of the shadow's calls
 * @param latest the latest comparisons, newest first
 */
public record ShadowReport(
        Shadow shadow,
        ComparisonCounts counts,
        List<ObjectiveSum> terms,
        long liveMoves,
        long shadowMoves,
        long liveReplicas,
        long shadowReplicas,
        double liveMillis,
        double shadowMillis,
        List<ComparedDecision> latest) {

    public ShadowReport {
        terms = List.copyOf(terms);
        latest = List.copyOf(latest);
    }

    /** The same, with other comparisons to show. */
    public ShadowReport showing(List<ComparedDecision> comparisons) {
        return new ShadowReport(
                shadow,
                counts,
                terms,
                liveMoves,
                shadowMoves,
                liveReplicas,
                shadowReplicas,
                liveMillis,
                shadowMillis,
                comparisons);
    }

    /**
     * Counts of decisions by the strategies that could make them.
     *
     * @param compared decisions that both could make
     * @param agreed of these, those with the same answer
     * @param onlyLive decisions that the shadow could not make
     * @param onlyShadow decisions that only the shadow could make
     * @param dropped decisions that it was not called for, because live decisions were waiting
     */
    public record ComparisonCounts(
            long compared, long agreed, long onlyLive, long onlyShadow, long dropped, long faults) {}

    /**
     * Sum of one objective, unweighted, priced alike for both.
     *
     * @param unit for people
     */
    public record ObjectiveSum(String objective, String unit, double live, double shadow) {}

    /**
     * One decision.
     *
     * @param graph project/name
     * @param agreed whether both gave the same answer
     * @param live the live decision, for people
     * @param shadow the decision of the shadow, for people; empty without one
     */
    public record ComparedDecision(
            Instant at, String graph, boolean agreed, String live, Optional<String> shadow, Optional<String> fault) {}
}
