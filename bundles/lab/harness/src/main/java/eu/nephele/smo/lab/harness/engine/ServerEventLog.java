// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.engine;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

record ServerEventLog(EngineServer server) {

    private static final int PAGE = 1_000;

    long last() throws IOException, InterruptedException {
        return server.ask("/api/v1/events?limit=1").path("last").asLong();
    }

    /** Ids of all events after a sequence, up to now. */
    Set<String> idsAfter(long sequence) throws IOException, InterruptedException {
        Set<String> ids = new HashSet<>();
        long after = sequence;
        boolean more = true;
        while (more) {
            JsonNode page = server.ask("/api/v1/events?limit=%d&after=%d".formatted(PAGE, after));
            page.path("items").forEach(event -> ids.add(event.path("id").asText()));
            after = page.path("nextAfter").asLong();
            more = page.path("more").asBoolean();
        }
        return ids;
    }
}
