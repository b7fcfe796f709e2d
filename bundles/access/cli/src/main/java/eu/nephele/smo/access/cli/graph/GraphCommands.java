// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import eu.nephele.smo.access.cli.ConnectionOptions;
import eu.nephele.smo.access.cli.HumanDuration;
import eu.nephele.smo.access.cli.client.RestCalls;
import eu.nephele.smo.access.cli.view.DisplayedGraph;
import eu.nephele.smo.access.cli.view.OperationView;
import eu.nephele.smo.access.cli.view.ResponseTables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

@Command(
        name = "graph",
        description = "Graphs: stop, start, pause, resume, repair, place, plan, rightsize, history, series, summary.",
        subcommands = {
            PlaceCommand.class,
            PlanCommand.class,
            RightsizeCommand.class,
            HistoryCommand.class,
            SeriesCommand.class,
            SummaryCommand.class
        },
        synopsisSubcommandLabel = "COMMAND")
public final class GraphCommands {

    /** Exit status: not completed within the wait. */
    static final int NOT_DONE = 3;

    @Command(hidden = true, description = "The graphs of a project. Now: smo get graphs.")
    int list(@Mixin ConnectionOptions connection, @Parameters(paramLabel = "PROJECT") String project) {
        JsonNode page =
                connection.client().get(RestCalls.path("api", "v1", "projects", project, "graphs") + "?limit=1000");
        if (connection.terminal().isJson()) {
            connection.terminal().json(page);
        } else {
            connection.terminal().table(ResponseTables.graphs(page.path("items")));
        }
        return 0;
    }

    @Command(hidden = true, description = "A graph with its services. Now: smo describe graph.")
    int show(
            @Mixin ConnectionOptions connection,
            @Parameters(paramLabel = "PROJECT") String project,
            @Parameters(paramLabel = "GRAPH") String graph) {
        return show(connection, connection.client().get(path(project, graph)));
    }

    @Command(hidden = true, description = "Deploys the graph in a file, JSON or YAML. Now: smo apply -f FILE.")
    int deploy(
            @Mixin ConnectionOptions connection,
            @Parameters(paramLabel = "PROJECT") String project,
            @Parameters(paramLabel = "FILE") Path file,
            @Mixin WaitOptions waiting)
            throws IOException {
        String text = Files.readString(file);
        String type = text.stripLeading().startsWith("{") ? "application/json" : "application/yaml";
        String path = RestCalls.path("api", "v1", "projects", project, "graphs");
        return changed(connection, waiting, connection.client().post(path, text, type));
    }

    @Command(description = "Stops a running graph.")
    int stop(@Mixin ConnectionOptions connection, @Mixin GraphArgument graph, @Mixin WaitOptions waiting) {
        return changed(connection, waiting, connection.client().post(graph.path(connection, "stop")));
    }

    @Command(description = "Starts a stopped graph.")
    int start(@Mixin ConnectionOptions connection, @Mixin GraphArgument graph, @Mixin WaitOptions waiting) {
        return changed(connection, waiting, connection.client().post(graph.path(connection, "start")));
    }

    @Command(description = "Makes the world as it was decided for a graph, also what it only reports as drift.")
    int repair(@Mixin ConnectionOptions connection, @Mixin GraphArgument graph, @Mixin WaitOptions waiting) {
        return changed(connection, waiting, connection.client().post(graph.path(connection, "repair")));
    }

    @Command(description = "From now on nothing of a graph is placed anew, scaled or repaired by itself.")
    int pause(@Mixin ConnectionOptions connection, @Mixin GraphArgument graph) {
        return automation(connection, graph, true);
    }

    @Command(description = "A paused graph is placed, scaled and repaired by itself again.")
    int resume(@Mixin ConnectionOptions connection, @Mixin GraphArgument graph) {
        return automation(connection, graph, false);
    }

    private static int automation(ConnectionOptions connection, GraphArgument graph, boolean paused) {
        return show(
                connection,
                connection
                        .client()
                        .put(
                                graph.path(connection, "automation"),
                                JsonNodeFactory.instance.objectNode().put("paused", paused)));
    }

