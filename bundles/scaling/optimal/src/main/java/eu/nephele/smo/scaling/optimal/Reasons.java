// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.optimal;

import eu.nephele.smo.scaling.optimal.SharedCapacity.Decision;
import java.util.Locale;

/** Says in words why a number of replicas was chosen. */
final class Reasons {

    private Reasons() {}

    static String of(Candidate candidate, int replicas, Decision decision) {
        StringBuilder reason = new StringBuilder("%s needs %s %d"
                .formatted(
                        ReplicaRange.demandText(candidate.target()),
                        candidate.least() == candidate.target().minReplicas() ? "the minimum of" : "at least",
                        candidate.least()));
        if (replicas < candidate.cheapest()) {
            reason.append("; %d would be cheapest, but %s is scarce"
                    .formatted(candidate.cheapest(), String.join(" and ", decision.scarce())));
        } else if (replicas > candidate.least()) {
            reason.append("; a change to fewer would cost more than it saves");
        } else if (candidate.most() < candidate.present()) {
            reason.append("; at most %d are allowed".formatted(candidate.most()));
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
