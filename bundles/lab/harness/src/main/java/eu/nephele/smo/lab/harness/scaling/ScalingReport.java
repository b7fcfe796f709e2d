// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.scaling;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Figures as lines of a table, and all of them as one line of JSON. */
final class ScalingReport {

    private static final String ROW = "%-62s %12s %12s %10s %10s %9s  %s";

    static final String HEADER = ROW.formatted("", "right", "proven", "median ms", "most ms", "gap %", "to reach");

    private static final int MOST_FINDINGS = 100;
    private static final double ROUNDED = 10_000;

    private final ScalingOptions options;
    private final String machine;
    private final List<ScalingFigure> figures = new ArrayList<>();
    private final List<String> findings = new ArrayList<>();

    ScalingReport(ScalingOptions options, String machine) {
        this.options = options;
        this.machine = machine;
    }

    /** Returns the line of the figure. */
    String add(ScalingFigure figure) {
        figures.add(figure);
        return ROW.formatted(
                figure.title(),
                "%d of %d".formatted(figure.good(), figure.requests()),
                "%d".formatted(figure.proven()),
                number(figure.millis().median()),
                number(figure.millis().most()),
                String.format(Locale.ROOT, "%.4f", figure.worstGapPercent()),
                "%s: %s".formatted(figure.goal(), figure.reached() ? "reached" : "missed"));
    }

    void addFinding(String finding) {
        findings.add(finding);
    }

    /** Whether nothing has been found that is wrong; figures that are missed are not. */
    boolean isGood() {
        return findings.isEmpty();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    String json() {
        ObjectNode root = JsonNodeFactory.instance
                .objectNode()
                .put("benchmark", "scaling")
                .put("machine", machine)
                .put("services", options.services())
                .put("seed", options.seed())
                .put("good", isGood());
        for (ScalingFigure figure : figures) {
            root.putObject(figure.key())
                    .put("figure", figure.title())
                    .put("requests", figure.requests())
                    .put("right", figure.good())
                    .put("proven", figure.proven())
                    .put("medianMillis", rounded(figure.millis().median()))
                    .put("mostMillis", rounded(figure.millis().most()))
                    .put("worstGapPercent", rounded(figure.worstGapPercent()))
                    .put("goal", figure.goal())
                    .put("reached", figure.reached());
        }
        root.put("findingCount", findings.size());
        ArrayNode wrong = root.putArray("findings");
        findings.stream().limit(MOST_FINDINGS).forEach(wrong::add);
        return root.toString();
    }

    private static double rounded(double value) {
        return Math.round(value * ROUNDED) / ROUNDED;
    }
}
