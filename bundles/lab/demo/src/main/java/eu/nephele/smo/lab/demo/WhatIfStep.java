// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.cli.client.CallFailed;
import eu.nephele.smo.access.cli.client.RestCalls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Asks where all services of the fleet would go without the cluster that has most of them; nothing moves. */
final class WhatIfStep implements DemoStep {

    private static final int SEARCH_SECONDS = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int MOST = 8;
    private static final Set<Integer> NO_RIGHT = Set.of(401, 403);
    private static final int NOT_FOUND = 404;
    private static final int UNAVAILABLE = 503;

    @Override
    public String id() {
        return "what-if";
    }

    @Override
    public String title(DemoStory story) {
        return FailoverStep.victim(story.graph())
                .map("What if cluster %s were lost?"::formatted)
                .orElse("What if a cluster were lost?");
    }

    @Override
    public Optional<String> skipped(DemoStory story) {
        return FailoverStep.victim(story.graph()).isEmpty()
                ? Optional.of("every service waits for an event: nothing runs that could lose its cluster")
                : Optional.empty();
    }

    @Override
    public void run(DemoStory story, ObjectNode facts) {
        String cluster = FailoverStep.victim(story.graph()).orElseThrow();
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("budgetSeconds", SEARCH_SECONDS);
        ObjectNode whatIf = body.putObject("whatIf");
        whatIf.putObject("clusters").put(cluster, "lost");
        JsonNode plan;
        try {
            plan = story.client().post(RestCalls.path("api", "v1", "fleet", "plans"), body, PATIENCE);
        } catch (CallFailed refused) {
            DemoStep.skip(story, facts, whyNot(refused).orElseThrow(() -> refused));
            return;
        }
        facts.put("cluster", cluster);
        facts.set("steps", plan.path("steps"));
        facts.set("notMade", plan.path("notMade"));
        story.gained()
                .put("whatIfMoves", plan.path("moves").asInt())
                .put("whatIfNotMade", plan.path("notMade").size());
        List<String> moves = moves(story, plan);
        story.terminal().line(moves.isEmpty() ? "nothing would go elsewhere" : "would go: " + String.join(", ", moves));
        plan.path("notMade").forEach(each -> story.terminal()
                .notable("%s/%s: no place for all of it: %s"
                        .formatted(
                                each.path("project").asText(),
                                each.path("graph").asText(),
                                each.path("reason").asText())));
        story.terminal()
                .line("nothing has moved: ./smo fleet plan --what-if '%s' --url %s"
                        .formatted(whatIf, story.client().server()));
    }

    private static List<String> moves(DemoStory story, JsonNode plan) {
        List<String> moves = new ArrayList<>();
        plan.path("steps").forEach(step -> {
            String graph = step.path("graph").asText();
            String before = graph.equals(story.graph().name())
                    ? ""
                    : step.path("project").asText() + "/" + graph + " ";
            step.path("moves")
                    .forEach(move -> moves.add("%s%s -> %s"
                            .formatted(
                                    before,
                                    move.path("service").asText(),
                                    move.at("/to/name").asText())));
        });
        if (moves.size() <= MOST) {
            return moves;
        }
        List<String> first = new ArrayList<>(moves.subList(0, MOST));
        first.add("and %d more".formatted(moves.size() - MOST));
        return first;
    }

    /** A server may make no plans, or none for this caller, which is not a failure of the demo. */
    private static Optional<String> whyNot(CallFailed refused) {
        if (NO_RIGHT.contains(refused.status())) {
            return Optional.of("plans of the fleet need the right to operate all graphs (--token-file)");
        }
        if (refused.status() == NOT_FOUND) {
            return Optional.of("this server makes no plans of the fleet");
        }
        return refused.status() == UNAVAILABLE ? Optional.of(refused.lines().get(0)) : Optional.empty();
    }
}
