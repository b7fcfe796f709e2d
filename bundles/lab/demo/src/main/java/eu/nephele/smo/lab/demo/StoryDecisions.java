// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.demo;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.cli.client.CallFailed;
import eu.nephele.smo.access.cli.client.RestCalls;
import eu.nephele.smo.access.cli.view.OperationView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

final class StoryDecisions {

    private static final int NOT_FOUND = 404;
    private static final int ASK_SECONDS = 30;

    private StoryDecisions() {}

    /**
     * The newest decisions with their details, newest first.
     *
     * @param kind placement or scaling
     */
    static List<JsonNode> newest(DemoStory story, String kind, int limit) {
        List<JsonNode> decisions = new ArrayList<>();
        story.client()
                .get(story.graphPath("decisions") + "?kind=%s&limit=%d".formatted(kind, limit))
                .path("items")
                .forEach(item -> decisions.add(story.client()
                        .get(story.graphPath("decisions", item.path("id").asText()))));
        return decisions;
    }

    /** The placement decision in force; a journal that writes in batches may not have it at once. */
    static Optional<JsonNode> inForce(DemoStory story) {
        return story.graph().decisionId().flatMap(id -> find(story, id));
    }

    static String decidedBy(DemoStory story) {
        if (story.graph().staticPlacement()) {
            return "its charts";
        }
        return inForce(story).map(StoryDecisions::strategy).orElse("-");
    }

    static String strategy(JsonNode decision) {
        JsonNode strategy = decision.path("strategy");
        return "%s %s"
                .formatted(
                        strategy.path("id").asText(), strategy.path("version").asText());
    }

    /**
     * Requests a new placement of a graph and waits for its end.
     *
     * @throws StepFailed when it failed
     */
    static JsonNode ask(RestCalls client, String graphPath) throws StepFailed {
        JsonNode operation = client.post("%s/placement?wait=%d".formatted(graphPath, ASK_SECONDS));
        if (!operation.path("state").asText().equals("SUCCEEDED")) {
            throw new StepFailed("A placement that was asked for did not succeed: "
                    + OperationView.read(operation).map(OperationView::text).orElse("no operation"));
        }
        return operation;
    }

    /** Reasons per service and cluster why it cannot run there, from the latest placement decision. */
    static List<String> reasonsAgainst(DemoStory story) {
        List<String> lines = new ArrayList<>();
        newest(story, "placement", 1).forEach(decision -> decision.path("details")
                .path("reasons")
                .properties()
                .forEach(service -> service.getValue()
                        .properties()
                        .forEach(cluster -> lines.add("  %s not on %s: %s"
                                .formatted(
                                        service.getKey(),
                                        cluster.getKey(),
                                        cluster.getValue().asText())))));
        return lines;
    }

    private static Optional<JsonNode> find(DemoStory story, String id) {
        try {
            return Optional.of(story.client().get(story.graphPath("decisions", id)));
        } catch (CallFailed failed) {
            if (failed.status() == NOT_FOUND) {
                return Optional.empty();
            }
            throw failed;
        }
    }
}
