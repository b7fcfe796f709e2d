// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.proposal;

import eu.nephele.smo.api.placement.Costs;
import eu.nephele.smo.core.contract.decision.PlacementCost;
import eu.nephele.smo.core.engine.proposal.PlacementProposer.Proposal;
import java.util.List;

/** Compares proposals for choices of one decision: one that fits is better than none, then what costs less. */
final class CheaperProposal {

    private CheaperProposal() {}

    /** The first one where neither is better. */
    static Proposal of(Proposal one, Proposal other) {
        if (!(other instanceof Proposal.Fits second)) {
            return one;
        }
        if (!(one instanceof Proposal.Fits first)) {
            return other;
        }
        return costsLess(second, first) ? other : one;
    }

    /** By the first level in which they differ. */
    private static boolean costsLess(Proposal.Fits one, Proposal.Fits other) {
        PlacementCost ofOne = new PlacementCost(one.outcome().request(), one.placement());
        PlacementCost ofOther = new PlacementCost(other.outcome().request(), other.placement());
        List<Costs> levels = one.outcome().request().costs();
        List<Costs> others = other.outcome().request().costs();
        for (int level = 0; level < Math.min(levels.size(), others.size()); level++) {
            double difference = ofOther.micros(others.get(level)) - ofOne.micros(levels.get(level));
            if (Math.abs(difference) >= 1) {
                return difference > 0;
            }
        }
        return false;
    }
}
