// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What a picture of a fleet plan shows. Of large plans that is the most important: clusters with most services that leave or come,
 * moves of the steps that gain most, graphs without a place before moves that are not made.
 *
 * @param clusters those with most moves first
 * @param moves in the order of their steps
 * @param notMade those without a place first
 */
record DrawnPlan(Shown<DrawnCluster> clusters, Shown<DrawnMove> moves, Shown<DrawnGraph> notMade) {

    /** @param leftOut how many there are beside these */
    record Shown<T>(List<T> items, int leftOut) {

        Shown {
            items = List.copyOf(items);
        }

        private static <T> Shown<T> first(List<T> all, int most) {
            List<T> items = all.subList(0, Math.min(most, all.size()));
            return new Shown<>(items, all.size() - items.size());
        }
    }

    /** Services that leave a cluster, and that come. */
    record DrawnCluster(String name, int leave, int come) {

        private DrawnCluster plus(DrawnCluster other) {
            return new DrawnCluster(name, leave + other.leave, come + other.come);
        }

        private int moves() {
            return leave + come;
        }
    }

    /**
     * A service that moves.
     *
     * @param graph {@code project/name}
     * @param gain of the whole step
     */
    record DrawnMove(int step, String graph, String service, String from, String to, double gain) {}

    /** @param noPlace whether no place was found; else a move that is not made */
    record DrawnGraph(String graph, boolean noPlace, String reason) {}

    /** @param lost names of the clusters that are lost, as far as they are known */
    static DrawnPlan of(JsonNode plan, Collection<String> lost, int mostClusters, int mostMoves, int mostNotMade) {
        Names names = new Names(severalSources(plan), lost);
        List<DrawnMove> moves = elements(plan.path("steps"))
                .flatMap(step -> elements(step.path("moves")).map(move -> names.move(step, move)))
                .toList();
        return new DrawnPlan(
                Shown.first(clusters(moves), mostClusters),
                mostImportant(moves, mostMoves),
                Shown.first(notMade(plan), mostNotMade));
    }

    private static List<DrawnCluster> clusters(List<DrawnMove> moves) {
        Map<String, DrawnCluster> clusters = new TreeMap<>();
        for (DrawnMove move : moves) {
            clusters.merge(move.from(), new DrawnCluster(move.from(), 1, 0), DrawnCluster::plus);
            clusters.merge(move.to(), new DrawnCluster(move.to(), 0, 1), DrawnCluster::plus);
        }
        List<DrawnCluster> sorted = new ArrayList<>(clusters.values());
        sorted.sort(Comparator.comparingInt(DrawnCluster::moves).reversed());
        return sorted;
    }

    private static Shown<DrawnMove> mostImportant(List<DrawnMove> moves, int most) {
        List<DrawnMove> byGain = new ArrayList<>(moves);
        byGain.sort(Comparator.comparingDouble(DrawnMove::gain).reversed());
        List<DrawnMove> chosen = new ArrayList<>(byGain.subList(0, Math.min(most, byGain.size())));
        chosen.sort(Comparator.comparingInt(DrawnMove::step));
        return new Shown<>(chosen, moves.size() - chosen.size());
    }

    private static List<DrawnGraph> notMade(JsonNode plan) {
        List<DrawnGraph> graphs = new ArrayList<>(elements(plan.path("notMade"))
                .map(each -> new DrawnGraph(
                        graph(each),
                        each.path("moves").isEmpty(),
                        each.path("reason").asText()))
                .toList());
        graphs.sort(Comparator.comparing(DrawnGraph::noPlace).reversed());
        return graphs;
    }

    private static String graph(JsonNode node) {
        return node.path("project").asText() + "/" + node.path("graph").asText();
    }

    private static boolean severalSources(JsonNode plan) {
        return elements(plan.path("steps"))
                        .flatMap(step -> elements(step.path("moves")))
                        .flatMap(move -> Stream.of(move.path("from"), move.path("to")))
                        .filter(JsonNode::isObject)
                        .map(cluster -> cluster.path("source").asText())
                        .distinct()
                        .count()
                > 1;
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    /** Names of clusters: with their source where there are several. */
    private record Names(boolean withSource, Collection<String> lost) {

        private DrawnMove move(JsonNode step, JsonNode move) {
            // without a cluster that it comes from: that one is lost
            String from = move.path("from").isObject() ? cluster(move.path("from")) : lostCluster();
            return new DrawnMove(
                    step.path("step").asInt(),
                    graph(step),
                    move.path("service").asText(),
                    from,
                    cluster(move.path("to")),
                    step.path("gain").asDouble());
        }

        private String cluster(JsonNode cluster) {
            String name = cluster.path("name").asText();
            return withSource ? cluster.path("source").asText() + "/" + name : name;
        }

        private String lostCluster() {
            return lost.isEmpty() ? "lost cluster" : String.join(", ", lost) + " (lost)";
        }
    }
}
