// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.change;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.cli.ConnectionOptions;
import eu.nephele.smo.access.cli.ProjectOptions;
import eu.nephele.smo.access.cli.client.RestCalls;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code why-not}: why a service is not on a cluster. */
@Command(name = "why-not", description = "Says why a service is not on a cluster, and what it would cost there.")
public final class WhyNotCommand implements Callable<Integer> {

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private ProjectOptions projects = new ProjectOptions();

    @Parameters(index = "0", paramLabel = "SERVICE")
    private String service = "";

    @Parameters(index = "1", paramLabel = "CLUSTER")
    private String cluster = "";

    @Option(
            names = {"-g", "--graph"},
            paramLabel = "GRAPH",
            required = true,
            description = "NAME or PROJECT/NAME.")
    private String graph = "";

    @Override
    public Integer call() {
        ProjectOptions.GraphName name = projects.graph(connection, graph);
        JsonNode explanation = connection
                .client()
                .get(RestCalls.path(
                        "api",
                        "v1",
                        "projects",
                        name.project(),
                        "graphs",
                        name.name(),
                        "services",
                        service,
                        "explanation"));
        for (JsonNode rejected : explanation.path("rejected")) {
            if (rejected.path("cluster").asText().equals(cluster)) {
                show(rejected);
                return 0;
            }
        }
        if (explanation.path("cluster").asText().equals(cluster)) {
            connection.terminal().good("%s is on %s".formatted(service, cluster));
            return 0;
        }
        throw connection.wrong("The explanation of %s says nothing of cluster %s; smo get clusters lists the clusters"
                .formatted(service, cluster));
    }

    private void show(JsonNode rejected) {
        if (connection.terminal().isJson()) {
            connection.terminal().json(rejected);
            return;
        }
        connection
                .terminal()
                .line("%s could %sbe on %s: %s"
                        .formatted(
                                service,
                                rejected.path("possible").asBoolean() ? "" : "not ",
                                cluster,
                                rejected.path("reason").asText("no reason is recorded")));
        if (rejected.path("costDifference").isNumber()) {
            connection
                    .terminal()
                    .line("with the others where they are, the graph would cost %s more"
                            .formatted(rejected.path("costDifference").asText()));
        }
        JsonNode anew = rejected.path("placedAnew");
        if (anew.isObject()) {
            connection
                    .terminal()
                    .line("with the rest placed anew it would cost %s more, with %d further moves"
                            .formatted(
                                    anew.path("costDifference").asText(),
                                    anew.path("moves").size()));
        }
    }
}
