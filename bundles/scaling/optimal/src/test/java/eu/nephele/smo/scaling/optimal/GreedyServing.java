// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.optimal;

import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.scaling.ScalingRequest;
import eu.nephele.smo.api.scaling.ScalingTarget;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * How many replicas each service on one cluster gets when not all fit, one replica after the other. One replica serves one request
 * per second; the present ones fit and are within their bounds.
 */
final class GreedyServing {

    private final List<ScalingTarget> targets;
    private final Resources free;
    private final boolean parts;
    private int[] replicas = new int[0];

    /** @param parts whether services that do not fit as a whole get what fits */
    GreedyServing(ScalingRequest request, boolean parts) {
        this.targets = request.targets();
        this.free = request.clusters().get(0).free();
        this.parts = parts;
    }

    int[] numbers() {
        replicas = each(this::needed);
        if (fits()) {
            return replicas;
        }
        List<Integer> priorities = targets.stream()
                .map(ScalingTarget::priority)
                .distinct()
                .sorted(Comparator.reverseOrder())
                .toList();
        replicas = each(i -> target(i).priority() == priorities.get(0)
                ? secured(i)
                : Math.min(secured(i), target(i).minReplicas()));
        priorities.forEach(this::serve);
        return replicas;
    }

    private void serve(int priority) {
        List<Integer> level = IntStream.range(0, replicas.length)
                .filter(i -> target(i).priority() == priority)
                .boxed()
                .sorted(Comparator.comparing(i -> needed(i) - target(i).replicas()))
                .toList();
        level.forEach(i -> raise(i, secured(i)));
        for (int i : level) {
            int before = replicas[i];
            replicas[i] = needed(i);
            replicas[i] = fits() ? needed(i) : before;
        }
        if (parts) {
            level.forEach(i -> raise(i, needed(i)));
        }
    }

    private void raise(int i, int most) {
        while (replicas[i] < most) {
            replicas[i]++;
            if (!fits()) {
                replicas[i]--;
                return;
            }
        }
    }

    private boolean fits() {
        return IntStream.range(0, replicas.length)
                .mapToObj(i -> target(i).perReplica().times(replicas[i]))
                .reduce(Resources.NONE, Resources::plus)
                .fitsInto(free);
    }

    int needed(int i) {
        int least = (int) Math.ceil(target(i).demandPerSecond().orElseThrow());
        return Math.min(target(i).maxReplicas(), Math.max(target(i).minReplicas(), least));
    }

    private int secured(int i) {
        return Math.min(needed(i), target(i).replicas());
    }

    private ScalingTarget target(int i) {
        return targets.get(i);
    }

    private int[] each(IntUnaryOperator number) {
        int[] each = new int[targets.size()];
        Arrays.setAll(each, number);
        return each;
    }
}
