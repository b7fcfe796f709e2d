// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.backtest;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What strategies made of loads.
 *
 * @param notes further figures, for people
 */
record BacktestResult(List<ShapeResult> shapes, List<String> notes) {

    private static final double TENTHS = 10;

    /** @param trace the capacities of the run, and how good the forecasts were */
    record ShapeResult(LoadShape shape, Map<String, ReplayFigures> strategies, LoadTrace trace) {}

    String table() {
        int width = shapes.stream()
                .flatMap(result -> result.strategies().keySet().stream())
                .mapToInt(String::length)
                .max()
                .orElse(0);
        List<String> lines = new ArrayList<>();
        for (ShapeResult result : shapes) {
            lines.add("%s%s".formatted(result.shape().name(), result.shape().periodic() ? " (periodic)" : ""));
            result.strategies()
                    .forEach((name, figures) -> lines.add(String.format(
                            Locale.ROOT,
                            "  %-" + Math.max(1, width)
                                    + "s  %8.1f minutes above capacity  %9.1f replica hours  %6d changes",
                            name,
                            figures.violationMinutes(),
                            figures.replicaHours(),
                            figures.changes())));
            result.trace().coverages().forEach((name, coverage) -> lines.add(coverage(name, coverage)));
        }
        lines.addAll(notes);
        return String.join(System.lineSeparator(), lines) + System.lineSeparator();
    }

    private static String coverage(String name, IntervalCoverage coverage) {
        String relied = String.format(
                Locale.ROOT, "  %s: %.0f %% of the forecasts were relied on", name, 100 * coverage.relied());
        return Double.isNaN(coverage.share())
                ? relied
                : String.format(
                        Locale.ROOT,
                        "%s; their 90 %% intervals covered %.1f %% of the next 20 minutes",
                        relied,
                        100 * coverage.share());
    }

    /** One line. */
    String json() {
        ObjectNode root = new ObjectMapper().createObjectNode();
        for (ShapeResult result : shapes) {
            ObjectNode shape = root.withArray("/shapes")
                    .addObject()
                    .put("name", result.shape().name())
                    .put("periodic", result.shape().periodic());
            result.strategies().forEach((name, figures) -> shape.putObject(name)
                    .put("violationMinutes", figures.violationMinutes())
                    .put("replicaHours", Math.round(figures.replicaHours() * TENTHS) / TENTHS)
                    .put("changes", figures.changes()));
        }
        return root.toString();
    }
}
