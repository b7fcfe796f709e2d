// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.cputhreshold;

import eu.nephele.smo.api.scaling.ScalingTarget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * The targets of one service, one for each of its clusters: a step is one of the whole service.
 *
 * @param first position of the first target in the request
 */
record ServiceTargets(int first, List<ScalingTarget> targets) {

    ServiceTargets {
        targets = List.copyOf(targets);
    }

    /** Returns all targets by service, in the order of the request. */
    static List<ServiceTargets> among(List<ScalingTarget> targets) {
        List<ServiceTargets> services = new ArrayList<>();
        int begin = 0;
        while (begin < targets.size()) {
            int end = begin + 1;
            while (end < targets.size() && isSameService(targets.get(begin), targets.get(end))) {
                end++;
            }
            services.add(new ServiceTargets(begin, targets.subList(begin, end)));
            begin = end;
        }
        return services;
    }

    private static boolean isSameService(ScalingTarget one, ScalingTarget other) {
        return one.graph().equals(other.graph()) && one.service().equals(other.service());
    }

    int priority() {
        return targets.get(0).priority();
    }

    int replicas() {
        return total(ScalingTarget::replicas);
    }

    int minReplicas() {
        return total(ScalingTarget::minReplicas);
    }

    int maxReplicas() {
        return total(ScalingTarget::maxReplicas);
    }

    int bounded(int replicas) {
        return Math.max(minReplicas(), Math.min(replicas, maxReplicas()));
    }

    Duration sinceLastChange() {
        return targets.stream()
                .map(ScalingTarget::sinceLastChange)
                .min(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    /** The target with the largest part of what is measured. */
    ScalingTarget largest() {
        ScalingTarget largest = targets.get(0);
        for (ScalingTarget target : targets) {
            largest = target.portion() > largest.portion() ? target : largest;
        }
        return largest;
    }

    private int total(ToIntFunction<ScalingTarget> number) {
        return (int) Math.min(
                Integer.MAX_VALUE,
                targets.stream().mapToLong(number::applyAsInt).sum());
    }
}
