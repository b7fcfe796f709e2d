// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.cli.view.DisplayedGraph;
import eu.nephele.smo.access.cli.view.DisplayedService;
import java.util.LinkedHashMap;
import java.util.Map;

/** Links for further reading, and services that still wait for an event. */
final class PointersStep implements DemoStep {

    @Override
    public String id() {
        return "pointers";
    }

    @Override
    public String title(DemoStory story) {
        return "Where to look";
    }

    @Override
    public void run(DemoStory story, ObjectNode facts) {
        ObjectNode urls = facts.putObject("urls");
        urls(story).forEach((name, path) -> {
            String url = story.client().server() + path;
            urls.put(name, url);
            story.terminal().line("%-12s %s".formatted(name, url));
        });
        if (story.newcomer().version().isPresent()) {
            newcomer(story);
        }
        ArrayNode waiting = facts.putArray("waiting");
        story.graph().services().stream().filter(DisplayedService::isPending).forEach(service -> {
            String curl = curl(story, service.name());
            report(story, service.name(), curl);
            waiting.addObject().put("service", service.name()).put("fire", curl);
        });
    }

    /** The plugin remains installed; shows how to inspect and remove it. */
    private static void newcomer(DemoStory story) {
        DisplayedGraph graph = story.graph();
        String server = story.client().server().toString();
        story.terminal().line("");
        story.terminal()
                .notable("%s %s stays%s:"
                        .formatted(
                                PartnerStrategy.STRATEGY,
                                story.newcomer().version().orElseThrow(),
                                story.newcomer().isPromoted() ? " and decides about " + graph.name() : ""));
        Map<String, String> commands = new LinkedHashMap<>();
        commands.put("what is in", "plugin list");
        ExplainStep.subject(story)
                .ifPresent(service -> commands.put(
                        "why is it there", "explain %s %s %s".formatted(graph.project(), graph.name(), service)));
        commands.put("take it out", "plugin remove %s --force".formatted(PartnerStrategy.PLUGIN));
        commands.forEach(
                (what, command) -> story.terminal().line("%-16s ./smo %s --url %s".formatted(what, command, server)));
    }

    private static Map<String, String> urls(DemoStory story) {
        Map<String, String> urls = new LinkedHashMap<>();
        urls.put(
                "page",
                "%sgraphs/%s/%s"
                        .formatted(
                                Demo.PAGE,
                                story.graph().project(),
                                story.graph().name()));
        urls.put("try it", "/docs/");
        urls.put("contract", "/openapi.yaml");
        urls.put("graph", story.graphPath());
        urls.put("decisions", story.graphPath("decisions"));
        ExplainStep.subject(story)
                .ifPresent(service -> urls.put("explanation", story.graphPath("services", service, "explanation")));
        urls.put("clusters", "/api/v1/clusters");
        urls.put("metrics", "/metrics");
        urls.put("health", "/health/ready");
        return urls;
    }

    private static void report(DemoStory story, String service, String curl) {
        story.terminal().line("");
        story.terminal().notable("%s waits for its event:".formatted(service));
        events(story.graph(), service).forEach(event -> {
            JsonNode condition = event.path("condition");
            String meaning = condition.path("description").asText("");
            story.terminal()
                    .line("  %s: %s%s"
                            .formatted(
                                    event.path("id").asText(),
                                    condition.path("promQuery").asText(),
                                    meaning.isEmpty() ? "" : " (%s)".formatted(meaning)));
        });
        story.terminal().line("fire it:");
        story.terminal().line("  " + curl);
    }

    /** All events in one call, so that it does not matter whether any or all must fire. */
    private static String curl(DemoStory story, String service) {
        DisplayedGraph graph = story.graph();
        ObjectNode body =
                JsonNodeFactory.instance.objectNode().put("version", "4").put("status", "firing");
        ArrayNode alerts = body.putArray("alerts");
        events(graph, service).forEach(event -> {
            String id = event.path("id").asText();
            alerts.addObject()
                    .put("status", "firing")
                    .putObject("labels")
                    .put("alertname", "%s/%s/%s/%s".formatted(graph.project(), graph.name(), service, id))
                    .put("service", service)
                    .put("smo_project", graph.project())
                    .put("smo_graph", graph.name())
                    .put("smo_event", id);
        });
        return "curl -X POST %s/alerts -H 'Content-Type: application/json' -d '%s'"
                .formatted(story.client().server(), body);
    }

    private static JsonNode events(DisplayedGraph graph, String service) {
        return graph.descriptorOf(service)
                .path("deployment")
                .path("trigger")
                .path("event")
                .path("events");
    }
}
