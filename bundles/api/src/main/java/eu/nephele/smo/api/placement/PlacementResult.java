// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.placement;

import eu.nephele.smo.api.model.AnswerLimits;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Placement;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The answer of a placement strategy. "Does not fit" is an answer, not an exception. Its texts are for people and have
 * {@linkplain AnswerLimits limits}.
 */
public sealed interface PlacementResult {

    /**
     * Looks at the lengths of all texts of the answer. The server takes no answer beyond the limits, and the conformance kit passes
     * no strategy that gives one.
     *
     * @return the first text that is too long or missing, for people; empty when none is
     */
    Optional<String> beyondLimits();

    /**
     * @param placement every service of the request with as many replicas as it asks for
     * @param quality how good it is, as far as the strategy knows
     * @param rejected service id → cluster → why the strategy did not take that cluster, for people, at most
     *     {@link AnswerLimits#REASON_CHARACTERS} characters each; only services and clusters of the request. An explanation shows it
     *     before anything that is worked out afterwards; what is left out counts as not told
     */
    record Placed(Placement placement, Quality quality, Map<String, Map<ClusterId, String>> rejected)
            implements PlacementResult {
        public Placed {
            rejected = copyOf(rejected);
        }

        /** Says nothing about the clusters that were not taken. */
        public Placed(Placement placement, Quality quality) {
            this(placement, quality, Map.of());
        }

        @Override
        public Optional<String> beyondLimits() {
            return AnswerLimits.flaw("the note of its quality", quality.note(), AnswerLimits.NOTE_CHARACTERS)
                    .or(() -> quality.proof().flatMap(BoundProof::beyondLimits))
                    .or(() -> tooLong(rejected));
        }
    }

    /**
     * @param reasons service id → cluster → why the service cannot run there, for people; at least one service, all clusters
     *     of the request
     * @param counterfactual what would have to change so that it fits, for people
     */
    record Infeasible(Map<String, Map<ClusterId, String>> reasons, Optional<String> counterfactual)
            implements PlacementResult {
        public Infeasible {
            reasons = copyOf(reasons);
        }

        @Override
        public Optional<String> beyondLimits() {
            return tooLong(reasons)
                    .or(() -> counterfactual.flatMap(text -> AnswerLimits.flaw(
                            "what would have to change", text, AnswerLimits.COUNTERFACTUAL_CHARACTERS)));
        }
    }

    private static Optional<String> tooLong(Map<String, Map<ClusterId, String>> reasons) {
        long characters = 0;
        for (Map<ClusterId, String> byCluster : reasons.values()) {
            for (String reason : byCluster.values()) {
                Optional<String> flaw = AnswerLimits.flaw("a reason", reason, AnswerLimits.REASON_CHARACTERS);
                if (flaw.isPresent()) {
                    return flaw;
                }
                characters += reason.length();
            }
        }
        return characters <= AnswerLimits.REASONS_CHARACTERS
                ? Optional.empty()
                : Optional.of("its reasons have %d characters together, at most %d are possible"
                        .formatted(characters, AnswerLimits.REASONS_CHARACTERS));
    }

    private static Map<String, Map<ClusterId, String>> copyOf(Map<String, Map<ClusterId, String>> reasons) {
        Map<String, Map<ClusterId, String>> copy = new LinkedHashMap<>();
        reasons.forEach(
                (service, byCluster) -> copy.put(service, Collections.unmodifiableMap(new LinkedHashMap<>(byCluster))));
        return Collections.unmodifiableMap(copy);
    }

    /**
     * @param stop why the strategy ended
     * @param lowerBoundMicros proven lower bound of the level-0 cost, micro-units
     * @param workUnits what the strategy did, in units of its own; the budget of a replay
     * @param note one line for people, "" for none, at most {@link AnswerLimits#NOTE_CHARACTERS} characters. It is recorded with
     *     the decision. The explanation of each service that this decision has placed shows it ({@code greedy says: …}), by REST and
     *     {@code smo explain}, for as long as no later decision has placed the service
     * @param proof of a lower bound, which may be less than the one above; empty if it takes none, or is too large to keep
     */
    record Quality(
            StopReason stop,
            OptionalLong lowerBoundMicros,
            OptionalLong workUnits,
            String note,
            Optional<BoundProof> proof) {

        /** Has no proof of its bound. */
        public Quality(StopReason stop, OptionalLong lowerBoundMicros, OptionalLong workUnits, String note) {
            this(stop, lowerBoundMicros, workUnits, note, Optional.empty());
        }

        /** Found by a rule that claims nothing about quality. */
        public static final Quality HEURISTIC =
                new Quality(StopReason.FINISHED, OptionalLong.empty(), OptionalLong.empty(), "");

        public static Quality proven(long costMicros) {
            return new Quality(StopReason.PROVEN_OPTIMAL, OptionalLong.of(costMicros), OptionalLong.empty(), "");
        }
    }

    enum StopReason {
        /** the rule ran to its end */
        FINISHED,
        PROVEN_OPTIMAL,
        /** the time or work budget ended first */
        BUDGET,
        /** enough for a decision that somebody waits for; it may be decided again, as {@link DecisionReason#IMPROVE} */
        GOOD_ENOUGH,
        /** the problem is larger than what the strategy solves exactly */
        TOO_LARGE
    }
}
