// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.optimal;

import eu.nephele.smo.api.model.AnswerLimits;
import eu.nephele.smo.api.scaling.ScalingTarget;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What people read about answers. Not thread-safe. */
final class ReasonTexts {

    /** Of all reasons in turn: there is one per service. */
    private final StringBuilder reason = new StringBuilder();

    /**
     * @param scarce what is short, for people
     * @param gap by which the answers for all may be above the cheapest ones
     */
    String explain(ReplicaVariable variable, int replicas, List<String> scarce, double gap) {
        begin(variable.target(), variable.least());
        if (replicas < variable.cheapest()) {
            reason.append("; ")
                    .append(variable.cheapest())
                    .append(" would be cheapest, but ")
                    .append(String.join(" and ", scarce))
                    .append(" is scarce");
        } else {
            explainCheapest(variable.target(), variable.least(), variable.most(), replicas);
        }
        return reason.append(gapText(gap)).toString();
    }

    /** For the number that is cheapest whatever the capacity. */
    String explain(ScalingTarget target, int least, int most, int replicas) {
        begin(target, least);
        explainCheapest(target, least, most, replicas);
        return reason.toString();
    }

    private void begin(ScalingTarget target, int least) {
        reason.setLength(0);
        ReplicaRange.appendDemand(target.demandPerSecond().orElse(Double.NaN), reason)
                .append(least == target.minReplicas() ? " needs the minimum of " : " needs at least ")
                .append(least);
    }

    private void explainCheapest(ScalingTarget target, int least, int most, int replicas) {
        if (replicas > least) {
            reason.append("; a change to fewer would cost more than it saves");
        } else if (most < target.replicas()) {
            reason.append("; at most ").append(most).append(" are allowed");
        }
    }

    /** For a service on several clusters; the same for all of them. */
    String explain(ServiceDemand demand, int[] replicas, List<String> scarce, double gap) {
        reason.setLength(0);
        reason.append(demandText(demand))
                .append(" needs at least ")
                .append(demand.needed())
                .append(" replicas in all");
        int[] cheapest = demand.cheapest();
        if (!Arrays.equals(cheapest, replicas) && !scarce.isEmpty()) {
            reason.append("; ")
                    .append(Arrays.stream(cheapest).mapToObj(Integer::toString).collect(Collectors.joining(" + ")))
                    .append(" would be cheapest, but ")
                    .append(String.join(" and ", scarce))
                    .append(" is scarce");
        } else if (ServiceDemand.sum(replicas) > demand.needed()) {
            reason.append("; a change to fewer would cost more than it saves");
        }
        return AnswerLimits.cut(reason.append(gapText(gap)).toString(), AnswerLimits.REASON_CHARACTERS);
    }

    static String shortage(ScalingTarget target, int needed, String text) {
        return AnswerLimits.cut(
                "%s needs %d replicas, which do not fit: %s".formatted(ReplicaRange.demandText(target), needed, text),
                AnswerLimits.REASON_CHARACTERS);
    }

    /** How many replicas a demand needs, on all clusters of the service. */
    static String need(ServiceDemand demand) {
        return "%s needs %d replicas".formatted(demandText(demand), demand.needed());
    }

    private static String demandText(ServiceDemand demand) {
        double all = demand.shares().stream()
                .mapToDouble(share -> share.target().demandPerSecond().orElse(0))
                .sum();
        return ReplicaRange.demandText(all)
                + (demand.isShared() ? " on " + demand.shares().size() + " clusters" : "");
    }

    private static String gapText(double gap) {
        return gap > 0
                ? String.format(Locale.ROOT, "; at most %.2g above the cheapest for all on the cluster", gap)
                : "";
    }
}
