// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.waiting;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.cli.ConnectionOptions;
import eu.nephele.smo.access.cli.HumanDuration;
import eu.nephele.smo.access.cli.ProjectOptions;
import eu.nephele.smo.access.cli.client.RestCalls;
import eu.nephele.smo.access.cli.view.DisplayedGraph;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code watch}: a line whenever the phase or a service of a graph changes. */
@Command(name = "watch", description = "Shows graphs as they change, until Ctrl-C.")
public final class WatchCommand implements Callable<Integer> {

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private ProjectOptions projects = new ProjectOptions();

    @Parameters(arity = "0..1", paramLabel = "GRAPH", description = "Only this one; default: those of the project.")
    private Optional<String> graph = Optional.empty();

    @Option(names = "--until", paramLabel = "PHASE", description = "Ends when all have this phase.")
    private Optional<String> until = Optional.empty();

    @Option(names = "--interval", paramLabel = "TIME", description = "How often it looks; default: 1s.")
    private Optional<HumanDuration> interval = Optional.empty();

    @Option(names = "--times", paramLabel = "N", description = "Looks so often at most.")
    private Optional<Integer> times = Optional.empty();

    @Override
    public Integer call() {
        RestCalls calls = connection.client();
        Map<String, String> shown = new HashMap<>();
        Duration pause = interval.map(HumanDuration::duration).orElse(Duration.ofSeconds(1));
        int most = times.orElse(Integer.MAX_VALUE);
        for (int poll = 1; ; poll++) {
            boolean reached = poll(calls, shown);
            boolean isOver = (until.isPresent() && reached) || poll >= most;
            if (isOver || connection.terminal().isClosed() || !Pauses.pause(pause)) {
                return 0;
            }
        }
    }

    private boolean poll(RestCalls calls, Map<String, String> shown) {
        boolean reached = true;
        if (graph.isPresent()) {
            ProjectOptions.GraphName name = projects.graph(connection, graph.get());
            reached = show(
                    calls.get(RestCalls.path("api", "v1", "projects", name.project(), "graphs", name.name())), shown);
        } else {
            String path = RestCalls.path("api", "v1", "projects", projects.project(connection), "graphs");
            for (JsonNode item : calls.get(path + "?limit=1000").path("items")) {
                reached &= show(item, shown);
            }
        }
        return reached;
    }

    /** Whether it has the wished phase. */
    private boolean show(JsonNode item, Map<String, String> shown) {
        DisplayedGraph displayed = DisplayedGraph.from(item);
        String name = displayed.project() + "/" + displayed.name();
        StringBuilder state = new StringBuilder(displayed.phase());
        displayed
                .services()
                .forEach(service -> state.append("  %s %s %d/%s"
                        .formatted(service.name(), service.where(), service.replicas(), service.ready())));
        if (!state.toString().equals(shown.put(name, state.toString()))) {
            if (connection.terminal().isJson()) {
                connection.terminal().json(item);
            } else {
                connection
                        .terminal()
                        .line("%s  %s  %s".formatted(Instant.now().truncatedTo(ChronoUnit.SECONDS), name, state));
            }
        }
        return until.filter(phase -> !phase.equalsIgnoreCase(displayed.phase())).isEmpty();
    }
}
