// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import eu.nephele.smo.access.cli.view.DrawnPlan.DrawnCluster;
import eu.nephele.smo.access.cli.view.DrawnPlan.DrawnGraph;
import eu.nephele.smo.access.cli.view.DrawnPlan.DrawnMove;
import eu.nephele.smo.access.cli.view.DrawnPlan.Shown;
import java.util.Collection;

/**
 * A plan of the fleet as SVG: how many services leave each cluster and come to it, the moves with what their steps gain, and what
 * is not moved. A plan does not say what else is on a cluster, so the bars are of moves, not of loads. The colours follow the
 * preference for light or dark.
 */
public final class FleetPlanPicture {

    private static final int MOST_CLUSTERS = 30;
    private static final int MOST_MOVES = 40;
    private static final int MOST_NOT_MADE = 20;

    private static final int WIDTH = 840;
    private static final int LEFT = 20;
    private static final int ROW = 18;
    private static final int BAR = 12;
    private static final int GAP = 6;
    /** The middle of the bars, and the longest one to each side. */
    private static final int MIDDLE = 510;

    private static final int LONGEST = 250;
    private static final int FROM = 400;
    private static final int GAIN = 730;
    private static final int GAIN_LONGEST = 40;

    private static final int NAME = 30;
    private static final int SERVICE = 54;
    private static final int ROUTE = 42;
    private static final int REASON = 130;

    private static final String STYLE = """
            <style>
            .fleet-plan text { fill: #1f2328 } .fleet-plan .quiet { fill: #59636e } .fleet-plan .bad { fill: #c01c28 }
            .fleet-plan .head { font-size: 14px } .fleet-plan .ground { fill: #ffffff } .fleet-plan .axis { stroke: #8c959f }
            .fleet-plan .leave { fill: #d4731a } .fleet-plan .come { fill: #3477b8 } .fleet-plan .gain { fill: #2c8a4b }
            @media (prefers-color-scheme: dark) {
            .fleet-plan text { fill: #e6edf3 } .fleet-plan .quiet { fill: #9aa5b1 } .fleet-plan .bad { fill: #ff7b72 }
            .fleet-plan .ground { fill: #0d1117 } .fleet-plan .axis { stroke: #6e7781 }
            .fleet-plan .leave { fill: #e8934a } .fleet-plan .come { fill: #6aa5dd } .fleet-plan .gain { fill: #57b877 } }
            </style>
            """;

    private final JsonNode plan;
    private final DrawnPlan drawn;
    private final SvgCanvas canvas = new SvgCanvas();
    private int y = ROW;

    private FleetPlanPicture(JsonNode plan, DrawnPlan drawn) {
        this.plan = plan;
        this.drawn = drawn;
    }

    /**
     * @param plan {@code GET /api/v1/fleet/plans/{plan}}
     * @param lost names of clusters that are lost in a what-if, as far as they are known; a plan does not name them
     */
    public static String svg(JsonNode plan, Collection<String> lost) {
        DrawnPlan drawn = DrawnPlan.of(plan, lost, MOST_CLUSTERS, MOST_MOVES, MOST_NOT_MADE);
        FleetPlanPicture picture = new FleetPlanPicture(plan, drawn);
        picture.head();
        picture.clusters();
        picture.moves();
        picture.notMade();
        String title = SvgCanvas.escaped("Plan " + plan.path("id").asText());
        return new SvgCanvas()
                .add("""
                        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12" class="fleet-plan" role="img">
                        <title>%s</title>
                        %s<rect width="100%%" height="100%%" class="ground"/>
                        %s</svg>
                        """, WIDTH, picture.y, title, STYLE, picture.canvas.text())
                .text();
    }

    private void head() {
        line(
                "head",
                "Plan %s (%s%s)"
                        .formatted(
                                SvgCanvas.shortened(plan.path("id").asText(), NAME),
                                plan.path("state").asText(),
                                plan.path("hypothetical").asBoolean() ? ", hypothetical" : ""));
        line(
                "quiet",
                "%d graphs, %d services, %d of at most %d moves; cost %s, then %s"
                        .formatted(
                                plan.path("graphs").asInt(),
                                plan.path("services").asInt(),
                                plan.path("moves").asInt(),
                                plan.path("maxMoves").asInt(),
                                TrialView.figure(plan.path("costBefore")),
                                TrialView.figure(plan.path("costAfter"))));
    }

