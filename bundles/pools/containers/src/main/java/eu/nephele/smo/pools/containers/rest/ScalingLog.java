// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.rest;

import eu.nephele.smo.api.event.EventHistory;
import eu.nephele.smo.api.event.EventHistory.KeptEvents;
import eu.nephele.smo.api.event.EventSubscriber;
import eu.nephele.smo.api.event.SmoEvent;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.pools.containers.pool.PoolFiles;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The last changes of the containers of the configured pool, as the interface of the original tells them. They are read from the events
 * that the core keeps, so that neither a restart nor another server begins anew; what was read once is not read again.
 */
@Component(
        service = {ScalingLog.class, EventSubscriber.class},
        property = {
            EventSubscriber.TYPES + "=" + ScalingEvent.DECIDED,
            EventSubscriber.TYPES + "=" + ScalingEvent.REPLACED
        })
public final class ScalingLog implements EventSubscriber {

    private static final Set<String> TYPES = Set.of(ScalingEvent.DECIDED, ScalingEvent.REPLACED);
    private static final int SHOWN = 100;

    /** More than are shown: the cool-down of a service counts from its own last one. */
    private static final int KEPT = 1000;

    private final ContainerMetrics metrics;
    private final EventHistory history;
    private final String project;

    /** Oldest first, at most {@link #KEPT}. */
    private final Deque<ScalingEvent> events = new ArrayDeque<>();

    private long reached;

    @Activate
    public ScalingLog(
            @Reference ContainerMetrics metrics, @Reference EventHistory history, @Reference PoolFiles files) {
        this.metrics = metrics;
        this.history = history;
        this.project = files.project();
    }

    /** Counts what this server publishes. */
    @Override
    public void on(SmoEvent event) {
        if (event.graph().filter(graph -> graph.project().equals(project)).isPresent()) {
            ScalingEvent.read(event).ifPresent(read -> metrics.scaled(read.service(), read.action()));
        }
    }

    /**
     * The last ones, oldest first.
     *
     * @throws eu.nephele.smo.api.runtime.SmoException {@code UNAVAILABLE} while the database is unavailable
     */
    List<ScalingEvent> latest() {
        List<ScalingEvent> all = all();
        return all.subList(Math.max(0, all.size() - SHOWN), all.size());
    }

    /** When a strategy changed the number of a service last; what a person does begins no cool-down. */
    Optional<Instant> lastStep(String service) {
        return all().stream()
                .filter(event -> event.service().equals(service) && event.beginsCooldown())
                .map(ScalingEvent::time)
                .max(Instant::compareTo);
    }

    private synchronized List<ScalingEvent> all() {
        KeptEvents fresh = history.latest(TYPES, project, reached, KEPT, CallContext.INTERNAL);
        reached = fresh.reached();
        fresh.events().stream()
                .flatMap(event -> ScalingEvent.read(event).stream())
                .forEach(events::addLast);
        while (events.size() > KEPT) {
            events.removeFirst();
        }
        return List.copyOf(events);
    }
}
