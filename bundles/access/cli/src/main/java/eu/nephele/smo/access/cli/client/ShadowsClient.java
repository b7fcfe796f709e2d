// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.client;

import com.fasterxml.jackson.databind.JsonNode;

/** The shadows of a server: strategies that decide beside the live one, without effect. */
public final class ShadowsClient {

    private static final String ALL = "/api/v1/shadows";

    private final RestCalls client;

    public ShadowsClient(RestCalls client) {
        this.client = client;
    }

    /** @param wish body of the request: kind, strategy, and graph or project */
    public JsonNode start(JsonNode wish) {
        return client.post(ALL, wish);
    }

    public JsonNode all() {
        return client.get(ALL);
    }

    public JsonNode report(String id) {
        return client.get(path(id));
    }

    /** Returns its last report. */
    public JsonNode stop(String id) {
        return client.delete(path(id));
    }

    /** @return the operation on the graph; a missing node when it takes effect at the next decision */
    public JsonNode promote(String id, int seconds) {
        return client.post(path(id) + "/promote?wait=" + seconds);
    }

    public static String path(String id) {
        return RestCalls.path("api", "v1", "shadows", id);
    }
}
