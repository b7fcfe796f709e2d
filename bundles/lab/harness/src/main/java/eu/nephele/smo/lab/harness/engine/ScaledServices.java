// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.engine;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/** Services that were scaled to a number of replicas since a moment, by the server's events. */
final class ScaledServices {

    private static final String PATH = "/api/v1/events?types=scaling.decision_made,service.scaled&limit=1000&after=";

    private final EngineServer server;
    private final int replicas;
    private final Set<String> scaled = new HashSet<>();
    private long after;
    private int decisions;

    private ScaledServices(EngineServer server, int replicas, long after) {
        this.server = server;
        this.replicas = replicas;
        this.after = after;
    }

    static ScaledServices fromNow(EngineServer server, int replicas) throws IOException, InterruptedException {
        return new ScaledServices(
                server,
                replicas,
                server.ask("/api/v1/events?limit=1").path("last").asLong());
    }

    int count() throws IOException, InterruptedException {
        boolean more = true;
        while (more) {
            JsonNode page = server.ask(PATH + after);
            page.path("items").forEach(this::record);
            after = page.path("nextAfter").asLong();
            more = page.path("more").asBoolean();
        }
        return scaled.size();
    }

    int decisions() {
        return decisions;
    }

    private void record(JsonNode event) {
        if (event.path("type").asText().equals("scaling.decision_made")) {
            decisions++;
            return;
        }
        int running = 0;
        for (JsonNode share : event.at("/data/to")) {
            running += share.path("replicas").asInt();
        }
        if (running == replicas) {
            scaled.add(event.path("subject").asText());
        } else {
            scaled.remove(event.path("subject").asText());
        }
    }
}
