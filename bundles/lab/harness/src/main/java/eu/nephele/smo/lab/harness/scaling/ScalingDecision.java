// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.scaling;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.scaling.ScalingRequest;
import eu.nephele.smo.api.scaling.ScalingResult;
import eu.nephele.smo.api.scaling.ScalingResult.Replicas;
import eu.nephele.smo.api.scaling.ScalingTarget;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An answer to a request in which all demands can be served, and what it took. */
record ScalingDecision(ScalingRequest request, ScalingResult result, double millis) {

    private static final Pattern GAP = Pattern.compile("at most (\\S+) above the cheapest");
    private static final double ROUNDING = 1e-6;

    /** Returns what is wrong with the answer, for people; "" if nothing is. */
    String flaw() {
        if (result.answers().stream().anyMatch(answer -> !(answer instanceof Replicas))) {
            return "not all are served";
        }
        List<Integer> all = replicas();
        Resources used = Resources.NONE;
        for (int i = 0; i < all.size(); i++) {
            ScalingTarget target = request.targets().get(i);
            int replicas = all.get(i);
            used = used.plus(target.perReplica().times(replicas));
            boolean within = target.minReplicas() <= replicas && replicas <= target.maxReplicas();
            if (!within || !serves(target, replicas)) {
                return "%d replicas of %s".formatted(replicas, target.service());
            }
        }
        ClusterCapacity cluster = request.clusters().get(0);
        return used.fitsInto(cluster.free()) ? "" : used.shortage(cluster.free());
    }

    static boolean serves(ScalingTarget target, int replicas) {
        return target.profile().alpha() * replicas + target.profile().beta()
                >= target.demandPerSecond().orElseThrow() - ROUNDING;
    }

    List<Integer> replicas() {
        return result.answers().stream()
                .map(answer -> ((Replicas) answer).replicas())
                .toList();
    }

    double cost() {
        List<Integer> replicas = replicas();
        double cost = 0;
        for (int i = 0; i < replicas.size(); i++) {
            cost += cost(request.targets().get(i), replicas.get(i));
        }
        return cost;
    }

    static double cost(ScalingTarget target, int replicas) {
        return (MeasuredScaler.USE * replicas + MeasuredScaler.CHANGE * Math.abs(replicas - target.replicas()))
                / target.maxReplicas();
    }

    /** Returns by how much the cost may be above the cheapest one, as the reasons have it; 0 if it is proven. */
    double gap() {
        Matcher text = GAP.matcher(result.answers().get(0).reason());
        return text.find() ? Double.parseDouble(text.group(1)) : 0;
    }

    double gapPercent() {
        return gap() == 0 ? 0 : 100 * gap() / (cost() - gap());
    }
}
