// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.change;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.cli.ConnectionOptions;
import eu.nephele.smo.access.cli.client.RestCalls;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What an operator says of a cluster. */
abstract class ClusterDirectiveCommand implements Callable<Integer> {

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Parameters(paramLabel = "CLUSTER", description = "NAME or SOURCE/NAME.")
    private String cluster = "";

    @Option(names = "--why", paramLabel = "TEXT", defaultValue = "", description = "Reason, for other operators.")
    private String why = "";

    abstract String action();

    @Override
    public Integer call() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        if (!why.isEmpty()) {
            body.put("reason", why);
        }
        JsonNode answer = connection.client().post(path(cluster) + "/" + action(), body);
        if (connection.terminal().isJson()) {
            connection.terminal().json(answer);
        } else {
            connection.terminal().good("%s is %sed".formatted(cluster, action()));
        }
        return 0;
    }

    static String path(String cluster) {
        return "/api/v1/clusters" + RestCalls.path(cluster.split("/", 2));
    }
}
