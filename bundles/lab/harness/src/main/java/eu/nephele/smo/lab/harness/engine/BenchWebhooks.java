// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.engine;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/** Webhooks of the server for every event. One thread registers and removes them. */
final class BenchWebhooks {

    private static final String PATH = "/api/v1/webhooks";
    private static final int CREATED = 201;
    private static final int NO_CONTENT = 204;

    private final EngineServer server;
    private final List<String> paths = new ArrayList<>();

    BenchWebhooks(EngineServer server) {
        this.server = server;
    }

    void register(String url) throws IOException, InterruptedException {
        HttpResponse<String> answer = server.send("POST", PATH, "{\"url\": \"%s\"}".formatted(url));
        String location = answer.headers().firstValue("Location").orElse("");
        if (answer.statusCode() != CREATED || location.isEmpty()) {
            throw new IOException("A webhook is registered with %d: %s".formatted(answer.statusCode(), answer.body()));
        }
        paths.add(URI.create(location).getPath());
    }

    /** Deliveries that wait now. The metric of them is up to ten seconds old. */
    long waiting() throws IOException, InterruptedException {
        long waiting = 0;
        for (String path : paths) {
            waiting += server.ask(path).at("/backlog/waiting").asLong();
        }
        return waiting;
    }

    /**
     * Removes all, with waiting deliveries.
     *
     * @throws IOException when some are left, after all others
     */
    void remove() throws IOException, InterruptedException {
        List<String> refusals = new ArrayList<>();
        for (String path : paths) {
            HttpResponse<String> answer = server.send("DELETE", path, "");
            if (answer.statusCode() != NO_CONTENT) {
                refusals.add("%s: %d %s".formatted(path, answer.statusCode(), answer.body()));
            }
        }
        paths.clear();
        if (!refusals.isEmpty()) {
            throw new IOException("Webhooks are not removed: " + String.join("; ", refusals));
        }
    }
}
