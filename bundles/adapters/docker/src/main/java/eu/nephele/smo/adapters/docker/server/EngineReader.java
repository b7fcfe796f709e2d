// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.server;

import eu.nephele.smo.adapters.docker.engine.ContainerEngine;
import eu.nephele.smo.adapters.docker.engine.EngineContainer;
import eu.nephele.smo.adapters.docker.engine.EngineFacts;
import eu.nephele.smo.api.model.Resources;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Lists one server in one call. What changes seldom is asked for seldom: what the engine is, and the limits of
 * containers of others,
 * each once while it is there. Used by one thread.
 */
final class EngineReader {

    private static final long FACTS_NANOS = Duration.ofMinutes(5).toNanos();
    private static final int NEW_AT_ONCE = 50;

    private final ContainerEngine engine;
    private final Clock clock;

    /** Limits by id; only of containers in the last listing. */
    private final Map<String, Resources> limits = new HashMap<>();

    private Optional<EngineFacts> facts = Optional.empty();
    private long factsNanos;

    EngineReader(ContainerEngine engine, Clock clock) {
        this.engine = engine;
        this.clock = clock;
    }

    ServerListing read() {
        List<EngineContainer> containers = engine.list();
        if (facts.isEmpty() || System.nanoTime() - factsNanos > FACTS_NANOS) {
            facts = Optional.of(engine.facts());
            factsNanos = System.nanoTime();
        }
        return ServerListing.arranged(containers, facts.orElseThrow(), limitsOfOthers(containers), clock.instant());
    }

    private Resources limitsOfOthers(List<EngineContainer> containers) {
        List<EngineContainer> others = containers.stream()
                .filter(container -> container.record().isEmpty() && container.isRunning())
                .toList();
        Set<String> present = others.stream().map(EngineContainer::id).collect(Collectors.toSet());
        limits.keySet().retainAll(present);
        others.stream()
                .filter(container -> !limits.containsKey(container.id()))
                .limit(NEW_AT_ONCE)
                .forEach(container -> limits.put(container.id(), engine.limits(container.id())));
        return limits.values().stream().reduce(Resources.NONE, Resources::plus);
    }
}
