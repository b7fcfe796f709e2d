// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.cli.client.CallFailed;
import eu.nephele.smo.access.cli.client.RestCalls;
import eu.nephele.smo.access.cli.view.DisplayedGraph;
import eu.nephele.smo.access.cli.view.DisplayedService;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A small graph whose replicas are on two clusters, beside the one of the story while a cluster fails: half of them serve all the
 * time. Removed afterwards. Used by one thread.
 */
final class DividedGraph {

    private static final String GRAPHS = RestCalls.path("api", "v1", "projects", "demo-divided", "graphs");
    private static final String NAME = "two-clusters";
    private static final String PATH = GRAPHS + RestCalls.path(NAME);
    private static final String SERVICE = "web";
    private static final int REPLICAS = 4;
    private static final Duration AT_MOST = Duration.ofSeconds(60);
    private static final int NOT_FOUND = 404;

    private final DemoStory story;
    private final DisplayedService before;
    private int fewestReady = REPLICAS;

    private DividedGraph(DemoStory story, DisplayedService before) {
        this.story = story;
        this.before = before;
    }

    /** @return empty where it has no room beside the graph of the story */
    static Optional<DividedGraph> deploy(DemoStory story) throws StepFailed, InterruptedException {
        story.client().post(GRAPHS, descriptor());
        boolean decided = story.watch(AT_MOST, PATH, json -> {
            DisplayedGraph graph = DisplayedGraph.from(json);
            return runs(graph) || hasNoRoom(graph);
        });
        DisplayedGraph graph = fetch(story);
        if (!decided) {
            throw new StepFailed("%s does not run after %d seconds; phase %s: %s"
                    .formatted(NAME, AT_MOST.toSeconds(), graph.phase(), graph.trouble()));
        }
        if (!runs(graph)) {
            story.terminal().line("a service on two clusters has no room beside it");
            return Optional.empty();
        }
        DisplayedService service = service(graph);
        story.terminal()
                .line("beside it graph %s: %d replicas of %s on two clusters, %s"
                        .formatted(NAME, service.replicas(), SERVICE, service.where()));
        return Optional.of(new DividedGraph(story, service));
    }

    /** Counts what is ready elsewhere while a cluster is lost. */
    void look(String lost) {
        look(fetch(story), lost);
    }

    private void look(DisplayedGraph graph, String lost) {
        int ready = service(graph).readyByCluster().entrySet().stream()
                .filter(share -> !share.getKey().equals(lost))
                .mapToInt(Map.Entry::getValue)
                .sum();
        fewestReady = Math.min(fewestReady, ready);
    }

    /** Waits until its replicas run without the lost cluster, where they can. */
    void report(ObjectNode facts, String lost) throws StepFailed, InterruptedException {
        boolean over = story.watch(AT_MOST, PATH, json -> {
            DisplayedGraph graph = DisplayedGraph.from(json);
            look(graph, lost);
            return hasNoRoom(graph)
                    || (runs(graph) && !service(graph).clusters().contains(lost));
        });
        DisplayedGraph graph = fetch(story);
        DisplayedService now = service(graph);
        if (!over) {
            throw new StepFailed("%s does not run without %s after %d seconds; phase %s: %s"
                    .formatted(NAME, lost, AT_MOST.toSeconds(), graph.phase(), graph.trouble()));
        }
        facts.putObject("divided")
                .put("from", before.where())
                .put("to", now.where())
                .put("fewestReady", fewestReady);
        String share = hasNoRoom(graph) ? "the share of %s waits for it".formatted(lost) : now.where();
        story.terminal()
                .good("%s of %s: %s -> %s; %d of %d replicas were ready all the time"
                        .formatted(SERVICE, NAME, before.where(), share, fewestReady, before.replicas()));
    }

    static void remove(RestCalls client) {
        try {
            client.delete(PATH + "?wait=" + AT_MOST.toSeconds());
        } catch (CallFailed failed) {
            if (failed.status() != NOT_FOUND) {
                throw failed;
            }
        }
    }

    private static DisplayedGraph fetch(DemoStory story) {
        return DisplayedGraph.from(story.client().get(PATH));
    }

    private static DisplayedService service(DisplayedGraph graph) {
        return graph.service(SERVICE)
                .orElseThrow(() -> new IllegalStateException("%s has no service %s".formatted(NAME, SERVICE)));
    }

    private static boolean runs(DisplayedGraph graph) {
        return graph.isSettled() && service(graph).isRunning();
    }

    private static boolean hasNoRoom(DisplayedGraph graph) {
        return graph.failing("Placed", "Infeasible").isPresent();
    }

    private static JsonNode descriptor() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ObjectNode graph = body.putObject("hdaGraph").put("id", NAME);
        ObjectNode service = graph.putArray("services").addObject().put("id", SERVICE);
        ObjectNode deployment = service.putObject("deployment");
        deployment.putObject("trigger");
        ObjectNode intent = deployment.putObject("intent");
        intent.putObject("compute").put("cpu", "light").put("ram", "light");
        intent.putObject("spread").put("overClusters", 2).put("survivingPercent", 50);
        service.putObject("scaling").put("minReplicas", REPLICAS).put("maxReplicas", REPLICAS);
        ObjectNode artifact = service.putObject("artifact").put("ociImage", "oci://registry.example/samples/web");
        artifact.putObject("ociConfig").put("type", "App").put("implementer", "HELM");
        return body;
    }
}
