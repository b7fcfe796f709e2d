// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.cli.client.CallFailed;
import eu.nephele.smo.access.cli.client.ShadowsClient;
import eu.nephele.smo.access.cli.view.DisplayedGraph;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Runs the partner's strategy as a shadow, and shows what it would change. */
final class ShadowStep implements DemoStep {

    private static final int DECISIONS = 3;
    private static final int CONFLICT = 409;
    private static final Duration AT_MOST = Duration.ofSeconds(10);

    @Override
    public String id() {
        return "shadow";
    }

    @Override
    public String title(DemoStory story) {
        return "%s in the shadow".formatted(PartnerStrategy.STRATEGY);
    }

    @Override
    public Optional<String> skipped(DemoStory story) {
        return PartnerStrategy.absent(story)
                .or(() -> wished(story.graph()).path("id").asText().equals(PartnerStrategy.STRATEGY)
                        ? Optional.of(
                                "the graph asks for %s itself: it decides already".formatted(PartnerStrategy.STRATEGY))
                        : Optional.empty());
    }

    @Override
    public void run(DemoStory story, ObjectNode facts) throws StepFailed, InterruptedException {
        try {
            seesAllClusters(story);
        } catch (CallFailed refused) {
            if (refused.status() != CONFLICT) {
                throw refused;
            }
            // The intents of a graph may forbid moves.
            DemoStep.skip(story, facts, refused.lines().get(0));
            return;
        }
        ShadowsClient shadows = new ShadowsClient(story.client());
        String id = shadows.start(wish(story.graph())).path("id").asText();
        boolean kept = false;
        try {
            kept = compare(story, facts, shadows, id);
        } finally {
            if (!kept) {
                shadows.stop(id);
            }
        }
    }

    /** A recovered cluster may not be available for decisions yet, which would distort the comparison. */
    private static void seesAllClusters(DemoStory story) throws StepFailed, InterruptedException {
        story.watch(AT_MOST, graph -> {
            StoryDecisions.ask(story.client(), story.graphPath());
            return StoryDecisions.newest(story, "placement", 1).stream()
                    .findFirst()
                    .map(decision -> decision.at("/inputs/content/unavailable").isEmpty())
                    .orElse(true);
        });
    }

    private static boolean compare(DemoStory story, ObjectNode facts, ShadowsClient shadows, String id)
            throws StepFailed, InterruptedException {
        story.terminal()
                .line("POST /api/v1/shadows: it decides along about %s, and nothing moves"
                        .formatted(story.graph().name()));
        for (int i = 0; i < DECISIONS; i++) {
            StoryDecisions.ask(story.client(), story.graphPath());
        }
        if (!story.watch(AT_MOST, ShadowsClient.path(id), report -> count(report) >= DECISIONS)) {
            throw new StepFailed(
                    "The shadow was not asked %d times within %d seconds".formatted(DECISIONS, AT_MOST.toSeconds()));
        }
        JsonNode report = shadows.report(id);
        facts.set("report", report);
        if (report.path("compared").asLong() == 0) {
            throw new StepFailed("The shadow has answered nothing that could be compared", faults(report));
        }
        return report(story, facts, report, id);
    }

    private static boolean report(DemoStory story, ObjectNode facts, JsonNode report, String id) throws StepFailed {
        long compared = report.path("compared").asLong();
        String live = StoryDecisions.strategy(
                StoryDecisions.newest(story, "placement", 1).get(0));
        story.terminal()
                .line("%d decisions asked for and made by %s; %s agreed with %d, %d faults"
                        .formatted(
                                compared,
                                live,
                                PartnerStrategy.STRATEGY,
                                report.path("agreed").asLong(),
                                report.path("faults").asLong()));
        story.terminal().table(ObjectiveCosts.table(report));
        double before = carbon(report, "live");
        double difference = carbon(report, "difference");
        facts.put("live", live);
        facts.put("carbonLiveKgPerHour", before);
        facts.put("carbonShadowKgPerHour", carbon(report, "shadow"));
        story.gained()
                .put("shadowCompared", compared)
                .put("shadowAgreed", report.path("agreed").asLong());
        if (difference >= 0) {
            story.terminal().notable("it would save no carbon here, and is not promoted");
            return false;
        }
        story.terminal()
                .good("it would save %s %s, for %s moves"
                        .formatted(
                                ObjectiveCosts.figure(-difference),
                                ObjectiveCosts.CARBON_UNIT,
                                ObjectiveCosts.figure(report.path("shadowMoves").asDouble() / compared)));
        story.newcomer().wasTried(new PartnerStrategy.Tried(id, before));
        return true;
    }

    private static double carbon(JsonNode report, String side) throws StepFailed {
        return ObjectiveCosts.perDecision(report, ObjectiveCosts.CARBON, side)
                .orElseThrow(() -> new StepFailed("The report of the shadow says nothing about carbon"));
    }

    private static long count(JsonNode report) {
        return List.of("compared", "onlyLive", "onlyShadow", "faults", "dropped").stream()
                .mapToLong(kind -> report.path(kind).asLong())
                .sum();
    }

    private static List<String> faults(JsonNode report) {
        return report.path("latest").findValuesAsText("fault");
    }

    /** Uses a negligible weight for carbon, because only weighted objectives are recorded with each decision. */
    private static ObjectNode wish(DisplayedGraph graph) {
        ObjectNode wish = JsonNodeFactory.instance.objectNode().put("kind", "placement");
        wish.put("graph", "%s/%s".formatted(graph.project(), graph.name()));
        ObjectNode objectives =
                wish.putObject("strategy").put("id", PartnerStrategy.STRATEGY).putObject("objectives");
        JsonNode own = wished(graph).path("objectives");
        if (own instanceof ObjectNode weights) {
            objectives.setAll(weights);
        } else {
            objectives.put("moves", 1);
        }
        if (!objectives.has(ObjectiveCosts.CARBON)) {
            objectives.put(ObjectiveCosts.CARBON, 1);
        }
        return wish;
    }

    private static JsonNode wished(DisplayedGraph graph) {
        return graph.json().path("hdaGraph").path("strategies").path("placement");
    }
}