    private void clusters() {
        Shown<DrawnCluster> clusters = drawn.clusters();
        int most = clusters.items().stream()
                .mapToInt(cluster -> Math.max(cluster.leave(), cluster.come()))
                .max()
                .orElse(1);
        y += GAP;
        canvas.words(LEFT, y, "head", "start", "Clusters");
        canvas.words(MIDDLE - GAP, y, "quiet", "end", "services that leave");
        canvas.words(MIDDLE + GAP, y, "quiet", "start", "services that come");
        y += ROW;
        if (!clusters.items().isEmpty()) {
            canvas.add(
                    "<path d=\"M%d %d v%d\" class=\"axis\"/>%n",
                    MIDDLE, y - BAR, clusters.items().size() * ROW);
        }
        for (DrawnCluster cluster : clusters.items()) {
            canvas.words(LEFT, y, "", "start", SvgCanvas.shortened(cluster.name(), NAME));
            double leave = (double) LONGEST * cluster.leave() / most;
            double come = (double) LONGEST * cluster.come() / most;
            bar("leave", MIDDLE - leave, leave);
            bar("come", MIDDLE, come);
            if (cluster.leave() > 0) {
                canvas.words(MIDDLE - leave - GAP, y, "", "end", "−" + cluster.leave());
            }
            if (cluster.come() > 0) {
                canvas.words(MIDDLE + come + GAP, y, "", "start", "+" + cluster.come());
            }
            y += ROW;
        }
        leftOut(clusters, "clusters with fewer moves");
    }

    private void moves() {
        Shown<DrawnMove> moves = drawn.moves();
        double most = moves.items().stream()
                .mapToDouble(move -> Math.abs(move.gain()))
                .max()
                .orElse(0);
        y += GAP;
        canvas.words(LEFT, y, "head", "start", moves.items().isEmpty() ? "No moves" : "Moves");
        if (!moves.items().isEmpty()) {
            canvas.words(GAIN, y, "quiet", "end", "gain of the step");
        }
        y += ROW;
        int step = 0;
        for (DrawnMove move : moves.items()) {
            boolean first = move.step() != step;
            step = move.step();
            if (first) {
                canvas.words(LEFT + 2 * GAP, y, "quiet", "end", Integer.toString(step));
                canvas.words(GAIN, y, "", "end", TrialView.figure(DoubleNode.valueOf(move.gain())));
                double width = most > 0 ? GAIN_LONGEST * Math.abs(move.gain()) / most : 0;
                bar(move.gain() < 0 ? "leave" : "gain", GAIN + GAP, width);
            }
            String service = move.graph() + " " + move.service();
            canvas.words(LEFT + 4 * GAP, y, "", "start", SvgCanvas.shortened(service, SERVICE));
            String route =
                    SvgCanvas.shortened(move.from(), ROUTE / 2) + " → " + SvgCanvas.shortened(move.to(), ROUTE / 2);
            canvas.words(FROM, y, "", "start", route);
            y += ROW;
        }
        leftOut(moves, "moves, of steps that gain less");
    }

    private void notMade() {
        Shown<DrawnGraph> graphs = drawn.notMade();
        if (graphs.items().isEmpty()) {
            return;
        }
        y += GAP;
        line("head", "Not moved");
        for (DrawnGraph graph : graphs.items()) {
            String words =
                    "%s%s: %s".formatted(graph.graph(), graph.noPlace() ? " finds no place" : "", graph.reason());
            line(graph.noPlace() ? "bad" : "", SvgCanvas.shortened(words, REASON));
        }
        leftOut(graphs, "graphs");
    }

    private void leftOut(Shown<?> shown, String what) {
        if (shown.leftOut() > 0) {
            line("quiet", "and %d further %s".formatted(shown.leftOut(), what));
        }
    }

    private void line(String style, String words) {
        canvas.words(LEFT, y, style, "start", words);
        y += ROW;
    }

    private void bar(String style, double x, double width) {
        if (width > 0) {
            canvas.add(
                    "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" class=\"%s\"/>%n",
                    x, y - BAR + 2, width, BAR, style);
        }
    }
}
