// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A service as returned by the server.
 *
 * @param state PENDING, NOT_DEPLOYED, DEPLOYING, DEPLOYED, DEGRADED or FAILED
 * @param conditional whether it waits for an event
 * @param shares cluster → decided replicas, in cluster order
 * @param readyByCluster ready replicas of each share
 * @param readyReplicas over all clusters
 * @param message reason of a deviation, "" for none
 */
public record DisplayedService(
        String name,
        String state,
        boolean conditional,
        Map<String, Integer> shares,
        Map<String, Integer> readyByCluster,
        int readyReplicas,
        String message) {

    private static final String DEPLOYED = "DEPLOYED";
    private static final String PENDING = "PENDING";

    public DisplayedService {
        shares = Collections.unmodifiableMap(new TreeMap<>(shares));
        readyByCluster = Collections.unmodifiableMap(new TreeMap<>(readyByCluster));
    }

    static DisplayedService from(JsonNode json) {
        return new DisplayedService(
                json.path("name").asText(),
                json.path("state").asText(),
                json.path("conditional").asBoolean(),
                shares(json, "replicas"),
                shares(json, "readyReplicas"),
                json.path("readyReplicas").asInt(),
                message(json));
    }

    private static String message(JsonNode json) {
        String message = json.path("message").asText("");
        JsonNode hold = json.path("hold");
        if (!hold.isObject()) {
            return message;
        }
        String held = "%d by hand%s"
                .formatted(
                        hold.path("replicas").asInt(),
                        hold.path("until").isTextual()
                                ? " until " + hold.path("until").asText()
                                : "");
        return message.isEmpty() ? held : held + "; " + message;
    }

    private static Map<String, Integer> shares(JsonNode json, String member) {
        Map<String, Integer> replicas = new TreeMap<>();
        json.path("shares")
                .forEach(share -> replicas.put(
                        share.path("cluster").asText(), share.path(member).asInt()));
        return replicas;
    }

    public int replicas() {
        return shares.values().stream().mapToInt(Integer::intValue).sum();
    }

    public List<String> clusters() {
        return List.copyOf(shares.keySet());
    }

    /** The clusters, with the replicas of each where there are several; "-" when there is none. */
    public String where() {
        if (shares.isEmpty()) {
            return "-";
        }
        return shares.size() == 1 ? clusters().get(0) : perCluster(shares);
    }

    /** Ready replicas, by cluster where there are several. */
    public String ready() {
        return shares.size() > 1 ? perCluster(readyByCluster) : String.valueOf(readyReplicas);
    }

    private static String perCluster(Map<String, Integer> replicas) {
        return replicas.entrySet().stream()
                .map(share -> "%s:%d".formatted(share.getKey(), share.getValue()))
                .collect(Collectors.joining(" "));
    }

    public boolean isRunning() {
        return state.equals(DEPLOYED);
    }

    public boolean isPending() {
        return state.equals(PENDING);
    }
}
