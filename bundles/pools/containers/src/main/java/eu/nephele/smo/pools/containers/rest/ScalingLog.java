// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.rest;

import eu.nephele.smo.api.event.EventSubscriber;
import eu.nephele.smo.api.event.SmoEvent;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.pools.containers.pool.PoolFiles;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The last changes of the number of containers, as the interface of the original tells them. It begins anew with each start. */
@Component(
        service = {ScalingLog.class, EventSubscriber.class},
        property = EventSubscriber.TYPES + "=" + ScalingLog.DECIDED)
public final class ScalingLog implements EventSubscriber {

    static final String DECIDED = "scaling.decision_made";

    private static final int MOST = 100;

    private final Deque<ScalingEvent> events = new ArrayDeque<>();
    private final ContainerMetrics metrics;
    private final String project;

    @Activate
    public ScalingLog(@Reference ContainerMetrics metrics, @Reference PoolFiles files) {
        this.metrics = metrics;
        this.project = files.project();
    }

    /**
     * One change.
     *
     * @param project of the service
     * @param reason measured CPU and threshold, in the words of the strategy
     */
    record ScalingEvent(String project, String service, int from, int to, String reason, Instant time) {

        String action() {
            return to > from ? "scale_up" : to < from ? "scale_down" : "no_action";
        }
    }

    @Override
    public void on(SmoEvent event) {
        Optional<ScalingEvent> change =
                read(event).filter(scaled -> scaled.project().equals(project));
        change.ifPresent(scaled -> metrics.scaled(scaled.service(), scaled.action()));
        synchronized (events) {
            change.ifPresent(events::addLast);
            while (events.size() > MOST) {
                events.removeFirst();
            }
        }
    }

    private static Optional<ScalingEvent> read(SmoEvent event) {
        OptionalInt from = number(event, "from");
        OptionalInt to = number(event, "to");
        if (event.graph().isEmpty() || event.service().isEmpty() || from.isEmpty() || to.isEmpty()) {
            return Optional.empty();
        }
        String reason = event.data().get("reason").flatMap(JsonValue::asString).orElse("");
        return Optional.of(new ScalingEvent(
                event.graph().get().project(),
                event.service().get(),
                from.getAsInt(),
                to.getAsInt(),
                reason,
                event.time()));
    }

    private static OptionalInt number(SmoEvent event, String name) {
        return event.data()
                .get(name)
                .filter(JsonNumber.class::isInstance)
                .map(value -> OptionalInt.of(((JsonNumber) value).value().intValue()))
                .orElse(OptionalInt.empty());
    }

    /** Those of a project, oldest first. */
    List<ScalingEvent> inProject(String project) {
        synchronized (events) {
            return new ArrayList<>(events)
                    .stream().filter(event -> event.project().equals(project)).toList();
        }
    }

    /** When the number of a service changed last. */
    Optional<Instant> last(String project, String service) {
        return inProject(project).stream()
                .filter(event -> event.service().equals(service))
                .map(ScalingEvent::time)
                .max(Instant::compareTo);
    }
}
