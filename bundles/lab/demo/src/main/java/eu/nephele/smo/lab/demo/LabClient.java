// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import eu.nephele.smo.access.cli.client.CallFailed;
import eu.nephele.smo.access.cli.client.RestCalls;
import eu.nephele.smo.access.cli.view.DisplayedGraph;

/** Client for load and failures in the simulated federation of the server. */
final class LabClient {

    private static final int NOT_FOUND = 404;

    private final RestCalls client;

    LabClient(RestCalls client) {
        this.client = client;
    }

    boolean isThere() {
        try {
            client.get("/lab/world");
            return true;
        } catch (CallFailed failed) {
            if (failed.status() == NOT_FOUND) {
                return false;
            }
            throw failed;
        }
    }

    /** Sets the load of the service of this graph, overriding the scenario. */
    void load(DisplayedGraph graph, String service, double requestsPerSecond) {
        JsonNode load = JsonNodeFactory.instance
                .objectNode()
                .put("service", "%s/%s/%s".formatted(graph.project(), graph.name(), service))
                .put("requestsPerSecond", requestsPerSecond);
        client.post("/lab/load", load);
    }

    void fail(String cluster) {
        client.post(RestCalls.path("lab", "clusters", cluster, "fail"));
    }

    void restore(String cluster) {
        client.post(RestCalls.path("lab", "clusters", cluster, "restore"));
    }
}
