// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.core.contract.fleet.FleetWorld.FleetSnapshot;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Carries the steps of a plan out on the loads of its fleet, one after the other, as the plan is told to a caller. Each has to fit
 * while its services are at both places, and to keep the rules of its graph; the moves have to keep the budget, and prices and
 * gains to add up. Checks one plan.
 */
final class StepCheck {

    /** The objective whose value is computed again. */
    static final String PRICE = "price";

    private static final double ROUNDING = 1e-6;

    private final FleetLoads loads;
    private final int maxMoves;
    private final List<String> breaches = new ArrayList<>();
    private final Set<GraphId> moved = new HashSet<>();
    private int moves;
    private double gain;

    StepCheck(FleetSnapshot fleet, int maxMoves) {
        this.loads = new FleetLoads(fleet);
        this.maxMoves = maxMoves;
    }

    CheckedSteps check(JsonNode plan) {
        price(plan, "before");
        int steps = 0;
        for (JsonNode step : plan.path("steps")) {
            try {
                carryOut(step);
            } catch (IllegalArgumentException unknown) {
                breach(step, String.valueOf(unknown.getMessage()));
            }
            steps++;
        }
        price(plan, "after");
        if (moves > maxMoves) {
            breaches.add("%d services move, at most %d may".formatted(moves, maxMoves));
        }
        if (plan.path("moves").asInt() != moves) {
            breaches.add("the plan tells of %d moves, its steps have %d"
                    .formatted(plan.path("moves").asInt(), moves));
        }
        same(
                "the gains of the steps and the difference of the costs",
                gain,
                plan.path("costBefore").asDouble() - plan.path("costAfter").asDouble(),
                plan.path("costBefore").asDouble());
        return new CheckedSteps(steps, moves, breaches);
    }

    private void carryOut(JsonNode step) {
        GraphId id =
                new GraphId(step.path("project").asText(), step.path("graph").asText());
        if (!moved.add(id)) {
            breach(step, "the graph has two steps");
        }
        PlacedGraph graph = loads.graph(id);
        Map<Integer, Integer> to = new TreeMap<>();
        for (JsonNode move : step.path("moves")) {
            String service = move.path("service").asText();
            String from = move.at("/from/name").asText();
            if (loads.cluster(from) != graph.at(graph.service(service))) {
                breach(step, "%s is not on %s".formatted(service, from));
            }
            to.put(graph.service(service), loads.cluster(move.at("/to/name").asText()));
        }
        String shortage = loads.shortage(graph, to);
        if (!shortage.isEmpty()) {
            breach(step, "it does not fit: " + shortage);
        }
        loads.move(graph, to);
        String broken = graph.brokenRule(to);
        if (!broken.isEmpty()) {
            breach(step, broken);
        }
        moves += to.size();
        gain += step.path("gain").asDouble();
    }

    private void price(JsonNode plan, String when) {
        double price = loads.price();
        for (JsonNode objective : plan.path("objectives")) {
            if (objective.path("objective").asText().equals(PRICE)) {
                same(
                        "the price %s, computed and told".formatted(when),
                        price,
                        objective.path(when).asDouble(),
                        price);
            }
        }
    }

    private void same(String what, double one, double other, double scale) {
        if (Math.abs(one - other) > ROUNDING * Math.max(1, Math.abs(scale))) {
            breaches.add("%s: %s and %s".formatted(what, one, other));
        }
    }

    private void breach(JsonNode step, String why) {
        breaches.add("step %s (%s/%s): %s"
                .formatted(
                        step.path("step").asText(),
                        step.path("project").asText(),
                        step.path("graph").asText(),
                        why));
    }
}
