// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.graph;

import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.Trigger;
import eu.nephele.smo.api.model.Trigger.EventRule;
import eu.nephele.smo.core.contract.store.Desired;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Facts about a graph that only its descriptor has. Small, so they stay cached when the graph does not.
 *
 * @param createdAt when the graph was accepted first
 * @param generation of the desired state that it was read from
 * @param version as the author calls it
 * @param events ids of the events that conditional services wait for, by service
 */
record DescriptorEssentials(
        Instant createdAt, long generation, String version, boolean staticPlacement, Map<String, Set<String>> events) {

    static DescriptorEssentials of(Desired desired, Graph graph) {
        Map<String, Set<String>> events = new TreeMap<>();
        graph.services().forEach(service -> {
            if (service.trigger() instanceof Trigger.OnEvent trigger) {
                events.put(
                        service.id(),
                        trigger.events().stream().map(EventRule::id).collect(Collectors.toSet()));
            }
        });
        return new DescriptorEssentials(
                desired.times().createdAt(),
                desired.generation(),
                graph.version(),
                graph.staticPlacement(),
                events.isEmpty() ? Map.of() : events);
    }

    boolean areOf(Instant created, long declared) {
        return generation == declared && createdAt.equals(created);
    }
}
