// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.scheduled;

import eu.nephele.smo.api.placement.ReplicaDivision;
import eu.nephele.smo.api.scaling.ScalingTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/**
 * The targets of one service, one for each of its clusters. Bounds of windows are those of a whole service. They are divided in whole
 * replicas that add up to them: parts that are rounded one by one would add up to more than a maximum, or less than a minimum.
 */
record DividedBounds(List<ScalingTarget> targets) {

    /** Of the maxima of a service; a cluster without a part gets some only where the others have no room. */
    private static final double SMALL_SHARE = 1e-6;

    /** Of a part of a whole number. */
    private static final double ROUNDING = 1e-9;

    DividedBounds {
        targets = List.copyOf(targets);
    }

    /** Returns all targets by service, in order. */
    static List<DividedBounds> among(List<ScalingTarget> targets) {
        List<DividedBounds> services = new ArrayList<>();
        int begin = 0;
        while (begin < targets.size()) {
            int end = begin + 1;
            while (end < targets.size() && isSameService(targets.get(begin), targets.get(end))) {
                end++;
            }
            services.add(new DividedBounds(targets.subList(begin, end)));
            begin = end;
        }
        return services;
    }

    private static boolean isSameService(ScalingTarget one, ScalingTarget other) {
        return one.graph().equals(other.graph()) && one.service().equals(other.service());
    }

    /** Returns the targets with these bounds, as far as their own allow them. Where the two contradict each other the minimum wins. */
    List<ScalingTarget> narrowed(Optional<Integer> minimum, Optional<Integer> maximum) {
        int[] own = each(ScalingTarget::minReplicas);
        int[] ownMost = each(ScalingTarget::maxReplicas);
        int[] least =
                minimum.map(bound -> divided(leastHere(bound), own, ownMost)).orElse(own);
        int[] most =
                maximum.map(bound -> divided(mostHere(bound), least, ownMost)).orElse(ownMost);
        return IntStream.range(0, least.length)
                .mapToObj(i -> targets.get(i).change().bounds(least[i], most[i]).build())
                .toList();
    }

    /** Returns whether the own bounds leave nothing but another number. */
    boolean isCut(Optional<Integer> minimum, Optional<Integer> maximum) {
        return minimum.filter(bound -> isOutside(leastHere(bound))).isPresent()
                || maximum.filter(bound -> isOutside(mostHere(bound))).isPresent();
    }

    boolean isDivided() {
        return targets.size() > 1;
    }

    int ownLeast() {
        return total(each(ScalingTarget::minReplicas));
    }

    int ownMost() {
        return total(each(ScalingTarget::maxReplicas));
    }

    private boolean isOutside(int bound) {
        return bound < ownLeast() || bound > ownMost();
    }

    private int[] divided(int bound, int[] least, int[] most) {
        int within = Math.max(total(least), Math.min(Math.min(bound, ReplicaDivision.MOST_REPLICAS), total(most)));
        return targets.size() == 1
                ? new int[] {Math.max(least[0], Math.min(bound, most[0]))}
                : ReplicaDivision.divide(within, weights(), least, most).orElse(least);
    }

    private int leastHere(int bound) {
        return (int) Math.ceil(bound * portion() - ROUNDING);
    }

    private int mostHere(int bound) {
        return (int) Math.floor(bound * portion() + ROUNDING);
    }

    /** Less than 1 where not all clusters of the service are part of the request. Without replicas each cluster has the whole. */
    private double portion() {
        return Math.min(1, targets.stream().mapToDouble(ScalingTarget::portion).sum());
    }

    private double[] weights() {
        return targets.stream()
                .mapToDouble(target -> Math.max(SMALL_SHARE, target.portion()))
                .toArray();
    }

    private int[] each(ToIntFunction<ScalingTarget> number) {
        return targets.stream().mapToInt(number).toArray();
    }

    private static int total(int[] numbers) {
        return (int)
                Math.min(Integer.MAX_VALUE, IntStream.of(numbers).asLongStream().sum());
    }
}
