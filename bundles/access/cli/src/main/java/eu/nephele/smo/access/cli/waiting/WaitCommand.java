// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.waiting;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import eu.nephele.smo.access.cli.ConnectionOptions;
import eu.nephele.smo.access.cli.ExitStatus;
import eu.nephele.smo.access.cli.HumanDuration;
import eu.nephele.smo.access.cli.ProjectOptions;
import eu.nephele.smo.access.cli.ProjectOptions.GraphName;
import eu.nephele.smo.access.cli.client.RestCalls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wait}: until a graph or resource is as wished, or an operation has ended. */
@Command(name = "wait", description = "Waits until a graph, a resource or an operation is as wished.")
public final class WaitCommand implements Callable<Integer> {

    private static final Duration PAUSE = Duration.ofMillis(300);

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private ProjectOptions projects = new ProjectOptions();

    @Parameters(
            arity = "0..2",
            paramLabel = "KIND NAME",
            description = "graph NAME, or a kind that a bundle brings and NAME; a NAME alone is a graph.")
    private List<String> named = new ArrayList<>();

    @Option(
            names = "--for",
            paramLabel = "STATE",
            required = true,
            description = "condition=TYPE[=STATUS], phase=PHASE, deleted or operation=ID.")
    private String wished = "";

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            description = "At most so long, as 90s, 5m or 1h; default: 60s. Then the exit status is 3.")
    private Optional<HumanDuration> timeout = Optional.empty();

    @Override
    public Integer call() {
        AwaitedState awaited;
        try {
            awaited = AwaitedState.from(wished);
        } catch (IllegalArgumentException unknown) {
            throw connection.wrong(String.valueOf(unknown.getMessage()));
        }
        Duration atMost = timeout.map(HumanDuration::duration).orElse(Duration.ofMinutes(1));
        RestCalls calls = connection.client();
        return awaited.isOperation() ? operation(calls, awaited.value(), atMost) : resource(calls, awaited, atMost);
    }

    private int operation(RestCalls calls, String id, Duration atMost) {
        JsonNode ended = new OperationWait(connection, calls)
                .end(calls.get(RestCalls.path("api", "v1", "operations", id)), atMost);
        connection.terminal().line(OperationWait.text(ended));
        if (connection.terminal().isJson()) {
            connection.terminal().json(ended);
        }
        return OperationWait.isOpen(ended)
                ? ExitStatus.NOT_DONE.code()
                : ended.path("state").asText().equals("SUCCEEDED") ? ExitStatus.DONE.code() : ExitStatus.FAILED.code();
    }

    private int resource(RestCalls calls, AwaitedState awaited, Duration atMost) {
        String path = path();
        String name = String.join("/", named);
        long end = System.nanoTime() + atMost.toNanos();
        Optional<String> missing = awaited.missing(calls, path);
        while (missing.isPresent() && System.nanoTime() < end && Pauses.pause(PAUSE)) {
            if (connection.terminal().isLive()) {
                connection.terminal().progress(name + " " + missing.get());
            }
            missing = awaited.missing(calls, path);
        }
        boolean reached = missing.isEmpty();
        if (connection.terminal().isJson()) {
            connection
                    .terminal()
                    .json(JsonNodeFactory.instance
                            .objectNode()
                            .put("name", name)
                            .put("for", wished)
                            .put("reached", reached)
                            .put("instead", missing.orElse("")));
        } else if (reached) {
            connection.terminal().good("%s: %s".formatted(name, wished));
        } else {
            connection
                    .terminal()
                    .notable("%s: %s is not reached after %d s: %s"
                            .formatted(name, wished, atMost.toSeconds(), missing.orElse("")));
        }
        return reached ? ExitStatus.DONE.code() : ExitStatus.NOT_DONE.code();
    }

    private String path() {
        if (named.isEmpty()) {
            throw connection.wrong("What is to be waited for? Name a graph, or a kind and a name");
        }
        String name = named.get(named.size() - 1);
        if (named.size() == 1 || named.get(0).matches("g|graphs?")) {
            GraphName graph = projects.graph(connection, name);
            return RestCalls.path("api", "v1", "projects", graph.project(), "graphs", graph.name());
        }
        return RestCalls.path("api", "v1", "kinds", named.get(0), "resources", name)
                + projects.ifNamed(connection)
                        .map(project -> "?project=" + RestCalls.encoded(project))
                        .orElse("");
    }
}
