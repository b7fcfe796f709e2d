// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.placement;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Placement;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The answer of a placement strategy. "Does not fit" is an answer, not an exception. */
public sealed interface PlacementResult {

    /** Most characters of a reason. */
    int MOST_REASON_CHARACTERS = 500;

    /**
     * @param placement every service of the request with as many replicas as it asks for
     * @param quality how good it is, as far as the strategy knows
     * @param rejected service id → cluster → why the strategy did not take that cluster, for people, at most
     *     {@link #MOST_REASON_CHARACTERS} characters each; only services and clusters of the request. An explanation shows it before
     *     anything that is worked out afterwards; what is left out counts as not told
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
     * @param note one line for people, "" for none
     */
    record Quality(StopReason stop, OptionalLong lowerBoundMicros, OptionalLong workUnits, String note) {

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
        /** the problem is larger than what the strategy solves exactly */
        TOO_LARGE
    }
}