    @Command(hidden = true, description = "Sets the replicas of a service by hand. Now: smo scale.")
    int scale(
            @Mixin ConnectionOptions connection,
            @Parameters(paramLabel = "PROJECT") String project,
            @Parameters(paramLabel = "GRAPH") String graph,
            @Parameters(paramLabel = "SERVICE") String service,
            @Parameters(paramLabel = "REPLICAS", arity = "0..1") Optional<Integer> replicas,
            @Option(
                            names = "--for",
                            paramLabel = "TIME",
                            description = "How long, as 90s, 30m, 2h or 7d; else until --release.")
                    Optional<HumanDuration> time,
            @Option(names = "--release", description = "Lets the strategy decide again.") boolean release) {
        if (release == replicas.isPresent() || (release && time.isPresent())) {
            throw new ParameterException(
                    new CommandLine(this), "Give either REPLICAS, with --for if they are to expire, or --release.");
        }
        String path = path(project, graph, "services", service, "replicas");
        if (release) {
            return show(connection, connection.client().delete(path));
        }
        var body = JsonNodeFactory.instance.objectNode().put("replicas", replicas.orElseThrow());
        time.ifPresent(limit -> body.put("forSeconds", limit.duration().toSeconds()));
        return show(connection, connection.client().put(path, body));
    }

    @Command(hidden = true, description = "Removes a graph. Now: smo delete graph.")
    int remove(
            @Mixin ConnectionOptions connection,
            @Parameters(paramLabel = "PROJECT") String project,
            @Parameters(paramLabel = "GRAPH") String graph,
            @Option(
                            names = "--force",
                            description =
                                    "Do not wait for resources that cannot be removed outside now; the answer names"
                                            + " the remaining ones.")
                    boolean force,
            @Mixin WaitOptions waiting) {
        RestCalls calls = connection.client();
        JsonNode answer =
                waiting.end(connection, calls, calls.delete(path(project, graph) + (force ? "?force=true" : "")));
        boolean gone = OperationView.read(answer)
                .filter(operation -> operation.state().equals("SUCCEEDED"))
                .isPresent();
        if (!gone) {
            return changed(connection, waiting, answer);
        }
        if (connection.terminal().isJson()) {
            connection.terminal().json(JsonNodeFactory.instance.objectNode().put("removed", project + "/" + graph));
        } else {
            connection.terminal().line("%s/%s is removed".formatted(project, graph));
            Optional.of(answer.path("message").asText())
                    .filter(left -> !left.isEmpty())
                    .ifPresent(connection.terminal()::notable);
        }
        return 0;
    }

    /** The exit status says whether the open operation has completed. */
    static int changed(ConnectionOptions connection, WaitOptions waiting, JsonNode taken) {
        JsonNode answer = waiting.end(connection, connection.client(), taken);
        Optional<OperationView> operation = OperationView.read(answer);
        if (operation.isEmpty()) {
            return show(connection, answer);
        }
        show(connection, connection.client().get(operation.get().graph()));
        OperationView change = operation.get();
        if (change.hasFailed() && connection.terminal().isJson()) {
            connection.error(change.text());
        } else if (change.hasFailed()) {
            connection.terminal().bad(change.text());
        } else if (!connection.terminal().isJson() && change.isOpen()) {
            connection.terminal().notable(change.text());
        }
        return change.hasFailed() ? 1 : change.isOpen() && waiting.isWanted() ? NOT_DONE : 0;
    }

    private static int show(ConnectionOptions connection, JsonNode json) {
        if (connection.terminal().isJson()) {
            connection.terminal().json(json);
            return 0;
        }
        DisplayedGraph graph = DisplayedGraph.from(json);
        connection.terminal().line("%s/%s: %s".formatted(graph.project(), graph.name(), graph.phase()));
        connection.terminal().table(ResponseTables.services(graph));
        if (graph.isSettled()) {
            graph.remarks().forEach(connection.terminal()::notable);
        } else if (graph.hasTrouble()) {
            connection.terminal().notable(graph.trouble());
        }
        return 0;
    }

    private static String path(String project, String graph, String... further) {
        String path = RestCalls.path("api", "v1", "projects", project, "graphs", graph);
        return further.length == 0 ? path : path + RestCalls.path(further);
    }
}
