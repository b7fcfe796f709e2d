// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.cli.ConnectionOptions;
import eu.nephele.smo.access.cli.client.RestCalls;
import eu.nephele.smo.access.cli.listing.ListedKind;
import eu.nephele.smo.access.cli.listing.ResourceReader;
import eu.nephele.smo.access.cli.resource.OutputOptions;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cluster services}: what is placed on a cluster. */
@Command(name = "services", description = "Services that are placed on a cluster, of all projects.")
public final class ClusterServicesCommand implements Callable<Integer> {

    private static final ListedKind SERVICES = ListedKind.rows(
                    "services",
                    "service",
                    "/service",
                    "PROJECT=/project GRAPH=/graph SERVICE=/service PHASE=/phase|lower REPLICAS=/replicas"
                            + " ELSEWHERE=/elsewhere|list",
                    "HREF=/href")
            .ofProjects();

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Parameters(paramLabel = "CLUSTER", description = "NAME or SOURCE/NAME.")
    private String cluster = "";

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "1000",
            description = "So many at most; default: ${DEFAULT-VALUE}.")
    private int limit;

    @Override
    public Integer call() {
        String path = "/api/v1/clusters" + RestCalls.path(cluster.split("/", 2)) + "/services";
        List<JsonNode> services = ResourceReader.pages(connection.client(), path, limit);
        ArrayNode items = JsonNodeFactory.instance.arrayNode().addAll(services);
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.set("items", items);
        output.write(connection, SERVICES, services, answer);
        return 0;
    }
}
