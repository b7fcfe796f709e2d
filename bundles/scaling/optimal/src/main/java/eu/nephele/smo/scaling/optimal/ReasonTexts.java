// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.optimal;

import eu.nephele.smo.scaling.optimal.SharedCapacity.Decision;
import java.util.Locale;

final class ReasonTexts {

    private ReasonTexts() {}

    static String explain(ReplicaVariable replicaVariable, int replicas, Decision decision) {
        // plain concatenation: formatting would take longer than the decision, and there is one reason per service
        StringBuilder reason = new StringBuilder(ReplicaRange.demandText(replicaVariable.target()))
                .append(
                        replicaVariable.least() == replicaVariable.target().minReplicas()
                                ? " needs the minimum of "
                                : " needs at least ")
                .append(replicaVariable.least());
        if (replicas < replicaVariable.cheapest()) {
            reason.append("; ")
                    .append(replicaVariable.cheapest())
                    .append(" would be cheapest, but ")
                    .append(String.join(" and ", decision.scarce()))
                    .append(" is scarce");
        } else if (replicas > replicaVariable.least()) {
            reason.append("; a change to fewer would cost more than it saves");
        } else if (replicaVariable.most() < replicaVariable.present()) {
            reason.append("; at most ").append(replicaVariable.most()).append(" are allowed");
        }
        if (decision.gap() > 0) {
            reason.append(String.format(
                    Locale.ROOT, "; at most %.2g above the cheapest for all on the cluster", decision.gap()));
        }
        return reason.toString();
    }
}
