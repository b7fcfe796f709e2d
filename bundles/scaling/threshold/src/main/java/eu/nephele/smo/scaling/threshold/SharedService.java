// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.threshold;

import eu.nephele.smo.api.placement.ReplicaDivision;
import eu.nephele.smo.api.scaling.ScalingTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/**
 * The targets of one service, one for each of its clusters. Numbers in parameters are those of a whole service: the service is decided as
 * a whole, and its replicas are divided afterwards. Decided cluster by cluster it would get each number once per cluster, and a replica
 * too many for each part that is rounded up.
 */
record SharedService(List<ScalingTarget> targets) {

    /** Of a service's replicas; a cluster without a part gets some only where the others have no room. */
    private static final double SMALL_SHARE = 1e-6;

    /** Of a part of a whole number. */
    private static final double ROUNDING = 1e-9;

    SharedService {
        targets = List.copyOf(targets);
    }

    /** Returns all targets by service, in order. Targets that cannot be added up stay alone. */
    static List<SharedService> among(List<ScalingTarget> targets) {
        List<SharedService> services = new ArrayList<>();
        int begin = 0;
        while (begin < targets.size()) {
            int end = begin + 1;
            while (end < targets.size() && isSameService(targets.get(begin), targets.get(end))) {
                end++;
            }
            List<ScalingTarget> its = targets.subList(begin, end);
            if (SummedTarget.isPossible(its)) {
                services.add(new SharedService(its));
            } else {
                its.forEach(target -> services.add(new SharedService(List.of(target))));
            }
            begin = end;
        }
        return services;
    }

    private static boolean isSameService(ScalingTarget one, ScalingTarget other) {
        return one.graph().equals(other.graph()) && one.service().equals(other.service());
    }

    /** Returns the target of all its clusters together. */
    ScalingTarget whole() {
        return targets.size() == 1 ? targets.get(0) : new SummedTarget(targets).build();
    }

    /** Returns the replicas of each target, in order, of those that are desired of the whole. */
    List<DesiredReplicas> divide(DesiredReplicas whole) {
        if (targets.size() == 1) {
            return List.of(whole);
        }
        if (whole.kept()) {
            return targets.stream()
                    .map(target -> DesiredReplicas.keep(target, whole.reason()))
                    .toList();
        }
        double[] weights = weights();
        double all =
                IntStream.range(0, weights.length).mapToDouble(i -> weights[i]).sum();
        int[] shares = shares(whole.replicas(), weights);
        return IntStream.range(0, shares.length)
                .mapToObj(i -> whole.part(targets.get(i), shares[i], needed ->
                        (int) Math.min(Integer.MAX_VALUE, Math.ceil(needed * weights[i] / all - ROUNDING))))
                .toList();
    }

    /** No share becomes smaller while the sum grows, or larger while it shrinks. */
    private int[] shares(int replicas, double[] weights) {
        int[] least = each(ScalingTarget::minReplicas);
        int[] most = each(ScalingTarget::maxReplicas);
        int[] present =
                each(target -> Math.max(target.minReplicas(), Math.min(target.replicas(), target.maxReplicas())));
        boolean grows = replicas >= IntStream.of(present).sum();
        return ReplicaDivision.divide(replicas, weights, grows ? present : least, grows ? most : present)
                .orElse(present);
    }

    private int[] each(ToIntFunction<ScalingTarget> number) {
        return targets.stream().mapToInt(number).toArray();
    }

    private double[] weights() {
        return targets.stream()
                .mapToDouble(target -> Math.max(SMALL_SHARE, target.portion()))
                .toArray();
    }
}
