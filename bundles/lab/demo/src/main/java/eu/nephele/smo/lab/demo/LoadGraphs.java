// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.cli.client.CallFailed;
import eu.nephele.smo.access.cli.client.RestCalls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Small graphs that select the partner's strategy: deployed for the load, removed afterwards. */
final class LoadGraphs {

    static final int SIZE = 3;

    private static final String GRAPHS = RestCalls.path("api", "v1", "projects", "demo-crowd", "graphs");
    private static final int NOT_FOUND = 404;
    private static final Duration AT_MOST = Duration.ofSeconds(30);

    private LoadGraphs() {}

    static List<String> deploy(RestCalls client) throws StepFailed {
        List<JsonNode> operations = new ArrayList<>();
        for (String name : names()) {
            operations.add(client.post(GRAPHS, descriptor(name)));
        }
        for (JsonNode operation : operations) {
            JsonNode settled = client.settled(operation, AT_MOST);
            // Graphs left by an earlier run are returned without an operation.
            if (settled.has("state") && !settled.path("state").asText().equals("SUCCEEDED")) {
                throw new StepFailed("The small graphs for the load do not run: %s"
                        .formatted(settled.path("error")
                                .path("message")
                                .asText(settled.path("message").asText())));
            }
        }
        return names().stream().map(LoadGraphs::path).toList();
    }

    static void remove(RestCalls client) {
        for (String name : names()) {
            try {
                client.delete(path(name) + "?wait=" + AT_MOST.toSeconds());
            } catch (CallFailed failed) {
                if (failed.status() != NOT_FOUND) {
                    throw failed;
                }
            }
        }
    }

    private static List<String> names() {
        List<String> names = new ArrayList<>();
        for (int i = 1; i <= SIZE; i++) {
            names.add("crowd-" + i);
        }
        return names;
    }

    private static String path(String name) {
        return GRAPHS + RestCalls.path(name);
    }

    private static ObjectNode descriptor(String name) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ObjectNode graph = body.putObject("hdaGraph").put("id", name);
        ObjectNode service = graph.putArray("services").addObject().put("id", name + "-web");
        ObjectNode deployment = service.putObject("deployment");
        deployment.putObject("trigger");
        deployment.putObject("intent").putObject("compute").put("cpu", "light");
        ObjectNode artifact = service.putObject("artifact").put("ociImage", "oci://registry.example/samples/web");
        artifact.putObject("ociConfig").put("type", "App").put("implementer", "HELM");
        graph.putObject("strategies").putObject("placement").put("id", PartnerStrategy.STRATEGY);
        return body;
    }
}
