// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.engine;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Draws figures as lines, one small chart beside the other, as SVG. Both axes begin at zero. */
final class LineCharts {

    private static final int WIDTH = 320;
    private static final int HEIGHT = 240;
    private static final int LEFT = 30;
    private static final int RIGHT = 40;
    private static final int TOP = 50;
    private static final int BOTTOM = 40;
    private static final int LABEL = 8;

    private LineCharts() {}

    record ChartPoint(double x, double y) {}

    /** @param title meaning of {@code y}, plain text */
    record Chart(String title, List<ChartPoint> points) {

        Chart {
            points = List.copyOf(points);
        }

        private double x(ChartPoint point) {
            double most = points.stream().mapToDouble(ChartPoint::x).max().orElse(1);
            return LEFT + point.x() / most * (WIDTH - LEFT - RIGHT);
        }

        private double y(ChartPoint point) {
            double most = points.stream().mapToDouble(ChartPoint::y).max().orElse(1);
            double share = most == 0 ? 0 : point.y() / most;
            return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM);
        }
    }

    /** @param xTitle meaning of {@code x} in all of them, plain text */
    static String svg(String xTitle, List<Chart> charts) {
        StringBuilder text = new StringBuilder(form("""
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="11">
                <rect width="100%%" height="100%%" fill="white"/>
                """, WIDTH * charts.size(), HEIGHT));
        for (int i = 0; i < charts.size(); i++) {
            text.append(form("<g transform=\"translate(%d 0)\">%n", i * WIDTH));
            draw(text, charts.get(i), xTitle);
            text.append("</g>\n");
        }
        return text.append("</svg>\n").toString();
    }

    private static void draw(StringBuilder text, Chart chart, String xTitle) {
        int bottom = HEIGHT - BOTTOM;
        text.append(form("<text x=\"%d\" y=\"20\" font-size=\"13\">%s</text>%n", LEFT, chart.title()));
        text.append(form(
                "<path d=\"M%d %d V%d H%d\" fill=\"none\" stroke=\"gray\"/>%n",
                LEFT, TOP - LABEL, bottom, WIDTH - RIGHT + LABEL));
        text.append(
                form("<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>%n", WIDTH - RIGHT, HEIGHT - LABEL, xTitle));
        String line = chart.points().stream()
                .map(point -> form("%.1f,%.1f", chart.x(point), chart.y(point)))
                .collect(Collectors.joining(" "));
        text.append(form("<polyline points=\"%s\" fill=\"none\" stroke=\"steelblue\" stroke-width=\"2\"/>%n", line));
        for (ChartPoint point : chart.points()) {
            double x = chart.x(point);
            double y = chart.y(point);
            text.append(form("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"steelblue\"/>%n", x, y));
            label(text, x, y - LABEL, number(point.y()));
            label(text, x, bottom + 2.0 * LABEL, number(point.x()));
        }
    }

    private static void label(StringBuilder text, double x, double y, String label) {
        text.append(form("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%s</text>%n", x, y, label));
    }

    /** Whole numbers with groups of three digits, others with one digit behind the point. */
    private static String number(double value) {
        return value == Math.rint(value) ? form("%,.0f", value) : form("%.1f", value);
    }

    private static String form(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
