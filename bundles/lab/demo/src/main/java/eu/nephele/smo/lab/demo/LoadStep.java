// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.cli.terminal.TableRenderer;
import eu.nephele.smo.access.cli.view.DisplayedGraph;
import eu.nephele.smo.access.cli.view.DisplayedService;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Raises the load and shows the replicas following. */
final class LoadStep implements DemoStep {

    private static final Duration PATIENCE = Duration.ofSeconds(12);
    private static final Duration MARGIN = Duration.ofSeconds(6);
    private static final Duration SETTLING = Duration.ofSeconds(30);
    private static final int DECISIONS_SHOWN = 10;

    @Override
    public String id() {
        return "scale";
    }

    @Override
    public String title(DemoStory story) {
        return "Load rises, replicas follow";
    }

    @Override
    public Optional<String> skipped(DemoStory story) {
        if (!story.simulated()) {
            return Optional.of("this server has no simulated federation, so there is no load to raise");
        }
        if (story.graph().staticPlacement()) {
            return Optional.of("the graph is placed by its charts, which also say how many replicas there are");
        }
        if (story.graph().active().isEmpty()) {
            return Optional.of("every service waits for an event: nothing runs that could be scaled");
        }
        return growing(story.graph()).isEmpty()
                ? Optional.of("no service may have more replicas than it has")
                : Optional.empty();
    }

    @Override
    public void run(DemoStory story, ObjectNode facts) throws StepFailed, InterruptedException {
        DisplayedGraph before = story.graph();
        List<DemoLoad> growing = growing(before);
        Map<String, Double> raised = new LinkedHashMap<>();
        Duration timeout = patience(before);
        boolean grown = false;
        for (int attempt = 0; attempt < DemoLoad.attempts() && !grown; attempt++) {
            for (DemoLoad load : growing) {
                raised.put(load.service(), load.raised(attempt));
                story.lab().load(before, load.service(), load.raised(attempt));
            }
            story.terminal()
                    .line("POST /lab/load: requests per second now %s"
                            .formatted(raised.entrySet().stream()
                                    .map(each -> each.getKey() + " " + rate(each.getValue()))
                                    .collect(Collectors.joining(", "))));
            grown = story.watch(timeout, graph -> {
                story.terminal().progress("waiting for the next scaling decision");
                return hasGrown(before, graph);
            });
            if (!grown && StoryDecisions.newest(story, "scaling", 1).isEmpty()) {
                String why = "no scaling strategy decides about this graph; replicas stay as they are";
                story.terminal().notable(why);
                facts.put("skipped", why);
                return;
            }
        }
        if (!grown) {
            throw new StepFailed("No service got more replicas; last decision: " + lastReason(story));
        }
        settle(story);
        report(story, facts, before, raised);
    }

    private static List<DemoLoad> growing(DisplayedGraph graph) {
        return graph.active().stream()
                .map(service -> DemoLoad.of(graph, service.name()))
                .filter(DemoLoad::canGrow)
                .toList();
    }

    /** A graph may set its own scaling interval. */
    private static Duration patience(DisplayedGraph graph) {
        int seconds = graph.json()
                .path("hdaGraph")
                .path("strategies")
                .path("scaling")
                .path("intervalSeconds")
                .asInt(0);
        Duration own = Duration.ofSeconds(seconds).plus(MARGIN);
        return own.compareTo(PATIENCE) > 0 ? own : PATIENCE;
    }

    private static boolean hasGrown(DisplayedGraph before, DisplayedGraph now) {
        return now.services().stream().anyMatch(service -> service.replicas() > replicas(before, service.name()));
    }

    private static int replicas(DisplayedGraph graph, String service) {
        return graph.service(service).map(DisplayedService::replicas).orElse(0);
    }

    private static void settle(DemoStory story) throws StepFailed, InterruptedException {
        boolean settled = story.watch(SETTLING, graph -> {
            story.terminal()
                    .progress("ready replicas: "
                            + graph.active().stream()
                                    .map(service -> "%s %d/%d"
                                            .formatted(service.name(), service.readyReplicas(), service.replicas()))
                                    .collect(Collectors.joining(", ")));
            return graph.isSettled()
                    && graph.active().stream().allMatch(service -> service.readyReplicas() >= service.replicas());
        });
        if (!settled) {
            throw new StepFailed("The new replicas are not ready after %d seconds: %s"
                    .formatted(SETTLING.toSeconds(), story.graph().trouble()));
        }
    }

    private static void report(DemoStory story, ObjectNode facts, DisplayedGraph before, Map<String, Double> raised) {
        TableRenderer table = new TableRenderer("service", "requests/s", "replicas", "reason");
        ArrayNode services = facts.putArray("services");
        List<JsonNode> decisions = StoryDecisions.newest(story, "scaling", DECISIONS_SHOWN);
        raised.forEach((service, load) -> {
            int from = replicas(before, service);
            int to = replicas(story.graph(), service);
            String reason = reason(decisions, service, to);
            double quiet = DemoLoad.of(before, service).quiet();
            table.row(service, "%s -> %s".formatted(rate(quiet), rate(load)), "%d -> %d".formatted(from, to), reason);
            services.addObject()
                    .put("service", service)
                    .put("requestsPerSecondBefore", quiet)
                    .put("requestsPerSecond", load)
                    .put("replicasBefore", from)
                    .put("replicas", to)
                    .put("reason", reason);
            if (to != from) {
                story.scaled().add(service);
            }
        });
        story.terminal().table(table);
    }

    private static String reason(List<JsonNode> decisions, String service, int replicas) {
        for (JsonNode decision : decisions) {
            for (JsonNode each : decision.path("details").path("services")) {
                if (each.path("service").asText().equals(service)
                        && each.path("to").asInt() == replicas) {
                    return "%s: %s"
                            .formatted(
                                    decision.path("strategy").path("id").asText(),
                                    each.path("reason").asText());
                }
            }
        }
        return "-";
    }

    private static String lastReason(DemoStory story) {
        return StoryDecisions.newest(story, "scaling", 1).stream()
                .flatMap(decision -> decision.path("details").findValuesAsText("reason").stream())
                .collect(Collectors.joining("; "));
    }

    private static String rate(double requestsPerSecond) {
        return requestsPerSecond == 0 ? "0" : String.format(Locale.ROOT, "%.2f", requestsPerSecond);
    }
}
