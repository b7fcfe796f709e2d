// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A graph as returned by the server.
 *
 * @param assignment counts decisions that changed placement or replicas
 * @param decisionId placement decision in force
 * @param services in descriptor order
 */
public record DisplayedGraph(
        String project,
        String name,
        String phase,
        boolean staticPlacement,
        long assignment,
        Optional<String> decisionId,
        List<DisplayedService> services,
        JsonNode json) {

    private static final Set<String> SETTLED = Set.of("RUNNING", "WAITING");

    public DisplayedGraph {
        services = List.copyOf(services);
    }

    public static DisplayedGraph from(JsonNode json) {
        List<DisplayedService> services = new ArrayList<>();
        json.path("services").forEach(service -> services.add(DisplayedService.from(service)));
        return new DisplayedGraph(
                json.path("project").asText(),
                json.path("name").asText(),
                json.path("phase").asText(),
                json.path("staticPlacement").asBoolean(),
                json.path("assignment").asLong(),
                Optional.ofNullable(json.path("decisionId").textValue()),
                services,
                json);
    }

    public boolean isSettled() {
        return SETTLED.contains(phase);
    }

    public String phaseInWords() {
        return phase.equals("WAITING") ? "running, except what waits for its event" : phase.toLowerCase(Locale.ROOT);
    }

    public Optional<DisplayedService> service(String service) {
        return services.stream().filter(each -> each.name().equals(service)).findFirst();
    }

    /** Services that do not wait for an event. */
    public List<DisplayedService> active() {
        return services.stream().filter(service -> !service.isPending()).toList();
    }

    public Set<String> clusters() {
        Set<String> clusters = new TreeSet<>();
        active().forEach(service -> clusters.addAll(service.clusters()));
        return clusters;
    }

    /** Message of a condition that does not hold; empty when it holds or is missing. */
    public Optional<String> failing(String condition, String reason) {
        for (JsonNode each : json.path("conditions")) {
            if (each.path("type").asText().equals(condition)
                    && each.path("status").asText().equals("False")
                    && each.path("reason").asText().equals(reason)) {
                return Optional.of(each.path("message").asText());
            }
        }
        return Optional.empty();
    }

    /** A missing node if the service is unknown. */
    public JsonNode descriptorOf(String service) {
        for (JsonNode each : json.path("hdaGraph").path("services")) {
            if (each.path("id").asText().equals(service)) {
                return each;
            }
        }
        return MissingNode.getInstance();
    }

    public String trouble() {
        List<String> troubles = troubles();
        return troubles.isEmpty() ? "it does not say why" : String.join("; ", troubles);
    }

    public boolean hasTrouble() {
        return !troubles().isEmpty();
    }

    /** Returns the unmet conditions of a running graph by type, with their messages. */
    public List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        json.path("conditions").forEach(condition -> {
            String message = condition.path("message").asText("");
            if (condition.path("status").asText().equals("False") && !message.isEmpty()) {
                remarks.add("%s: %s".formatted(condition.path("type").asText(), message));
            }
        });
        return remarks;
    }

    private List<String> troubles() {
        List<String> trouble = new ArrayList<>();
        json.path("conditions").forEach(condition -> {
            String message = condition.path("message").asText("");
            if (condition.path("status").asText().equals("False") && !message.isEmpty()) {
                trouble.add(message);
            }
        });
        services.stream()
                .filter(service -> !service.message().isEmpty() && !service.isPending())
                .map(service -> service.name() + ": " + service.message())
                .forEach(trouble::add);
        return trouble.stream().distinct().toList();
    }
}
