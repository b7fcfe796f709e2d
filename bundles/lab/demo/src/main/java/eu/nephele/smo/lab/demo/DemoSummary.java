// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.cli.client.RestCalls;
import eu.nephele.smo.access.cli.view.DisplayedGraph;
import eu.nephele.smo.access.cli.view.DisplayedService;
import java.util.ArrayList;
import java.util.List;

/** Result of the demo in numbers: content of its project, and its events. */
final class DemoSummary {

    private static final int PAGE = 1000;

    /** Members contributed by steps that may be skipped. */
    private static final List<String> GAINED = List.of(
            "pluginUsableMillis",
            "shadowCompared",
            "shadowAgreed",
            "carbonBeforeKgPerHour",
            "carbonAfterKgPerHour",
            "promotedMoves",
            "swapMillis",
            "swapFrom",
            "swapTo",
            "swapAsked",
            "swapRecorded",
            "swapDecidedByOld",
            "swapDecidedByNew",
            "swapFailed",
            "swapLost",
            "swapLongestAnswerMillis",
            "whatIfMoves",
            "whatIfNotMade");

    private DemoSummary() {}

    /** @param startupMillis start time of the server, negative when unknown */
    static ObjectNode toJson(DemoStory story, long startupMillis, long nanos) {
        List<DisplayedGraph> graphs = graphs(story.client());
        ObjectNode outcome = JsonNodeFactory.instance.objectNode();
        outcome.put("graphs", graphs.size());
        outcome.put("servicesRunning", count(graphs, true));
        outcome.put("servicesPending", count(graphs, false));
        outcome.put(
                "decisions",
                graphs.stream()
                        .mapToLong(graph -> decisions(story.client(), graph))
                        .sum());
        if (startupMillis < 0) {
            outcome.putNull("startupMillis");
        } else {
            outcome.put("startupMillis", startupMillis);
        }
        outcome.put("seconds", Math.round(nanos / 1e8) / 10.0);
        outcome.put("moves", story.moved().size());
        outcome.put("scaled", story.scaled().size());
        GAINED.forEach(name ->
                outcome.set(name, story.gained().has(name) ? story.gained().get(name) : outcome.nullNode()));
        return outcome;
    }

    private static long count(List<DisplayedGraph> graphs, boolean running) {
        return graphs.stream()
                .flatMap(graph -> graph.services().stream())
                .filter(running ? DisplayedService::isRunning : DisplayedService::isPending)
                .count();
    }

    private static List<DisplayedGraph> graphs(RestCalls client) {
        String path = RestCalls.path("api", "v1", "projects", DemoStory.PROJECT, "graphs");
        List<DisplayedGraph> graphs = new ArrayList<>();
        client.get(path + "?limit=" + PAGE)
                .path("items")
                .forEach(item -> graphs.add(DisplayedGraph.from(
                        client.get(path + RestCalls.path(item.path("name").asText())))));
        return graphs;
    }

    private static long decisions(RestCalls client, DisplayedGraph graph) {
        String path = RestCalls.path("api", "v1", "projects", graph.project(), "graphs", graph.name(), "decisions");
        long count = 0;
        String cursor = "";
        do {
            JsonNode page = client.get(path + "?limit=" + PAGE + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
            count += page.path("items").size();
            cursor = page.path("nextCursor").asText("");
            if (page.path("nextCursor").isNull()) {
                cursor = "";
            }
        } while (!cursor.isEmpty());
        return count;
    }
}
