// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.optimal;

import eu.nephele.smo.scaling.optimal.SharedCapacity.Decision;
import java.util.Locale;

/** Says in words why a number of replicas was chosen. */
final class Reasons {

    private Reasons() {}

    static String of(Candidate candidate, int replicas, Decision decision) {
        // plain concatenation: formatting would take longer than the decision, and there is one reason per service
        StringBuilder reason = new StringBuilder(ReplicaRange.demandText(candidate.target()))
                .append(
                        candidate.least() == candidate.target().minReplicas()
                                ? " needs the minimum of "
                                : " needs at least ")
                .append(candidate.least());
        if (replicas < candidate.cheapest()) {
            reason.append("; ")
                    .append(candidate.cheapest())
                    .append(" would be cheapest, but ")
                    .append(String.join(" and ", decision.scarce()))
                    .append(" is scarce");
        } else if (replicas > candidate.least()) {
            reason.append("; a change to fewer would cost more than it saves");
        } else if (candidate.most() < candidate.present()) {
            reason.append("; at most ").append(candidate.most()).append(" are allowed");
        }
        if (Double.isNaN(decision.gap())) {
            reason.append("; several resources are scarce, not proven to be the cheapest");
        } else if (decision.gap() > 0) {
            reason.append(String.format(
                    Locale.ROOT, "; at most %.2g above the cheapest for all on the cluster", decision.gap()));
        }
        return reason.toString();
    }
}
