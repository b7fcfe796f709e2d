// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.energy;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Finds limits of graphs that their places break, by what was ordered and by the latencies of the scenario alone. */
final class LimitJudge {

    private final Map<String, Map<String, Double>> latencies;
    private final Set<String> violated = new LinkedHashSet<>();

    /** @param latencies from → to → ms; one direction stands for both */
    LimitJudge(Map<String, Map<String, Double>> latencies) {
        this.latencies = latencies;
    }

    /** Broken limits so far, each once. */
    Set<String> violated() {
        return violated;
    }

    void check(SeenGraph seen) {
        DayGraph graph = seen.ordered();
        for (DayService service : graph.services()) {
            Set<String> places = seen.places(service.id());
            if (places.isEmpty()) {
                violated.add("%s/%s is nowhere".formatted(graph.project(), service.id()));
            }
            for (String place : places) {
                if (service.excluded().contains(place)) {
                    violated.add(
                            "%s/%s is on %s, where it must not be".formatted(graph.project(), service.id(), place));
                }
            }
        }
        for (DayGraph.Pair pair : graph.apart()) {
            if (!Collections.disjoint(seen.places(pair.one()), seen.places(pair.other()))) {
                violated.add("%s: %s and %s share a region".formatted(graph.project(), pair.one(), pair.other()));
            }
        }
        for (DayGraph.Near near : graph.near()) {
            String one = near.services().one();
            String other = near.services().other();
            if (millis(seen.places(one), seen.places(other)) > near.maxMillis()) {
                violated.add("%s: %s and %s are further apart than %s ms"
                        .formatted(graph.project(), one, other, near.maxMillis()));
            }
        }
    }

    /** Between the two places that are furthest apart. */
    private double millis(Set<String> ones, Set<String> others) {
        double most = 0;
        for (String one : ones) {
            for (String other : others) {
                most = Math.max(most, millis(one, other));
            }
        }
        return most;
    }

    private double millis(String from, String to) {
        if (from.equals(to)) {
            return 0;
        }
        Double there = latencies.getOrDefault(from, Map.of()).get(to);
        Double back = latencies.getOrDefault(to, Map.of()).get(from);
        double unknown = back == null ? Double.POSITIVE_INFINITY : back;
        return there == null ? unknown : there;
    }
}
