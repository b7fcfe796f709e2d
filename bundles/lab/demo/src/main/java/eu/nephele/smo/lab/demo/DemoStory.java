// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.cli.client.RestCalls;
import eu.nephele.smo.access.cli.terminal.Terminal;
import eu.nephele.smo.access.cli.view.DisplayedGraph;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** State of the demo. Used by one thread. */
final class DemoStory {

    static final String PROJECT = "demo";

    private static final Duration GLANCE = Duration.ofMillis(200);

    private final RestCalls client;
    private final Terminal terminal;
    private final DemoClock demoClock;
    private final DemoGraph wanted;
    private final LabClient lab;
    private final boolean simulated;
    private final Set<String> moved = new LinkedHashSet<>();
    private final Set<String> scaled = new LinkedHashSet<>();
    private final PartnerStrategy partnerStrategy;
    private final ObjectNode gained = JsonNodeFactory.instance.objectNode();
    private Optional<DisplayedGraph> graph = Optional.empty();

    DemoStory(
            RestCalls client,
            Terminal terminal,
            DemoClock demoClock,
            DemoGraph wanted,
            PartnerStrategy partnerStrategy) {
        this.client = client;
        this.terminal = terminal;
        this.demoClock = demoClock;
        this.wanted = wanted;
        this.partnerStrategy = partnerStrategy;
        this.lab = new LabClient(client);
        this.simulated = lab.isThere();
    }

    RestCalls client() {
        return client;
    }

    Terminal terminal() {
        return terminal;
    }

    DemoGraph wanted() {
        return wanted;
    }

    LabClient lab() {
        return lab;
    }

    PartnerStrategy newcomer() {
        return partnerStrategy;
    }

    ObjectNode gained() {
        return gained;
    }

    boolean simulated() {
        return simulated;
    }

    /** The graph as last read; available after its deployment. */
    DisplayedGraph graph() {
        return graph.orElseThrow(() -> new IllegalStateException("The graph is not deployed yet"));
    }

    DisplayedGraph saw(JsonNode json) {
        DisplayedGraph seen = DisplayedGraph.from(json);
        graph = Optional.of(seen);
        return seen;
    }

    DisplayedGraph fetch() {
        return saw(client.get(graphPath()));
    }

    String graphPath(String... further) {
        String path = RestCalls.path("api", "v1", "projects", graph().project(), "graphs", graph().name());
        return further.length == 0 ? path : path + RestCalls.path(further);
    }

    Set<String> moved() {
        return moved;
    }

    /** Services whose replicas followed the load. */
    Set<String> scaled() {
        return scaled;
    }

    long now() {
        return demoClock.nanoTime();
    }

    static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.1f s", nanos / 1e9);
    }

    @FunctionalInterface
    interface PollCondition {
        boolean done(DisplayedGraph graph) throws StepFailed;
    }

    /** Polls the graph until the condition holds; false on a time-out. */
    boolean watch(Duration atMost, PollCondition pollCondition) throws StepFailed, InterruptedException {
        long end = demoClock.nanoTime() + atMost.toNanos();
        while (!pollCondition.done(fetch())) {
            if (demoClock.nanoTime() - end > 0) {
                return false;
            }
            demoClock.pause(GLANCE);
        }
        return true;
    }

    /** Polls another value until the condition holds; false on a time-out. */
    boolean watch(Duration atMost, String path, Predicate<JsonNode> done) throws InterruptedException {
        long end = demoClock.nanoTime() + atMost.toNanos();
        while (!done.test(client.get(path))) {
            if (demoClock.nanoTime() - end > 0) {
                return false;
            }
            demoClock.pause(GLANCE);
        }
        return true;
    }
}
