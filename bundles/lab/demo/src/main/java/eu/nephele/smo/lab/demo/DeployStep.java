// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.cli.client.CallFailed;
import eu.nephele.smo.access.cli.client.RestCalls;
import eu.nephele.smo.access.cli.view.DisplayedGraph;
import eu.nephele.smo.access.cli.view.DisplayedService;
import eu.nephele.smo.access.cli.view.OperationView;
import eu.nephele.smo.access.cli.view.ResponseTables;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Deploys the graph and shows where it was placed. */
final class DeployStep implements DemoStep {

    private static final Duration AT_MOST = Duration.ofSeconds(60);
    private static final int CONFLICT = 409;

    @Override
    public String id() {
        return "deploy";
    }

    @Override
    public String title(DemoStory story) {
        return "Deploying " + story.wanted().source();
    }

    @Override
    public void run(DemoStory story, ObjectNode facts) throws StepFailed, InterruptedException {
        long start = story.now();
        String path = RestCalls.path("api", "v1", "projects", DemoStory.PROJECT, "graphs");
        DisplayedGraph accepted = story.saw(graphOf(story, deploy(story, path)));
        if (story.simulated()) {
            // A quiet world first, so that the effect of load is visible later.
            accepted.services().forEach(service -> story.lab()
                    .load(
                            accepted,
                            service.name(),
                            DemoLoad.of(accepted, service.name()).quiet()));
        }
        story.terminal().line("POST %s: graph %s is accepted".formatted(path, accepted.name()));
        if (!story.watch(AT_MOST, graph -> isThere(story, graph))) {
            throw new StepFailed("%s is not running after %d seconds; phase %s: %s"
                    .formatted(
                            accepted.name(),
                            AT_MOST.toSeconds(),
                            story.graph().phase(),
                            story.graph().trouble()));
        }
        report(story, facts, story.now() - start);
    }

    private static JsonNode deploy(DemoStory story, String path) {
        try {
            return post(story, path);
        } catch (CallFailed refused) {
            JsonNode left = leftBehind(story, path, refused).orElseThrow(() -> refused);
            String name = left.path("name").asText();
            story.terminal()
                    .notable("an earlier demo has left %s to %s: it is removed and begins anew"
                            .formatted(name, PartnerStrategy.STRATEGY));
            story.client().delete(path + RestCalls.path(name) + "?wait=" + AT_MOST.toSeconds());
            return post(story, path);
        }
    }

    private static JsonNode post(DemoStory story, String path) {
        return story.client().post(path, story.wanted().text(), story.wanted().mediaType());
    }

    /**
     * The conflicting graph, left by an earlier demo that promoted a strategy there; empty when it belongs to a user.
     */
    private static Optional<JsonNode> leftBehind(DemoStory story, String path, CallFailed refused) {
        if (refused.status() != CONFLICT || !story.simulated()) {
            return Optional.empty();
        }
        return StreamSupport.stream(
                        story.client().get(path + "?limit=1000").path("items").spliterator(), false)
                .map(item -> path + RestCalls.path(item.path("name").asText()))
                .filter(graph -> refused.lines().get(0).contains(graph + " "))
                .map(story.client()::get)
                .filter(graph ->
                        graph.at("/hdaGraph/strategies/placement/id").asText().equals(PartnerStrategy.STRATEGY))
                .findFirst();
    }

    private static JsonNode graphOf(DemoStory story, JsonNode answer) {
        return OperationView.read(answer)
                .map(operation -> story.client().get(operation.graph()))
                .orElse(answer);
    }

    private static boolean isThere(DemoStory story, DisplayedGraph graph) throws StepFailed {
        if (graph.phase().equals("FAILED")) {
            throw new StepFailed("%s has failed: %s".formatted(graph.name(), graph.trouble()));
        }
        Optional<String> noRoom = graph.failing("Placed", "Infeasible");
        if (noRoom.isPresent()) {
            throw new StepFailed(noRoom.get(), StoryDecisions.reasonsAgainst(story));
        }
        story.terminal().progress(states(graph));
        return graph.isSettled();
    }

    private static String states(DisplayedGraph graph) {
        return graph.phaseInWords() + ": "
                + graph.services().stream()
                        .map(service -> "%s %s"
                                .formatted(
                                        service.name(),
                                        service.state().toLowerCase(Locale.ROOT).replace('_', ' ')))
                        .collect(Collectors.joining(", "));
    }

    private static void report(DemoStory story, ObjectNode facts, long nanos) {
        DisplayedGraph graph = story.graph();
        String decidedBy = StoryDecisions.decidedBy(story);
        story.terminal().table(ResponseTables.placement(graph, decidedBy));
        story.terminal()
                .good("everything that needs no event runs %s after the request%s"
                        .formatted(DemoStory.seconds(nanos), waiting(graph)));
        facts.put("graph", graph.name());
        facts.put("phase", graph.phase());
        facts.put("decidedBy", decidedBy);
        facts.set("services", graph.json().path("services"));
        facts.put("millis", nanos / 1_000_000);
    }

    private static String waiting(DisplayedGraph graph) {
        List<String> waiting = graph.services().stream()
                .filter(DisplayedService::isPending)
                .map(DisplayedService::name)
                .toList();
        if (waiting.isEmpty()) {
            return "";
        }
        return "; %s waits%s"
                .formatted(String.join(", ", waiting), graph.staticPlacement() ? "" : ", its room is reserved");
    }
}
