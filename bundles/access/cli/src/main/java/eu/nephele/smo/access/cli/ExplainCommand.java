// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.cli.client.RestCalls;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "explain", description = "Explains the placement of a service.")
final class ExplainCommand implements Callable<Integer> {

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private ProjectOptions projects = new ProjectOptions();

    @Parameters(
            arity = "2..3",
            paramLabel = "GRAPH SERVICE",
            description = "GRAPH is NAME or PROJECT/NAME; PROJECT GRAPH SERVICE is taken as well.")
    private List<String> named = List.of();

    @Override
    public Integer call() {
        ProjectOptions.GraphName graph = named.size() > 2
                ? new ProjectOptions.GraphName(named.get(0), named.get(1))
                : projects.graph(connection, named.get(0));
        String service = named.get(named.size() - 1);
        JsonNode explanation = connection
                .client()
                .get(RestCalls.path(
                        "api",
                        "v1",
                        "projects",
                        graph.project(),
                        "graphs",
                        graph.name(),
                        "services",
                        service,
                        "explanation"));
        if (connection.terminal().isJson()) {
            connection.terminal().json(explanation);
        } else {
            explanation.path("text").forEach(line -> connection.terminal().line(line.asText()));
        }
        return 0;
    }
}
