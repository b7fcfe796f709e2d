// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/**
 * Result of a run, as a table and as a line of JSON.
 *
 * @param seconds from the request to the plan
 * @param plan as a caller gets it
 */
record FleetResult(FleetOptions options, double seconds, JsonNode plan, CheckedSteps checked) {

    private static final int MOST_BREACHES = 20;
    private static final double ROUNDED = 1_000;

    boolean isGood() {
        return checked.breaches().isEmpty();
    }

    String table() {
        StringBuilder table = new StringBuilder();
        row(
                table,
                "graphs, services, clusters",
                "%d, %d, %d".formatted(options.graphs(), options.graphs() * options.services(), options.clusters()));
        row(table, "seconds, of these for the search", "%s, at most %d".formatted(number(seconds), options.seconds()));
        row(table, "moves, at most", "%d, %d".formatted(checked.moves(), options.maxMoves()));
        row(
                table,
                "weighted cost before, after",
                beforeAfter(
                        plan.path("costBefore").asDouble(),
                        plan.path("costAfter").asDouble()));
        for (JsonNode objective : plan.path("objectives")) {
            String title = "%s (%s) before, after"
                    .formatted(
                            objective.path("objective").asText(),
                            objective.path("unit").asText());
            row(
                    table,
                    title,
                    beforeAfter(
                            objective.path("before").asDouble(),
                            objective.path("after").asDouble()));
        }
        row(
                table,
                "moves and graphs left out",
                Integer.toString(plan.path("notMade").size()));
        row(
                table,
                "steps carried out, breaches",
                "%d, %d".formatted(checked.steps(), checked.breaches().size()));
        plan.path("faults").forEach(fault -> table.append("fault: %s%n".formatted(fault.asText())));
        checked.breaches().stream()
                .limit(MOST_BREACHES)
                .forEach(breach -> table.append("breach: %s%n".formatted(breach)));
        return table.toString();
    }

    private static void row(StringBuilder table, String title, String figures) {
        table.append("%-40s %28s%n".formatted(title, figures));
    }

    private static String beforeAfter(double before, double after) {
        return number(before) + ", " + number(after);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    String json() {
        ObjectNode root = JsonNodeFactory.instance
                .objectNode()
                .put("benchmark", "fleet")
                .put("graphs", options.graphs())
                .put("services", options.services())
                .put("clusters", options.clusters())
                .put("maxMoves", options.maxMoves())
                .put("searchSeconds", options.seconds())
                .put("seed", options.seed())
                .put("seconds", Math.round(seconds * ROUNDED) / ROUNDED)
                .put("moves", checked.moves())
                .put("steps", checked.steps())
                .put("costBefore", plan.path("costBefore").asDouble())
                .put("costAfter", plan.path("costAfter").asDouble());
        root.set("objectives", plan.path("objectives"));
        root.put("notMade", plan.path("notMade").size());
        root.set("faults", plan.path("faults"));
        ArrayNode breaches = root.putArray("breaches");
        checked.breaches().forEach(breaches::add);
        return root.toString();
    }
}
