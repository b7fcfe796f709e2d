// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.cli.client.RestCalls;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "explain", description = "Explains the placement of a service.")
final class ExplainCommand implements Callable<Integer> {

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Parameters(index = "0", paramLabel = "PROJECT")
    private String project = "";

    @Parameters(index = "1", paramLabel = "GRAPH")
    private String graph = "";

    @Parameters(index = "2", paramLabel = "SERVICE")
    private String service = "";

    @Override
    public Integer call() {
        JsonNode explanation = connection
                .client()
                .get(RestCalls.path(
                        "api", "v1", "projects", project, "graphs", graph, "services", service, "explanation"));
        if (connection.terminal().isJson()) {
            connection.terminal().json(explanation);
        } else {
            explanation.path("text").forEach(line -> connection.terminal().line(line.asText()));
        }
        return 0;
    }
}
