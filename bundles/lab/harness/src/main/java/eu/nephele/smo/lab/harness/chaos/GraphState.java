// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.lab.harness.chaos.GraphSpec.ChaosService;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A graph as a client may believe it to be.
 *
 * @param spec empty when there is no such graph
 * @param awaited what became of its conditional services
 */
record GraphState(Optional<GraphSpec> spec, boolean running, Map<String, Awaited> awaited) {

    static final GraphState ABSENT = new GraphState(Optional.empty(), false, Map.of());

    private static final int NOT_FOUND = 404;

    GraphState {
        awaited = Map.copyOf(awaited);
    }

    enum Awaited {
        WAITS,
        INSTALLED,
        /** the answer with the outcome was lost */
        UNKNOWN
    }

    static GraphState deployed(GraphSpec spec) {
        return new GraphState(Optional.of(spec), true, Map.of()).complete();
    }

    GraphState updated(GraphSpec newSpec) {
        return new GraphState(Optional.of(newSpec), running, awaited).complete();
    }

    /** Returns the state after a start: a service installed by an event waits for its event again. */
    GraphState started() {
        return new GraphState(spec, true, Map.of()).complete();
    }

    GraphState stopped() {
        return new GraphState(spec, false, Map.of()).complete();
    }

    GraphState with(String service, Awaited what) {
        Map<String, Awaited> copy = new LinkedHashMap<>(awaited);
        copy.put(service, what);
        return new GraphState(spec, running, copy);
    }

    /** Exactly the conditional services of the descriptor; new ones wait. */
    private GraphState complete() {
        Map<String, Awaited> all = new LinkedHashMap<>();
        spec.ifPresent(it -> it.services().stream()
                .filter(ChaosService::isConditional)
                .forEach(service -> all.put(service.id(), awaited.getOrDefault(service.id(), Awaited.WAITS))));
        return new GraphState(spec, running, all);
    }

    /** Returns whether the server has the same state. */
    boolean matches(int status, JsonNode view) {
        String desired = view.path("desired").asText();
        if (spec.isEmpty()) {
            return status == NOT_FOUND || desired.equals("REMOVED");
        }
        return status != NOT_FOUND
                && desired.equals(running ? "RUNNING" : "STOPPED")
                && view.path("version").asText().equals(spec.get().version());
    }

    @Override
    public String toString() {
        return spec.map(it -> "%s version %s".formatted(running ? "running" : "stopped", it.version()))
                .orElse("absent");
    }
}
