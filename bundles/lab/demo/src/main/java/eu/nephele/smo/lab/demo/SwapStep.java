// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.cli.client.PluginsClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Swaps the partner's strategy for another version under a constant load of decisions, and counts the lost ones. */
final class SwapStep implements DemoStep {

    private static final int WAIT_SECONDS = 120;

    /** Number of answers to await before the swap, and after it. */
    private static final int AROUND = 40;

    private static final Duration AT_MOST = Duration.ofSeconds(30);
    private static final Duration JOURNAL = Duration.ofSeconds(10);

    @Override
    public String id() {
        return "swap";
    }

    @Override
    public String title(DemoStory story) {
        return story.newcomer()
                .version()
                .map(from -> "%s becomes %s while it is asked"
                        .formatted(from, story.newcomer().other()))
                .orElse("Another version while it is asked");
    }

    @Override
    public Optional<String> skipped(DemoStory story) {
        return PartnerStrategy.absent(story).or(() -> {
            String other = story.newcomer().other();
            return story.newcomer().jar(other).isPresent()
                    ? Optional.empty()
                    : Optional.of("there is no %s to swap it for".formatted(PartnerStrategy.nameOf(other)));
        });
    }

    @Override
    public void run(DemoStory story, ObjectNode facts) throws StepFailed, InterruptedException {
        try {
            List<String> graphs = new ArrayList<>(LoadGraphs.deploy(story.client()));
            if (story.newcomer().isPromoted()) {
                graphs.add(story.graphPath());
            }
            underLoad(story, facts, graphs);
        } finally {
            LoadGraphs.remove(story.client());
        }
        story.fetch();
    }

    private static void underLoad(DemoStory story, ObjectNode facts, List<String> graphs)
            throws StepFailed, InterruptedException {
        Map<String, String> marks = new LinkedHashMap<>();
        graphs.forEach(graph -> marks.put(graph, RecordedPlacements.newest(story.client(), graph)));
        story.terminal()
                .line("%d clients have %d graphs placed anew, again and again%s"
                        .formatted(
                                graphs.size(),
                                graphs.size(),
                                story.newcomer().isPromoted()
                                        ? ": %s and %d small ones"
                                                .formatted(story.graph().name(), LoadGraphs.SIZE)
                                        : ""));
        DecisionLoad load = DecisionLoad.start(story.client(), graphs);
        long nanos;
        try {
            nanos = swap(story, facts, load);
        } finally {
            load.end();
        }
        SwapSummary swapSummary = onRecord(story, load.tallies(), marks);
        report(story, facts, swapSummary, nanos);
        story.newcomer().decidesIn(swapSummary.to());
    }

    /** A journal that writes in batches may not have all decisions at once. */
    private static SwapSummary onRecord(
            DemoStory story, Map<String, DecisionLoad.Tally> tallies, Map<String, String> marks)
            throws StepFailed, InterruptedException {
        long answered = tallies.values().stream()
                .mapToLong(DecisionLoad.Tally::answered)
                .sum();
        String from = story.newcomer().version().orElseThrow();
        String to = story.newcomer().other();
        story.terminal().progress("reading what is on record");
        story.watch(
                JOURNAL,
                graph -> SwapSummary.create(story.client(), from, to, tallies, marks)
                                .total()
                        >= answered);
        return SwapSummary.create(story.client(), from, to, tallies, marks);
    }

    private static void report(DemoStory story, ObjectNode facts, SwapSummary swapSummary, long nanos)
            throws StepFailed {
        story.terminal().table(swapSummary.table());
        swapSummary.addTo(facts);
        facts.put("swapMillis", nanos / 1_000_000);
        swapSummary.addTo(story.gained());
        story.gained().put("swapMillis", nanos / 1_000_000);
        Optional<String> trouble = swapSummary.trouble();
        if (trouble.isPresent()) {
            throw new StepFailed(trouble.get());
        }
        story.terminal()
                .good("0 lost: %s gave way to %s within %s, the longest answer took %s"
                        .formatted(
                                swapSummary.from(),
                                swapSummary.to(),
                                DemoStory.seconds(nanos),
                                DemoStory.seconds(swapSummary.tally().longestMillis() * 1_000_000)));
    }

    private static long swap(DemoStory story, ObjectNode facts, DecisionLoad load)
            throws StepFailed, InterruptedException {
        Path jar = story.newcomer().jar(story.newcomer().other()).orElseThrow();
        answered(load);
        long start = story.now();
        story.terminal()
                .line("POST %s/upgrade: %s".formatted(PluginsClient.path(PartnerStrategy.PLUGIN), jar.getFileName()));
        story.terminal().progress("admission, kit, rehearsal, then it takes over");
        JsonNode operation;
        try {
            operation = new PluginsClient(story.client()).upgrade(PartnerStrategy.PLUGIN, jar, false, WAIT_SECONDS);
        } catch (IOException unreadable) {
            throw new StepFailed("%s cannot be read: %s".formatted(jar, unreadable.getMessage()));
        }
        long nanos = story.now() - start;
        facts.set("operation", operation);
        if (!operation.path("state").asText().equals("SUCCEEDED")) {
            throw new StepFailed("The swap goes on after %d seconds: %s"
                    .formatted(WAIT_SECONDS, operation.path("message").asText()));
        }
        answered(load);
        operation.path("steps").forEach(step -> {
            if (!step.path("message").asText().isEmpty()) {
                story.terminal()
                        .line("%s: %s"
                                .formatted(
                                        step.path("action").asText().toLowerCase(Locale.ROOT),
                                        step.path("message").asText()));
            }
        });
        return nanos;
    }

    private static void answered(DecisionLoad load) throws StepFailed, InterruptedException {
        if (!load.further(AROUND, AT_MOST)) {
            throw new StepFailed(
                    "Fewer than %d placements were answered within %d seconds".formatted(AROUND, AT_MOST.toSeconds()));
        }
    }
}
