// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.cli.ConnectionOptions;
import eu.nephele.smo.access.cli.ProjectOptions;
import eu.nephele.smo.access.cli.listing.ListedKind;
import eu.nephele.smo.access.cli.resource.OutputOptions;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code graph series}: replicas and load of a service. */
@Command(name = "series", description = "Replicas and load of a service over time, an hour when none is given.")
public final class SeriesCommand implements Callable<Integer> {

    private static final ListedKind POINTS = ListedKind.rows(
            "points", "point", "/at", "AT=/at|time REPLICAS=/replicas PER-SECOND=/perSecond|decimal", "");

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private ProjectOptions projects = new ProjectOptions();

    @Mixin
    private PastSpan span = new PastSpan();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Parameters(index = "0", paramLabel = "GRAPH", description = "NAME or PROJECT/NAME.")
    private String graph = "";

    @Parameters(index = "1", paramLabel = "SERVICE")
    private String service = "";

    @Option(names = "--step", paramLabel = "SECONDS", description = "Between two points of the load.")
    private Optional<Integer> step = Optional.empty();

    @Override
    public Integer call() {
        String path = GraphArgument.path(projects.graph(connection, graph), "services", service, "series");
        JsonNode series = connection
                .client()
                .get(path
                        + span.query(
                                connection,
                                step.map(seconds -> "step=" + seconds).orElse("")));
        output.write(connection, POINTS, points(series).values(), series);
        if (output.isTable(connection) && series.at("/load/missing").isTextual()) {
            connection.terminal().notable("load: " + series.at("/load/missing").asText());
        }
        return 0;
    }

    /** Both lines by time; a number of replicas stays until there is another one. */
    private static Map<String, JsonNode> points(JsonNode series) {
        Map<String, JsonNode> points = new TreeMap<>();
        series.at("/load/points").forEach(point -> point(points, point).set("perSecond", point.path("perSecond")));
        series.at("/replicas/points").forEach(point -> point(points, point).set("replicas", point.path("replicas")));
        JsonNode replicas = JsonNodeFactory.instance.nullNode();
        for (JsonNode point : points.values()) {
            if (point.has("replicas")) {
                replicas = point.path("replicas");
            } else {
                ((ObjectNode) point).set("replicas", replicas);
            }
        }
        return points;
    }

    private static ObjectNode point(Map<String, JsonNode> points, JsonNode point) {
        String at = point.path("at").asText();
        return (ObjectNode) points.computeIfAbsent(
                at, time -> JsonNodeFactory.instance.objectNode().put("at", time));
    }
}
