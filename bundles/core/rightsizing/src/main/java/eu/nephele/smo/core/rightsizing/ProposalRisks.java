// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.rightsizing;

import java.util.ArrayList;
import java.util.List;

/** What can go wrong with another request, in words. */
final class ProposalRisks {

    private static final double PERCENT = 100;

    private ProposalRisks() {}

    /** @param amount proposed for one replica */
    static List<String> of(
            ComputeResource resource,
            double amount,
            double present,
            UseSeries since,
            ObservedUse use,
            ScalingDriver scaling) {
        List<String> risks = new ArrayList<>();
        if (resource == ComputeResource.CPU) {
            risks.add("use was above %s cores in %.1f %% of the time: as often it may be throttled"
                    .formatted(Amounts.number(amount), PERCENT * since.shareAbove(amount)));
        } else {
            risks.add("%.0f %% of room above the highest use: beyond that a replica is killed"
                    .formatted(PERCENT * (amount / Math.max(use.peak(), 1) - 1)));
        }
        if (resource == ComputeResource.MEMORY && amount > present) {
            risks.add("a heap that is sized by its container will use this, too");
        }
        risks.add("means over all replicas: the busiest one uses more");
        if (resource == ComputeResource.CPU && scaling.scaled() && amount < present) {
            risks.add("a replica may serve less than its profile says (alpha belongs to the present size), and more"
                    + " replicas may come");
        }
        return risks;
    }
}
