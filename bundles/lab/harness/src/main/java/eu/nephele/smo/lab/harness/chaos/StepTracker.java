// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Follows the events of a server to know the steps under way. */
final class StepTracker {

    /** Requests of clients, by their name in events. */
    private static final Map<String, ServerStep> ASKED_FOR = Map.of(
            "deploy", ServerStep.DEPLOY,
            "start", ServerStep.DEPLOY,
            "update", ServerStep.UPDATE,
            "rollback", ServerStep.UPDATE,
            "stop", ServerStep.STOP,
            "remove", ServerStep.REMOVE);

    private static final Set<String> END_OF_ALL = Set.of(
            "hdag.deployed",
            "hdag.started",
            "hdag.updated",
            "hdag.stopped",
            "hdag.removed",
            "hdag.failed",
            "hdag.rolled_back");
    private static final Set<String> BY_ITSELF = Set.of("failover", "return", "drain");
    private static final Set<String> END_OF_SERVICE =
            Set.of("service.deployed", "service.scaled", "service.moved", "service.removed");

    /** Graph, or graph/service → step under way. */
    private final Map<String, ServerStep> open = new HashMap<>();

    private final Set<String> alerted = new HashSet<>();
    private final Map<ServerStep, Integer> begun = new EnumMap<>(ServerStep.class);

    /** @param event events in their order */
    void apply(JsonNode event) {
        String type = event.path("type").asText();
        String subject = event.path("subject").asText();
        switch (type) {
            case "hdag.accepted" -> accepted(subject, event.at("/data/kind").asText());
            case "alert.received" -> alerted.add(subject);
            case "scaling.decision_made" -> begin(subject, ServerStep.SCALE);
            case "placement.decision_made" -> decided(subject, event.path("data"));
            default -> {
                if (END_OF_ALL.contains(type)) {
                    open.remove(subject);
                } else if (END_OF_SERVICE.contains(type)) {
                    end(subject);
                }
            }
        }
    }

    Set<ServerStep> underWay() {
        return Set.copyOf(open.values());
    }

    int begun(ServerStep step) {
        return begun.getOrDefault(step, 0);
    }

    /** @param events in any order */
    static Map<ServerStep, Integer> hit(Collection<Instant> kills, List<JsonNode> events) {
        TreeMap<Instant, JsonNode> byTime = new TreeMap<>();
        for (JsonNode event : events) {
            Instant time = Instant.parse(event.path("time").asText());
            while (byTime.containsKey(time)) {
                time = time.plusNanos(1);
            }
            byTime.put(time, event);
        }
        Map<ServerStep, Integer> hit = new EnumMap<>(ServerStep.class);
        for (Instant kill : kills) {
            StepTracker steps = new StepTracker();
            byTime.headMap(kill).values().forEach(steps::apply);
            steps.underWay().forEach(step -> hit.merge(step, 1, Integer::sum));
        }
        return hit;
    }

    /** A requested change replaces the one in progress; a request to place anew does not. */
    private void accepted(String graph, String kind) {
        ServerStep step = ASKED_FOR.get(kind);
        if (step != null) {
            open.keySet().removeIf(subject -> subject.equals(graph) || subject.startsWith(graph + "/"));
            alerted.removeIf(subject -> subject.startsWith(graph + "/"));
            begin(graph, step);
        }
    }

    private void decided(String graph, JsonNode data) {
        Set<String> placed = new TreeSet<>();
        data.path("placement").fieldNames().forEachRemaining(service -> placed.add(graph + "/" + service));
        placed.stream().filter(alerted::contains).forEach(service -> begin(service, ServerStep.ALERT));
        if (BY_ITSELF.contains(data.path("reason").asText())) {
            data.path("moved").forEach(service -> begin(graph + "/" + service.asText(), ServerStep.MOVE));
        }
    }

    private void begin(String subject, ServerStep step) {
        open.put(subject, step);
        begun.merge(step, 1, Integer::sum);
    }

    private void end(String service) {
        open.remove(service);
        alerted.remove(service);
    }
}
