// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.cli.client.SmoClient;
import eu.nephele.smo.access.cli.terminal.Terminal;
import eu.nephele.smo.access.cli.view.GraphView;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** What happened so far. Used by one thread. */
final class Story {

    /** Project of the demo. */
    static final String PROJECT = "demo";

    private static final Duration GLANCE = Duration.ofMillis(200);

    private final SmoClient client;
    private final Terminal terminal;
    private final Pace pace;
    private final DemoGraph wanted;
    private final Lab lab;
    private final boolean simulated;
    private final Set<String> moved = new LinkedHashSet<>();
    private final Set<String> scaled = new LinkedHashSet<>();
    private final Newcomer newcomer;
    private final ObjectNode gained = JsonNodeFactory.instance.objectNode();
    private Optional<GraphView> graph = Optional.empty();

    /**
     * @param wanted the graph to deploy
     * @param newcomer the strategy to bring in
     */
    Story(SmoClient client, Terminal terminal, Pace pace, DemoGraph wanted, Newcomer newcomer) {
        this.client = client;
        this.terminal = terminal;
        this.pace = pace;
        this.wanted = wanted;
        this.newcomer = newcomer;
        this.lab = new Lab(client);
        this.simulated = lab.isThere();
    }

    SmoClient client() {
        return client;
    }

    Terminal terminal() {
        return terminal;
    }

    DemoGraph wanted() {
        return wanted;
    }

    Lab lab() {
        return lab;
    }

    /** The strategy of a partner that comes in. */
    Newcomer newcomer() {
        return newcomer;
    }

    /** What the steps add to the outcome. */
    ObjectNode gained() {
        return gained;
    }

    /** Whether load and failures can be made. */
    boolean simulated() {
        return simulated;
    }

    /** The graph as last seen; nothing comes before its deployment. */
    GraphView graph() {
        return graph.orElseThrow(() -> new IllegalStateException("The graph is not deployed yet"));
    }

    GraphView saw(JsonNode json) {
        GraphView seen = GraphView.of(json);
        graph = Optional.of(seen);
        return seen;
    }

    GraphView look() {
        return saw(client.get(graphPath()));
    }

    /** Path of the graph, with further segments. */
    String graphPath(String... further) {
        String path = SmoClient.path("api", "v1", "projects", graph().project(), "graphs", graph().name());
        return further.length == 0 ? path : path + SmoClient.path(further);
    }

    /** Services that went to other clusters. */
    Set<String> moved() {
        return moved;
    }

    /** Services whose replicas followed the load. */
    Set<String> scaled() {
        return scaled;
    }

    long now() {
        return pace.nanoTime();
    }

    /** Seconds since, for people. */
    static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.1f s", nanos / 1e9);
    }

    /** Something to look at again and again. */
    @FunctionalInterface
    interface Glance {
        /** Whether it is as wished. */
        boolean done(GraphView graph) throws StepFailed;
    }

    /** Looks at the graph until it is as wished; false when that took too long. */
    boolean watch(Duration atMost, Glance glance) throws StepFailed, InterruptedException {
        long end = pace.nanoTime() + atMost.toNanos();
        while (!glance.done(look())) {
            if (pace.nanoTime() - end > 0) {
                return false;
            }
            pace.pause(GLANCE);
        }
        return true;
    }

    /** Looks at something else until it is as wished; false when that took too long. */
    boolean watch(Duration atMost, String path, Predicate<JsonNode> done) throws InterruptedException {
        long end = pace.nanoTime() + atMost.toNanos();
        while (!done.test(client.get(path))) {
            if (pace.nanoTime() - end > 0) {
                return false;
            }
            pace.pause(GLANCE);
        }
        return true;
    }
}
