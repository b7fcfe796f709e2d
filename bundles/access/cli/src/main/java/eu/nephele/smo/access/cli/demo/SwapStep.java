// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.cli.client.Plugins;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Swaps the newcomer for another version while decisions are asked for all the time, and counts what got lost. */
final class SwapStep implements Step {

    private static final int WAIT_SECONDS = 120;

    /** Answers to see before the swap, and as many after it. */
    private static final int AROUND = 40;

    private static final Duration AT_MOST = Duration.ofSeconds(30);
    private static final Duration JOURNAL = Duration.ofSeconds(10);

    @Override
    public String id() {
        return "swap";
    }

    @Override
    public String title(Story story) {
        return story.newcomer()
                .version()
                .map(from -> "%s becomes %s while it is asked"
                        .formatted(from, story.newcomer().other()))
                .orElse("Another version while it is asked");
    }

    @Override
    public Optional<String> skipped(Story story) {
        return Newcomer.absent(story).or(() -> {
            String other = story.newcomer().other();
            return story.newcomer().jar(other).isPresent()
                    ? Optional.empty()
                    : Optional.of("there is no %s to swap it for".formatted(Newcomer.nameOf(other)));
        });
    }

    @Override
    public void run(Story story, ObjectNode facts) throws StepFailed, InterruptedException {
        try {
            List<String> graphs = new ArrayList<>(Crowd.deploy(story.client()));
            if (story.newcomer().isPromoted()) {
                graphs.add(story.graphPath());
            }
            underLoad(story, facts, graphs);
        } finally {
            Crowd.remove(story.client());
        }
        story.look();
    }

    private static void underLoad(Story story, ObjectNode facts, List<String> graphs)
            throws StepFailed, InterruptedException {
        Map<String, String> marks = new LinkedHashMap<>();
        graphs.forEach(graph -> marks.put(graph, Recorded.newest(story.client(), graph)));
        story.terminal()
                .line("%d clients have %d graphs placed anew, again and again%s"
                        .formatted(
                                graphs.size(),
                                graphs.size(),
                                story.newcomer().isPromoted()
                                        ? ": %s and %d small ones"
                                                .formatted(story.graph().name(), Crowd.SIZE)
                                        : ""));
        DecisionLoad load = DecisionLoad.start(story.client(), graphs);
        long nanos;
        try {
            nanos = swap(story, facts, load);
        } finally {
            load.end();
        }
        Swapped swapped = onRecord(story, load.tallies(), marks);
        tell(story, facts, swapped, nanos);
        story.newcomer().decidesIn(swapped.to());
    }

    /** A journal that writes in batches may not have all at once. */
    private static Swapped onRecord(Story story, Map<String, DecisionLoad.Tally> tallies, Map<String, String> marks)
            throws StepFailed, InterruptedException {
        long answered = tallies.values().stream()
                .mapToLong(DecisionLoad.Tally::answered)
                .sum();
        String from = story.newcomer().version().orElseThrow();
        String to = story.newcomer().other();
        story.terminal().progress("reading what is on record");
        story.watch(
                JOURNAL,
                graph -> Swapped.of(story.client(), from, to, tallies, marks).total() >= answered);
        return Swapped.of(story.client(), from, to, tallies, marks);
    }

    private static void tell(Story story, ObjectNode facts, Swapped swapped, long nanos) throws StepFailed {
        story.terminal().table(swapped.table());
        swapped.addTo(facts);
        facts.put("swapMillis", nanos / 1_000_000);
        swapped.addTo(story.gained());
        story.gained().put("swapMillis", nanos / 1_000_000);
        Optional<String> trouble = swapped.trouble();
        if (trouble.isPresent()) {
            throw new StepFailed(trouble.get());
        }
        story.terminal()
                .good("0 lost: %s gave way to %s within %s, the longest answer took %s"
                        .formatted(
                                swapped.from(),
                                swapped.to(),
                                Story.seconds(nanos),
                                Story.seconds(swapped.tally().longestMillis() * 1_000_000)));
    }

    private static long swap(Story story, ObjectNode facts, DecisionLoad load) throws StepFailed, InterruptedException {
        Path jar = story.newcomer().jar(story.newcomer().other()).orElseThrow();
        answered(load);
        long start = story.now();
        story.terminal().line("POST %s/upgrade: %s".formatted(Plugins.path(Newcomer.PLUGIN), jar.getFileName()));
        story.terminal().progress("admission, kit, rehearsal, then it takes over");
        JsonNode operation;
        try {
            operation = new Plugins(story.client()).upgrade(Newcomer.PLUGIN, jar, false, WAIT_SECONDS);
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
