// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.backtest;

import eu.nephele.smo.lab.harness.backtest.BacktestResult.ShapeResult;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Demand and what the ready replicas of two strategies served, as SVG: of each load the twelve hours in which the first strategy was longest
 * below demand. The colours follow the preference for light or dark.
 */
final class BacktestPicture {

    private static final int WINDOW = LoadShape.STEPS_PER_DAY / 2;
    private static final int STEPS_PER_HOUR = 60 * LoadShape.STEPS_PER_MINUTE;
    private static final int WIDTH = 860;
    private static final int ROW = 170;
    private static final int LEFT = 50;
    private static final int RIGHT = 15;
    private static final int TOP = 40;
    private static final int CHART = 100;
    private static final int HEAD = 30;
    private static final int LINES = 2;

    private static final String STYLE = """
            <style>
            .backtest text { fill: #1f2328 } .backtest .ground { fill: #ffffff } .backtest .demand { fill: #d0d7de }
            .backtest .line0 { stroke: #c01c28 } .backtest .line1 { stroke: #1a6fb5 } .backtest .axis { stroke: #8c959f }
            .backtest path, .backtest line { fill: none; stroke-width: 1.3 } .backtest path.demand { fill: #d0d7de }
            @media (prefers-color-scheme: dark) {
            .backtest text { fill: #e6edf3 } .backtest .ground { fill: #0d1117 } .backtest path.demand { fill: #3b434d }
            .backtest .line0 { stroke: #ff7b72 } .backtest .line1 { stroke: #79b8ff } .backtest .axis { stroke: #6e7781 } }
            </style>
            """;

    private final StringBuilder text = new StringBuilder();

    private BacktestPicture() {}

    static String svg(BacktestResult result) {
        BacktestPicture picture = new BacktestPicture();
        int row = 0;
        for (ShapeResult shape : result.shapes()) {
            picture.add("<g transform=\"translate(0 %d)\">%n", HEAD + row++ * ROW);
            picture.draw(shape);
            picture.add("</g>%n");
        }
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"11\" class=\"backtest\" role=\"img\">%n<title>Demand and capacity of ready replicas</title>%n%s<rect width=\"100%%\" height=\"100%%\" class=\"ground\"/>%n<text x=\"%d\" y=\"20\" font-size=\"13\">Demand (grey, requests/s) and what ready replicas serve (lines)</text>%n%s</svg>%n"
                .formatted(WIDTH, HEAD + row * ROW, STYLE, LEFT, picture.text);
    }

    private void draw(ShapeResult result) {
        List<Map.Entry<String, float[]>> lines = result.strategies().keySet().stream()
                .filter(name -> result.trace().capacities().containsKey(name))
                .limit(LINES)
                .map(name -> Map.entry(name, result.trace().capacities().get(name)))
                .toList();
        double[] demand = result.shape().perSecond();
        int from = lines.isEmpty() ? 0 : worst(demand, lines.get(0).getValue());
        int to = Math.min(demand.length, from + WINDOW);
        double most = 1;
        for (int step = from; step < to; step++) {
            most = Math.max(most, Double.isNaN(demand[step]) ? 0 : demand[step]);
            for (Map.Entry<String, float[]> line : lines) {
                most = Math.max(most, line.getValue()[step]);
            }
        }
        add(
                "<text x=\"%d\" y=\"14\" font-weight=\"bold\">%s</text>%n",
                LEFT, escaped(result.shape().name()));
        curve("demand", demand.length, from, to, most, step -> demand[step], true);
        for (int i = 0; i < lines.size(); i++) {
            String name = lines.get(i).getKey();
            float[] capacity = lines.get(i).getValue();
            curve("line" + i, capacity.length, from, to, most, step -> capacity[step], false);
            legend(i, name, Objects.requireNonNull(result.strategies().get(name), name));
        }
        axes(result.shape(), from, to, most);
    }

    private void legend(int number, String name, ReplayFigures figures) {
        int x = LEFT + number * 400;
        add("<line x1=\"%d\" y1=\"26\" x2=\"%d\" y2=\"26\" class=\"line%d\"/>%n", x, x + 20, number);
        add(
                "<text x=\"%d\" y=\"30\">%s: %.1f minutes above capacity, %.0f replica hours</text>%n",
                x + 26, escaped(name), figures.violationMinutes(), figures.replicaHours());
    }

    /** Begin of the window with the longest time above capacity, at a full hour. */
    private static int worst(double[] demand, float[] capacity) {
        int best = 0;
        int most = -1;
        for (int from = 0; from + WINDOW <= demand.length; from += STEPS_PER_HOUR) {
            int above = 0;
            for (int step = from; step < from + WINDOW; step++) {
                above += demand[step] > capacity[step] ? 1 : 0;
            }
            if (above > most) {
                most = above;
                best = from;
            }
        }
        return best;
    }

    private interface Curve {
        double at(int step);
    }

    private void curve(String style, int length, int from, int to, double most, Curve curve, boolean filled) {
        StringBuilder path = new StringBuilder();
        boolean open = false;
        for (int step = from; step < Math.min(length, to); step++) {
            double value = curve.at(step);
            if (!Double.isNaN(value)) {
                path.append(form("%s%.1f %.1f", open ? "L" : "M", x(step - from), y(value, most)));
                open = true;
            }
        }
        if (open) {
            String closed = filled ? form("L%.1f %d L%d %d Z", x(to - from - 1), TOP + CHART, LEFT, TOP + CHART) : "";
            add("<path d=\"%s%s\" class=\"%s\"/>%n", path, closed, style);
        }
    }

    private void axes(LoadShape shape, int from, int to, double most) {
        add("<path d=\"M%d %d V%d H%d\" class=\"axis\"/>%n", LEFT, TOP, TOP + CHART, WIDTH - RIGHT);
        add("<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%.0f</text>%n", LEFT - 4, TOP + 8, most);
        add("<text x=\"%d\" y=\"%d\" text-anchor=\"end\">0</text>%n", LEFT - 4, TOP + CHART);
        for (int step = from; step < to; step += 2 * STEPS_PER_HOUR) {
            LocalTime time = shape.first()
                    .plus(LoadShape.STEP.multipliedBy(step))
                    .atOffset(ZoneOffset.UTC)
                    .toLocalTime();
            add(
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>%n",
                    x(step - from), TOP + CHART + 14, time.withSecond(0).withNano(0));
        }
    }

    private static double x(int step) {
        return LEFT + (double) step / WINDOW * (WIDTH - LEFT - RIGHT);
    }

    private static double y(double value, double most) {
        return TOP + CHART - value / most * CHART;
    }

    private static String escaped(String words) {
        return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private void add(String format, Object... values) {
        text.append(form(format, values));
    }

    private static String form(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
