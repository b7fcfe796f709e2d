// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Outcome of a request as returned by the server.
 *
 * @param graph path of the graph that it changes, "" for plugins
 * @param plugin the plugin that it changes, "" for others
 * @param message progress or outcome, "" for none
 */
public record OperationView(String path, String graph, String plugin, String kind, String state, String message) {

    private static final Set<String> OPEN = Set.of("PENDING", "RUNNING");

    /** Empty when the answer is not an operation: the graph had the requested state already. */
    public static Optional<OperationView> read(JsonNode json) {
        String graph = json.path("graph").path("href").asText("");
        return graph.isEmpty() ? Optional.empty() : Optional.of(create(json, graph, ""));
    }

    /** Empty when the answer is not an operation on a plugin. */
    public static Optional<OperationView> ofPlugin(JsonNode json) {
        return Optional.ofNullable(json.path("plugin").textValue()).map(plugin -> create(json, "", plugin));
    }

    private static OperationView create(JsonNode json, String graph, String plugin) {
        String error = json.path("error").path("message").asText("");
        return new OperationView(
                json.path("href").asText(),
                graph,
                plugin,
                json.path("kind").asText(),
                json.path("state").asText(),
                error.isEmpty() ? json.path("message").asText("") : error);
    }

    public boolean isOpen() {
        return OPEN.contains(state);
    }

    public boolean hasFailed() {
        return !isOpen() && !state.equals("SUCCEEDED");
    }

    public String text() {
        String told = message.isEmpty() ? "" : ": " + message;
        return "%s is %s%s (%s)"
                .formatted(kind.toLowerCase(Locale.ROOT).replace('_', ' '), state.toLowerCase(Locale.ROOT), told, path);
    }
}
