// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.shadow;

import eu.nephele.smo.core.contract.shadow.ShadowReport.ObjectiveSum;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Comparison of one decision.
 *
 * @param graph project/name
 * @param live what was decided, for people
 * @param shadow what the shadow would have decided, for people; empty when it had no answer
 * @param amounts what both come to; nothing unless both could
 */
record ShadowFinding(
        Instant at,
        String graph,
        AnsweredBy verdict,
        boolean agreed,
        String live,
        Optional<String> shadow,
        Optional<String> fault,
        Duration liveTime,
        Duration shadowTime,
        ComparedAmounts amounts) {

    private static final int TEXT = 500;

    ShadowFinding {
        live = shortened(live);
        shadow = shadow.map(ShadowFinding::shortened);
        fault = fault.map(ShadowFinding::shortened);
    }

    private static String shortened(String text) {
        return text.length() <= TEXT ? text : text.substring(0, TEXT) + "…";
    }

    enum AnsweredBy {
        BOTH,
        ONLY_LIVE,
        ONLY_SHADOW
    }

    /** For placements: terms and moves; for scaling: replicas. */
    record ComparedAmounts(
            List<ObjectiveSum> terms, long liveMoves, long shadowMoves, long liveReplicas, long shadowReplicas) {

        static final ComparedAmounts NONE = new ComparedAmounts(List.of(), 0, 0, 0, 0);

        ComparedAmounts {
            terms = List.copyOf(terms);
        }
    }
}
