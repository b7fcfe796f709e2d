// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;

/**
 * Two neighbouring weights, of those for which there is a placement, that choose different ones.
 *
 * @param after the last weight of the one
 * @param before the first weight of the other
 * @param equalAt the weight between them at which both cost the same; empty when there is none, as after a strategy that does not
 *     find the cheapest
 * @param moved services that are on other clusters
 */
record BreakPoint(double after, double before, OptionalDouble equalAt, List<String> moved) {

    private static final double SAME = 1e-9;

    /** @param points those without a placement are passed over */
    static List<BreakPoint> all(WeightedProblem problem, List<SweepPoint> points) {
        List<SweepPoint> placed =
                points.stream().filter(point -> point.placement().isPresent()).toList();
        List<BreakPoint> all = new ArrayList<>();
        for (int i = 1; i < placed.size(); i++) {
            SweepPoint one = placed.get(i - 1);
            SweepPoint next = placed.get(i);
            if (!one.placement().equals(next.placement())) {
                all.add(new BreakPoint(
                        one.weight(),
                        next.weight(),
                        equalAt(problem, one, next),
                        SweepRun.moved(one.placement().get(), next.placement().get())));
            }
        }
        return all;
    }

    /**
     * Costs are linear in the weight: of the rest {@code r} and the open objective's own term {@code x},
     * {@code r + w × x}, so that both are equal at {@code w = (r₂ − r₁) / (x₁ − x₂)}. More important levels decide before.
     */
    private static OptionalDouble equalAt(WeightedProblem problem, SweepPoint one, SweepPoint next) {
        int level = problem.open().weight().level();
        if (!same(
                problem.costs(one.terms(), 0).headMap(level),
                problem.costs(next.terms(), 0).headMap(level))) {
            return OptionalDouble.empty();
        }
        double rest = rest(problem, next, level) - rest(problem, one, level);
        double weight = rest / (own(problem, one) - own(problem, next));
        boolean between = weight >= one.weight() && weight <= next.weight();
        return between ? OptionalDouble.of(weight) : OptionalDouble.empty();
    }

    private static double rest(WeightedProblem problem, SweepPoint point, int level) {
        return problem.costs(point.terms(), 0).getOrDefault(level, 0.0);
    }

    private static double own(WeightedProblem problem, SweepPoint point) {
        return problem.perWeight() * point.terms().getOrDefault(problem.open().objective(), 0.0);
    }

    private static boolean same(SortedMap<Integer, Double> costs, Map<Integer, Double> others) {
        return costs.entrySet().stream()
                .allMatch(cost -> Math.abs(cost.getValue() - others.getOrDefault(cost.getKey(), 0.0))
                        <= SAME * Math.max(1, Math.abs(cost.getValue())));
    }
}
