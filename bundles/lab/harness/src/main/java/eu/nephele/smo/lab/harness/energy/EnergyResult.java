// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.energy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;

/**
 * Result of a run, as a table and as a line of JSON.
 *
 * @param days in the order of the options; the others are compared with the first one
 * @param seconds of all days together
 */
record EnergyResult(EnergyOptions options, ThreeRegions regions, List<DayResult> days, double seconds) {

    private static final int MOST_FINDINGS = 20;
    private static final double ROUNDED = 1_000;

    EnergyResult {
        days = List.copyOf(days);
    }

    boolean isGood() {
        return days.stream().allMatch(DayResult::isGood);
    }

    private DayResult last() {
        return days.get(days.size() - 1);
    }

    String table() {
        StringBuilder table = new StringBuilder(form(
                "%d graphs of %d services, %.0f cores at their peak, 24 h each in %.1f s together%n",
                options.graphs(), options.services(), regions.peakCores(), seconds));
        table.append(form(
                "%-24s %9s %9s %8s %7s %6s %9s %9s %12s%n",
                "strategies", "kg CO2eq", "saved %", "cost", "moves", "most", "violated", "missing", "interrupted"));
        for (DayResult day : days) {
            table.append(form(
                    "%-24s %9.1f %9.1f %8.0f %7d %6d %9d %9.1f %12d%n",
                    day.name(),
                    day.kilograms(),
                    day.savedPercent(days.get(0)),
                    day.cost(),
                    day.moves(),
                    day.mostMoves(),
                    day.violated().size(),
                    day.missingReplicaHours(),
                    day.interruptions()));
        }
        table.append(form(
                "most: moves of one service; violated: limits of graphs; missing: replica hours;%n"
                        + "interrupted: moves of which each left a service without replicas for at most %d minutes%n",
                EnergyRun.STEP.toMinutes()));
        days.forEach(day -> findings(table, day));
        return table.toString();
    }

    private static void findings(StringBuilder table, DayResult day) {
        day.violated().stream()
                .limit(MOST_FINDINGS)
                .forEach(text -> table.append(form("%s: violated: %s%n", day.name(), text)));
        day.faults().stream()
                .limit(MOST_FINDINGS)
                .forEach(text -> table.append(form("%s: fault: %s%n", day.name(), text)));
    }

    String json() {
        ObjectNode root = JsonNodeFactory.instance
                .objectNode()
                .put("benchmark", "energy")
                .put("graphs", options.graphs())
                .put("services", options.services())
                .put("seed", options.seed())
                .put("carbonSavedPercent", rounded(last().savedPercent(days.get(0))))
                .put(
                        "intentsViolated",
                        days.stream().mapToInt(day -> day.violated().size()).sum())
                .put("moves", last().moves())
                .put("mostMovesOfAService", last().mostMoves())
                .put("interruptions", last().interruptions())
                .put("interruptedMinutes", rounded(last().interruptedMinutes()))
                .put("seconds", rounded(seconds));
        ArrayNode all = root.putArray("strategies");
        for (DayResult day : days) {
            all.addObject()
                    .put("name", day.name())
                    .put("carbonKilograms", rounded(day.kilograms()))
                    .put("carbonSavedPercent", rounded(day.savedPercent(days.get(0))))
                    .put("cost", rounded(day.cost()))
                    .put("moves", day.moves())
                    .put("mostMovesOfAService", day.mostMoves())
                    .put("missingReplicaHours", rounded(day.missingReplicaHours()))
                    .put("interruptions", day.interruptions())
                    .put("interruptedMinutes", rounded(day.interruptedMinutes()))
                    .put("intentsViolated", day.violated().size())
                    .put("faults", day.faults().size());
        }
        return root.toString();
    }

    private static double rounded(double value) {
        return Math.round(value * ROUNDED) / ROUNDED;
    }

    private static String form(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
