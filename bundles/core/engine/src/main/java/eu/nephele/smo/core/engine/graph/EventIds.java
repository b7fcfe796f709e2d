// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.graph;

import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.Trigger;
import eu.nephele.smo.api.model.Trigger.EventRule;
import eu.nephele.smo.core.contract.store.Desired;
import eu.nephele.smo.core.contract.store.GraphSummary;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The events that the conditional services of one graph wait for: service → ids. Small, so it is kept when the graph is not. */
record EventIds(Instant createdAt, long generation, Map<String, Set<String>> byService) {

    static EventIds of(Desired desired, Graph graph) {
        Map<String, Set<String>> events = new TreeMap<>();
        graph.services().forEach(service -> {
            if (service.trigger() instanceof Trigger.OnEvent trigger) {
                events.put(
                        service.id(),
                        trigger.events().stream().map(EventRule::id).collect(Collectors.toSet()));
            }
        });
        return new EventIds(desired.createdAt(), desired.generation(), events);
    }

    boolean answers(GraphSummary graph) {
        return generation == graph.generation() && createdAt.equals(graph.createdAt());
    }
}
