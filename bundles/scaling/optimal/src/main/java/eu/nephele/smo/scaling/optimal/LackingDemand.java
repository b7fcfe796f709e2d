// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.optimal;

import eu.nephele.smo.api.model.AnswerLimits;
import eu.nephele.smo.api.scaling.ScalingResult.Answer;
import eu.nephele.smo.api.scaling.ScalingResult.Infeasible;
import eu.nephele.smo.api.scaling.ScalingResult.Replicas;
import eu.nephele.smo.api.scaling.ScalingResult.Unmet;
import eu.nephele.smo.scaling.optimal.CapacityUse.CapacityRow;
import java.util.Optional;

/**
 * A service that cannot have what it needs.
 *
 * @param held what it has instead
 * @param shortage what is scarce, for people
 * @param served who was served before and why; "" if nobody that needs the same
 */
record LackingDemand(HeldDemand held, String shortage, String served) {

    /** @param held holds the needed replicas, which do not fit; later what it has instead */
    static LackingDemand create(HeldDemand held, ServedBefore served) {
        ServiceDemand demand = held.demand();
        Optional<CapacityRow> alone = demand.tooSmallAlone();
        CapacityRow scarce = alone.orElseGet(() -> held.overfull().get(0));
        String shortage = alone.isPresent()
                ? scarce.use().shortageText(scarce.row(), demand.shares().get(0).need(), demand.needed())
                : scarce.shortageText();
        return new LackingDemand(held, shortage, served.before(demand, scarce));
    }

    /** Whether what it has is enough after all: others have left room since it was refused. */
    boolean isServed() {
        return held.isPossible() && held.total() >= held.demand().needed();
    }

    /**
     * The number of replicas there is room for, with the part of the need that is not met. Nothing is decided where the present number
     * stays although it does not fit, or is not allowed.
     *
     * @param c which of the shares of the service
     * @param need what the service needs, for people
     */
    Answer answer(int c, String need) {
        ReplicaVariable share = held.demand().shares().get(c);
        int replicas = held.held()[c];
        String why = served.isEmpty() ? shortage : shortage + "; " + served;
        if (replicas == share.present() && !isPossible(share)) {
            return new Infeasible(cut("%s, which do not fit: %s".formatted(need, why)));
        }
        String reason = cut("%s, there is room for %d: %s".formatted(need, held.total(), why));
        int needed = held.demand().neededOf(c);
        return new Replicas(
                replicas, reason, needed > replicas ? Optional.of(new Unmet(needed, reason)) : Optional.empty());
    }

    private static boolean isPossible(ReplicaVariable share) {
        return share.target().minReplicas() <= share.present()
                && share.present() <= share.most()
                && share.use().overfull(share.need()).isEmpty();
    }

    private static String cut(String reason) {
        return AnswerLimits.cut(reason, AnswerLimits.REASON_CHARACTERS);
    }
}
