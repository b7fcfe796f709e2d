// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A service as returned by the server.
 *
 * @param state PENDING, NOT_DEPLOYED, DEPLOYING, DEPLOYED, DEGRADED or FAILED
 * @param conditional whether it waits for an event
 * @param shares cluster → decided replicas, in cluster order
 * @param message reason of a deviation, "" for none
 */
public record DisplayedService(
        String name,
        String state,
        boolean conditional,
        Map<String, Integer> shares,
        int readyReplicas,
        String message) {

    private static final String DEPLOYED = "DEPLOYED";
    private static final String PENDING = "PENDING";

    public DisplayedService {
        shares = Collections.unmodifiableMap(new TreeMap<>(shares));
    }

    static DisplayedService from(JsonNode json) {
        Map<String, Integer> shares = new TreeMap<>();
        json.path("shares")
                .forEach(share -> shares.put(
                        share.path("cluster").asText(), share.path("replicas").asInt()));
        return new DisplayedService(
                json.path("name").asText(),
                json.path("state").asText(),
                json.path("conditional").asBoolean(),
                shares,
                json.path("readyReplicas").asInt(),
                json.path("message").asText(""));
    }

    public int replicas() {
        return shares.values().stream().mapToInt(Integer::intValue).sum();
    }

    public List<String> clusters() {
        return List.copyOf(shares.keySet());
    }

    /** "-" when there is none. */
    public String where() {
        return shares.isEmpty() ? "-" : String.join("+", shares.keySet());
    }

    public boolean isRunning() {
        return state.equals(DEPLOYED);
    }

    public boolean isPending() {
        return state.equals(PENDING);
    }
}
