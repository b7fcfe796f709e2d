// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.events;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.api.port.Subscription;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.event.EventDraft;
import eu.nephele.smo.core.contract.event.EventFilter;
import eu.nephele.smo.core.contract.event.EventLog;
import eu.nephele.smo.core.contract.event.StoredEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A log of events that a test fills, prunes and breaks. */
public final class InMemoryLog implements EventLog {

    private final List<StoredEvent> kept = new ArrayList<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private long last;
    private boolean broken;
    private long lag;
    private long hidden;
    private int reads;

    /** Publishes an event about the graph {@code hello} of a project. */
    public StoredEvent publish(String type, String project) {
        return publish(type, project, "");
    }

    public StoredEvent publish(String type, String project, String note) {
        StoredEvent event;
        synchronized (this) {
            last++;
            event = new StoredEvent("event-" + last, last, draft(type, project, note));
            kept.add(event);
        }
        listeners.forEach(Runnable::run);
        return event;
    }

    private static EventDraft draft(String type, String project, String note) {
        return new EventDraft(
                type,
                Instant.parse("2026-11-01T00:00:00Z"),
                Optional.of(ResourceRef.of(new GraphId(project, "hello"))),
                Optional.empty(),
                1,
                Optional.of("op-1"),
                "call-1",
                "",
                note.isEmpty() ? JsonObject.EMPTY : new JsonObject(Map.of("note", new JsonString(note))));
    }

    /** Takes out what came before. */
    public synchronized void pruneBefore(long sequence) {
        kept.removeIf(event -> event.sequence() < sequence);
    }

    public synchronized void setBroken(boolean broken) {
        this.broken = broken;
    }

    /** The number of the last event is shown later than the event, as databases do it. */
    public synchronized void setLag(long lag) {
        this.lag = lag;
    }

    /** An event is not shown yet, although later ones are; 0 for none. */
    public synchronized void hide(long sequence) {
        hidden = sequence;
    }

    /** How often events were read. */
    public synchronized int reads() {
        return reads;
    }

    public int listeners() {
        return listeners.size();
    }

    @Override
    public boolean shows(StoredEvent event, CallContext call) {
        return !event.resource()
                .map(ResourceRef::project)
                .filter("secret"::equals)
                .isPresent();
    }

    @Override
    public synchronized EventPage after(long place, EventFilter filter, int limit, CallContext call) {
        check();
        reads++;
        List<StoredEvent> found = kept.stream()
                .filter(event -> event.sequence() > place && event.sequence() != hidden)
                .limit(limit)
                .toList();
        return EventPage.create(place, found, first(), event -> filter.accepts(event) && shows(event, call));
    }

    @Override
    public synchronized long first() {
        check();
        return kept.isEmpty() ? last + 1 : kept.get(0).sequence();
    }

    @Override
    public synchronized long last() {
        check();
        return Math.max(0, last - lag);
    }

    private void check() {
        if (broken) {
            throw SmoException.of(SmoException.Kind.UNAVAILABLE, "database", "is away", Optional.empty());
        }
    }

    @Override
    public Subscription onPublished(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }
}
