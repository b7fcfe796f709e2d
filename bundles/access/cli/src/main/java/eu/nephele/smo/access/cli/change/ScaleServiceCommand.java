// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.change;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.cli.ConnectionOptions;
import eu.nephele.smo.access.cli.HumanDuration;
import eu.nephele.smo.access.cli.ProjectOptions;
import eu.nephele.smo.access.cli.client.RestCalls;
import eu.nephele.smo.access.cli.view.DisplayedGraph;
import eu.nephele.smo.access.cli.view.ResponseTables;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code scale}: replicas by hand. */
@Command(name = "scale", description = "Sets the replicas of a service by hand; they win over its scaling strategy.")
public final class ScaleServiceCommand implements Callable<Integer> {

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private ProjectOptions projects = new ProjectOptions();

    @Parameters(index = "0", paramLabel = "GRAPH", description = "NAME or PROJECT/NAME.")
    private String graph = "";

    @Parameters(index = "1", paramLabel = "SERVICE")
    private String service = "";

    @Option(names = "--replicas", paramLabel = "N", description = "So many.")
    private Optional<Integer> replicas = Optional.empty();

    @Option(
            names = "--for",
            paramLabel = "TIME",
            description = "How long, as 90s, 30m, 2h or 7d; else until --release.")
    private Optional<HumanDuration> time = Optional.empty();

    @Option(names = "--release", description = "Lets the strategy decide again.")
    private boolean release;

    @Override
    public Integer call() {
        if (release == replicas.isPresent() || (release && time.isPresent())) {
            throw connection.wrong("Give either --replicas N, with --for if they are to expire, or --release");
        }
        ProjectOptions.GraphName name = projects.graph(connection, graph);
        String path = RestCalls.path(
                "api", "v1", "projects", name.project(), "graphs", name.name(), "services", service, "replicas");
        RestCalls calls = connection.client();
        JsonNode answer = release ? calls.delete(path) : calls.put(path, body());
        if (connection.terminal().isJson()) {
            connection.terminal().json(answer);
        } else {
            connection.terminal().table(ResponseTables.services(DisplayedGraph.from(answer)));
        }
        return 0;
    }

    private ObjectNode body() {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("replicas", replicas.orElse(0));
        time.ifPresent(limit -> body.put("forSeconds", limit.duration().toSeconds()));
        return body;
    }
}
