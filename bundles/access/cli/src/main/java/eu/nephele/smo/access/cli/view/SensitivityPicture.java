// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Terms over the weight as SVG: one small chart for each objective, below each other, the vertical axes from zero to the largest
 * term. Dashed lines stand where the placement changes.
 */
public final class SensitivityPicture {

    private static final int WIDTH = 640;
    private static final int HEIGHT = 130;
    private static final int LEFT = 70;
    private static final int RIGHT = 20;
    private static final int TOP = 26;
    private static final int BOTTOM = 24;
    private static final int GAP = 6;

    private final double from;
    private final double to;
    private final List<JsonNode> points;
    private final List<Jump> jumps;
    private final StringBuilder text = new StringBuilder();

    private SensitivityPicture(JsonNode answer) {
        this.points =
                StreamSupport.stream(answer.path("points").spliterator(), false).toList();
        this.from = points.isEmpty() ? 0 : points.get(0).path("weight").asDouble();
        this.to = points.isEmpty()
                ? 1
                : points.get(points.size() - 1).path("weight").asDouble();
        this.jumps = StreamSupport.stream(answer.path("breaks").spliterator(), false)
                .map(Jump::of)
                .toList();
    }

    /**
     * @param before first weight of the new placement
     * @param at where both cost the same, else the middle between the two weights
     */
    private record Jump(double before, double at) {

        private static Jump of(JsonNode change) {
            double after = change.path("after").asDouble();
            double before = change.path("before").asDouble();
            return new Jump(before, change.path("equalAt").asDouble((after + before) / 2));
        }
    }

    /** @param answer {@code GET /api/v1/sensitivity} */
    public static String svg(JsonNode answer) {
        return svg(answer, "weight of " + answer.path("objective").asText());
    }

    /** @param axis what varies, in words */
    static String svg(JsonNode answer, String axis) {
        List<JsonNode> objectives = SensitivityView.telling(answer);
        SensitivityPicture picture = new SensitivityPicture(answer);
        picture.add("""
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="11">
                <rect width="100%%" height="100%%" fill="white"/>
                """, WIDTH, HEIGHT * objectives.size() + BOTTOM);
        for (int i = 0; i < objectives.size(); i++) {
            picture.add("<g transform=\"translate(0 %d)\">%n", i * HEIGHT);
            picture.chart(objectives.get(i));
            picture.add("</g>%n");
        }
        picture.add(
                "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>%n",
                WIDTH - RIGHT, HEIGHT * objectives.size() + BOTTOM - GAP, SvgCanvas.escaped(axis));
        return picture.add("</svg>%n").text.toString();
    }

    private void chart(JsonNode objective) {
        String name = objective.path("objective").asText();
        double most = points.stream()
                .mapToDouble(point -> point.path("terms").path(name).asDouble())
                .max()
                .orElse(0);
        int bottom = HEIGHT - BOTTOM;
        add(
                "<text x=\"%d\" y=\"%d\" font-size=\"13\">%s</text>%n",
                LEFT, TOP - 2 * GAP, SvgCanvas.escaped(SensitivityView.title(objective)));
        add("<path d=\"M%d %d V%d H%d\" fill=\"none\" stroke=\"gray\"/>%n", LEFT, TOP, bottom, WIDTH - RIGHT);
        label(LEFT - GAP, TOP + GAP, "end", figure(most));
        label(LEFT - GAP, bottom, "end", "0");
        label(LEFT, bottom + 2 * GAP, "middle", figure(from));
        label(WIDTH - RIGHT, bottom + 2 * GAP, "end", figure(to));
        for (Jump jump : jumps) {
            add("<path d=\"M%.1f %d V%d\" stroke=\"silver\" stroke-dasharray=\"3 3\"/>%n", x(jump.at()), TOP, bottom);
        }
        for (List<JsonNode> placed : runs()) {
            String line = corners(placed, name).stream()
                    .map(corner -> form("%.1f,%.1f", x(corner.weight()), y(corner.term(), most)))
                    .collect(Collectors.joining(" "));
            add("<polyline points=\"%s\" fill=\"none\" stroke=\"steelblue\" stroke-width=\"2\"/>%n", line);
        }
    }

    private record Corner(double weight, double term) {}

    /** A term is the same until the placement changes: the line is level up to there. */
    private List<Corner> corners(List<JsonNode> placed, String name) {
        List<Corner> corners = new ArrayList<>();
        for (JsonNode point : placed) {
            double weight = point.path("weight").asDouble();
            double term = point.path("terms").path(name).asDouble();
            jumps.stream()
                    .filter(jump -> jump.before() == weight && !corners.isEmpty())
                    .forEach(jump -> {
                        corners.add(new Corner(
                                jump.at(), corners.get(corners.size() - 1).term()));
                        corners.add(new Corner(jump.at(), term));
                    });
            corners.add(new Corner(weight, term));
        }
        return corners;
    }

    /** Neighbours that were placed; a weight without placement interrupts the line. */
    private List<List<JsonNode>> runs() {
        List<List<JsonNode>> runs = new ArrayList<>();
        boolean placedBefore = false;
        for (JsonNode point : points) {
            boolean placed = point.path("placed").asBoolean();
            if (placed && !placedBefore) {
                runs.add(new ArrayList<>());
            }
            if (placed) {
                runs.get(runs.size() - 1).add(point);
            }
            placedBefore = placed;
        }
        return runs;
    }

    private double x(double weight) {
        double share = to > from ? (weight - from) / (to - from) : 0;
        return LEFT + share * (WIDTH - LEFT - RIGHT);
    }

    private static double y(double term, double most) {
        double share = most > 0 ? term / most : 0;
        return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM);
    }

    private void label(int x, int y, String anchor, String label) {
        add("<text x=\"%d\" y=\"%d\" text-anchor=\"%s\">%s</text>%n", x, y, anchor, label);
    }

    private SensitivityPicture add(String format, Object... values) {
        text.append(form(format, values));
        return this;
    }

    private static String form(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    private static String figure(double value) {
        return TrialView.figure(DoubleNode.valueOf(value));
    }
}
