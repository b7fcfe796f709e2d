// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.cli.client.RestCalls;
import eu.nephele.smo.access.cli.view.DisplayedGraph;
import eu.nephele.smo.access.cli.view.DisplayedService;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Fails the cluster with most services and shows where they move; beside them a divided service goes on serving. */
final class FailoverStep implements DemoStep {

    private static final Duration AT_MOST = Duration.ofSeconds(60);
    private static final Duration RETURN = Duration.ofSeconds(40);

    @Override
    public String id() {
        return "failover";
    }

    @Override
    public String title(DemoStory story) {
        return victim(story.graph())
                .map(cluster -> "Cluster %s fails".formatted(cluster))
                .orElse("A cluster fails");
    }

    @Override
    public Optional<String> skipped(DemoStory story) {
        if (!story.simulated()) {
            return Optional.of("this server has no simulated federation, so no cluster fails on request");
        }
        if (story.graph().staticPlacement()) {
            return Optional.of("the graph is placed by its charts, so the SMO does not move it");
        }
        return victim(story.graph()).isEmpty()
                ? Optional.of("every service waits for an event: nothing runs that could lose its cluster")
                : Optional.empty();
    }

    @Override
    public void run(DemoStory story, ObjectNode facts) throws StepFailed, InterruptedException {
        DisplayedGraph before = story.graph();
        String victim = victim(before).orElseThrow();
        facts.put("cluster", victim);
        try {
            Optional<DividedGraph> divided = DividedGraph.deploy(story);
            story.lab().fail(victim);
            story.terminal().notable("POST /lab/clusters/%s/fail: %s is gone".formatted(victim, victim));
            try {
                failOver(story, facts, before, victim, divided);
                if (divided.isPresent()) {
                    divided.get().report(facts, victim);
                }
            } finally {
                story.lab().restore(victim);
            }
        } finally {
            DividedGraph.remove(story.client());
        }
        comeBack(story, victim);
    }

    /** The cluster with most running services, then most replicas, then first by name. */
    static Optional<String> victim(DisplayedGraph graph) {
        Map<String, Integer> weights = new TreeMap<>();
        graph.services().stream().filter(DisplayedService::isRunning).forEach(service -> service.shares()
                .forEach((cluster, replicas) -> weights.merge(cluster, 1000 + replicas, Integer::sum)));
        return weights.entrySet().stream()
                .max(Map.Entry.<String, Integer>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                .map(Map.Entry::getKey);
    }

    private static void failOver(
            DemoStory story, ObjectNode facts, DisplayedGraph before, String victim, Optional<DividedGraph> divided)
            throws StepFailed, InterruptedException {
        long start = story.now();
        ReplicaMoves replicaMoves = new ReplicaMoves(story, start, before.phase());
        boolean over = story.watch(AT_MOST, graph -> {
            replicaMoves.saw(graph);
            divided.ifPresent(beside -> beside.look(victim));
            return hasLeft(graph, victim) || hasNoRoom(graph);
        });
        if (!over) {
            throw new StepFailed("%s still has services on %s after %d seconds; phase %s: %s"
                    .formatted(
                            before.name(),
                            victim,
                            AT_MOST.toSeconds(),
                            story.graph().phase(),
                            story.graph().trouble()));
        }
        Optional<String> noRoom = story.graph().failing("Placed", "Infeasible");
        if (noRoom.isPresent()) {
            facts.put("noRoom", noRoom.get());
            story.terminal().notable(noRoom.get());
            StoryDecisions.reasonsAgainst(story).forEach(story.terminal()::line);
            story.terminal().line("it waits until %s is back".formatted(victim));
            return;
        }
        report(story, facts, before, story.now() - start);
    }

    private static boolean hasLeft(DisplayedGraph graph, String victim) {
        return graph.isSettled()
                && graph.active().stream()
                        .noneMatch(service -> service.clusters().contains(victim))
                && graph.active().stream().allMatch(DisplayedService::isRunning);
    }

    private static boolean hasNoRoom(DisplayedGraph graph) {
        return graph.failing("Placed", "Infeasible").isPresent();
    }

    private static void report(DemoStory story, ObjectNode facts, DisplayedGraph before, long nanos) {
        ServiceMoves.report(story, facts, before);
        String decidedBy = StoryDecisions.decidedBy(story);
        story.terminal()
                .good("everything runs again %s after the failure; decided by %s"
                        .formatted(DemoStory.seconds(nanos), decidedBy));
        facts.put("decidedBy", decidedBy);
        facts.put("millis", nanos / 1_000_000);
    }

    private static void comeBack(DemoStory story, String victim) throws StepFailed, InterruptedException {
        boolean back =
                story.watch(RETURN, RestCalls.path("api", "v1", "clusters", victim), cluster -> cluster.path("ready")
                        .asBoolean());
        if (!back) {
            throw new StepFailed(
                    "%s was restored, but is not seen as ready after %d seconds".formatted(victim, RETURN.toSeconds()));
        }
        if (!story.watch(RETURN, DisplayedGraph::isSettled)) {
            throw new StepFailed("%s does not run %d seconds after %s came back; phase %s: %s"
                    .formatted(
                            story.graph().name(),
                            RETURN.toSeconds(),
                            victim,
                            story.graph().phase(),
                            story.graph().trouble()));
        }
        List<String> onVictim = story.graph().active().stream()
                .filter(service -> service.clusters().contains(victim))
                .map(DisplayedService::name)
                .toList();
        story.terminal()
                .line(
                        onVictim.isEmpty()
                                ? "%s is back; the services stay where they are".formatted(victim)
                                : "%s is back and runs %s".formatted(victim, String.join(", ", onVictim)));
    }

    /** Reports each change of the phase once. */
    private static final class ReplicaMoves {

        private final DemoStory story;
        private final long start;
        private String phase;

        ReplicaMoves(DemoStory story, long start, String phase) {
            this.story = story;
            this.start = start;
            this.phase = phase;
        }

        void saw(DisplayedGraph graph) {
            if (!graph.phase().equals(phase)) {
                phase = graph.phase();
                story.terminal()
                        .line("%6s  %s".formatted(DemoStory.seconds(story.now() - start), graph.phaseInWords()));
            }
            story.terminal().progress("waiting for a new placement");
        }
    }
}
