// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.shadow;

import eu.nephele.smo.core.contract.shadow.ShadowReport.Term;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What both made of one decision.
 *
 * @param graph project/name
 * @param verdict who had an answer
 * @param agreed whether both had the same one
 * @param live what was decided, for people
 * @param shadow what the shadow would have decided, for people; empty when it had no answer
 * @param fault what kept it
 * @param liveTime how long the live call took
 * @param shadowTime how long the shadow's call took
 * @param amounts what both come to; nothing unless both could
 */
record Finding(
        Instant at,
        String graph,
        Verdict verdict,
        boolean agreed,
        String live,
        Optional<String> shadow,
        Optional<String> fault,
        Duration liveTime,
        Duration shadowTime,
        Amounts amounts) {

    private static final int TEXT = 500;

    Finding {
        live = shortened(live);
        shadow = shadow.map(Finding::shortened);
        fault = fault.map(Finding::shortened);
    }

    private static String shortened(String text) {
        return text.length() <= TEXT ? text : text.substring(0, TEXT) + "…";
    }

    /** Who had an answer. */
    enum Verdict {
        BOTH,
        ONLY_LIVE,
        ONLY_SHADOW
    }

    /** Of placements: terms and moves; of scaling: replicas. */
    record Amounts(List<Term> terms, long liveMoves, long shadowMoves, long liveReplicas, long shadowReplicas) {

        static final Amounts NONE = new Amounts(List.of(), 0, 0, 0, 0);

        Amounts {
            terms = List.copyOf(terms);
        }
    }
}
