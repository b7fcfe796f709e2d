// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.exact;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Figures as lines of a table, and all of them as one line of JSON. */
final class ExactReport {

    private static final String ROW = "%-46s %-18s %14s %10s %10s %10s %-4s %s";

    static final String HEADER =
            ROW.formatted("", "strategy, reason", "as wanted", "median", "P99", "maximum", "", "to reach");

    private static final int MOST_FINDINGS = 100;
    private static final double ROUNDED = 1_000;

    private final ExactOptions options;
    private final String machine;
    private final List<ExactFigure> figures = new ArrayList<>();
    private final List<String> findings = new ArrayList<>();

    ExactReport(ExactOptions options, String machine) {
        this.options = options;
        this.machine = machine;
    }

    /** Returns the line of the figure. */
    String add(ExactFigure figure) {
        figures.add(figure);
        ValueSummary values = figure.values();
        String goal = figure.goal().isEmpty()
                ? ""
                : "%s: %s".formatted(figure.goal(), figure.reached() ? "reached" : "missed");
        return ROW.formatted(
                        figure.title(),
                        figure.strategy(),
                        "%d of %d".formatted(figure.good(), figure.cases()),
                        number(values.median()),
                        number(values.p99()),
                        number(values.most()),
                        values.unit(),
                        goal)
                .stripTrailing();
    }

    void addFinding(String finding) {
        findings.add(finding);
    }

    /** Whether nothing has been found that is wrong; figures that are missed are not. */
    boolean isGood() {
        return findings.isEmpty();
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.3f", value);
    }

    String json() {
        ObjectNode root = JsonNodeFactory.instance
                .objectNode()
                .put("benchmark", "exact")
                .put("machine", machine)
                .put("cases", options.cases())
                .put("seed", options.seed())
                .put("good", isGood());
        ArrayNode list = root.putArray("figures");
        for (ExactFigure figure : figures) {
            ObjectNode entry = list.addObject()
                    .put("figure", figure.title())
                    .put("strategy", figure.strategy())
                    .put("cases", figure.cases())
                    .put("asWanted", figure.good())
                    .put("unit", figure.values().unit());
            put(entry, "median", figure.values().median());
            put(entry, "p99", figure.values().p99());
            put(entry, "max", figure.values().most());
            if (!figure.goal().isEmpty()) {
                entry.put("goal", figure.goal()).put("reached", figure.reached());
            }
        }
        root.put("findingCount", findings.size());
        ArrayNode wrong = root.putArray("findings");
        findings.stream().limit(MOST_FINDINGS).forEach(wrong::add);
        return root.toString();
    }

    private static void put(ObjectNode entry, String name, double value) {
        if (Double.isFinite(value)) {
            entry.put(name, Math.round(value * ROUNDED) / ROUNDED);
        } else if (Double.isInfinite(value)) {
            entry.putNull(name);
        }
    }
}
