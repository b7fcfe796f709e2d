// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.cli.client.ShadowsClient;
import eu.nephele.smo.access.cli.terminal.TableRenderer;
import eu.nephele.smo.access.cli.view.DisplayedGraph;
import eu.nephele.smo.access.cli.view.DisplayedService;
import eu.nephele.smo.access.cli.view.OperationView;
import java.time.Duration;
import java.util.Optional;

/** Promotes the partner's strategy for the graph, and compares the carbon before and after. */
final class PromoteStep implements DemoStep {

    private static final int WAIT_SECONDS = 60;
    private static final Duration AT_MOST = Duration.ofSeconds(30);

    @Override
    public String id() {
        return "promote";
    }

    @Override
    public String title(DemoStory story) {
        return "%s decides about %s"
                .formatted(PartnerStrategy.STRATEGY, story.graph().name());
    }

    @Override
    public Optional<String> skipped(DemoStory story) {
        return PartnerStrategy.absent(story)
                .or(() -> story.newcomer().tried().isPresent()
                        ? Optional.empty()
                        : Optional.of("there is no shadow that would make it better"));
    }

    @Override
    public void run(DemoStory story, ObjectNode facts) throws StepFailed, InterruptedException {
        PartnerStrategy.Tried tried = story.newcomer().tried().orElseThrow();
        DisplayedGraph before = story.fetch();
        long start = story.now();
        story.terminal().line("POST %s/promote".formatted(ShadowsClient.path(tried.shadow())));
        story.terminal().progress("new places first, then the old ones end");
        promote(story, tried.shadow());
        if (!story.watch(AT_MOST, PromoteStep::isThere)) {
            throw new StepFailed("%s does not run %d seconds after the promotion; phase %s: %s"
                    .formatted(
                            before.name(),
                            AT_MOST.toSeconds(),
                            story.graph().phase(),
                            story.graph().trouble()));
        }
        JsonNode decision = decision(story);
        double after = ObjectiveCosts.find(decision, ObjectiveCosts.CARBON)
                .orElseThrow(() -> new StepFailed("The decision %s says nothing about carbon"
                        .formatted(decision.path("id").asText())));
        story.newcomer().wasPromoted();
        report(story, facts, before, decision, after, story.now() - start);
        if (after >= tried.carbonKgPerHour()) {
            throw new StepFailed("The promotion has saved no carbon");
        }
    }

    private static void promote(DemoStory story, String shadow) throws StepFailed {
        JsonNode answer = new ShadowsClient(story.client()).promote(shadow, WAIT_SECONDS);
        Optional<OperationView> operation = OperationView.read(answer);
        if (operation.filter(OperationView::hasFailed).isPresent()) {
            throw new StepFailed(operation.get().text());
        }
    }

    private static boolean isThere(DisplayedGraph graph) {
        return graph.isSettled() && graph.active().stream().allMatch(DisplayedService::isRunning);
    }

    private static JsonNode decision(DemoStory story) throws StepFailed, InterruptedException {
        boolean recorded =
                story.watch(AT_MOST, graph -> StoryDecisions.inForce(story).isPresent());
        if (!recorded) {
            throw new StepFailed("The decision %s is not on record"
                    .formatted(story.graph().decisionId().orElse("in force")));
        }
        JsonNode decision = StoryDecisions.inForce(story).orElseThrow();
        if (!decision.path("strategy").path("id").asText().equals(PartnerStrategy.STRATEGY)) {
            throw new StepFailed("The placement in force is not by %s but by %s"
                    .formatted(PartnerStrategy.STRATEGY, StoryDecisions.strategy(decision)));
        }
        return decision;
    }

    private static void report(
            DemoStory story,
            ObjectNode facts,
            DisplayedGraph graphBefore,
            JsonNode decision,
            double after,
            long nanos) {
        int moved = ServiceMoves.report(story, facts, graphBefore);
        double before = story.newcomer().tried().orElseThrow().carbonKgPerHour();
        story.terminal()
                .table(new TableRenderer("", "unit", "before", "after", "difference")
                        .row(
                                ObjectiveCosts.CARBON,
                                ObjectiveCosts.CARBON_UNIT,
                                ObjectiveCosts.figure(before),
                                ObjectiveCosts.figure(after),
                                ObjectiveCosts.figure(after - before)));
        story.terminal()
                .good("%d services have other places %s after the request; decided by %s"
                        .formatted(moved, DemoStory.seconds(nanos), StoryDecisions.strategy(decision)));
        facts.put("decision", decision.path("id").asText());
        facts.put("decidedBy", StoryDecisions.strategy(decision));
        facts.put("carbonBeforeKgPerHour", before);
        facts.put("carbonAfterKgPerHour", after);
        facts.put("millis", nanos / 1_000_000);
        story.gained()
                .put("carbonBeforeKgPerHour", before)
                .put("carbonAfterKgPerHour", after)
                .put("promotedMoves", moved);
    }
}
