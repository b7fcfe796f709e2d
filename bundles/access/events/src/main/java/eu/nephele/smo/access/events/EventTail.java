// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.events;

import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.core.contract.event.EventFilter;
import eu.nephele.smo.core.contract.event.EventLog;
import eu.nephele.smo.core.contract.event.StoredEvent;
import java.util.ArrayList;
import java.util.List;

/**
 * The newest events of the log, read and rendered once for all streams. Streams that are behind it read the log
 * themselves. One thread advances it, any may look.
 */
final class EventTail {

    /** Maximum number of events per read. */
    private static final int BATCH = 200;

    private final EventLog log;
    private final SseFormat format;
    private final Limits limits;
    private volatile Window window = Window.NONE;

    /**
     * @param events that are kept, 1 or more
     * @param bytes of them as they are sent; the newest event is kept whatever its size
     */
    record Limits(int events, int bytes) {}

    /** @param frame as it is sent; not to be changed */
    record TailEvent(StoredEvent event, byte[] frame) {}

    /**
     * Events without a hole between them.
     *
     * @param floor sequence of the event before the first one
     * @param started whether the log was read; else nothing is known, not even that there is nothing
     */
    record Window(boolean started, long floor, List<TailEvent> events) {

        private static final Window NONE = new Window(false, 0, List.of());

        Window {
            events = List.copyOf(events);
        }

        /** Returns whether this window has everything that there is after a sequence. */
        boolean covers(long sequence) {
            return started && sequence >= floor;
        }

        /** Sequence of the newest event. */
        long reached() {
            return floor + events.size();
        }

        /** The events after a sequence that is covered. */
        List<TailEvent> after(long sequence) {
            return sequence >= reached() ? List.of() : events.subList((int) (sequence - floor), events.size());
        }
    }

    EventTail(EventLog log, SseFormat format, Limits limits) {
        this.log = log;
        this.format = format;
        this.limits = limits;
    }

    Window window() {
        return window;
    }

    /** Keeps nothing: nobody follows. */
    void forget() {
        window = Window.NONE;
    }

    /**
     * Reads on.
     *
     * @return whether to read again at once or in a moment: there was a full batch, or there is a hole that will close
     * @throws RuntimeException the log cannot be read now
     */
    Progress advance() {
        Window before = window;
        if (!before.started()) {
            window = new Window(true, log.last(), List.of());
            return Progress.DONE;
        }
        EventLog.EventPage page = log.after(before.reached(), EventFilter.ALL, BATCH, CallContext.INTERNAL);
        if (page.missing()) {
            // streams that are behind report the gap themselves
            window = new Window(true, page.first() - 1, List.of());
            return Progress.MORE;
        }
        if (!page.events().isEmpty()) {
            window = grown(before, page.events());
        }
        return page.incomplete()
                ? Progress.HOLE
                : page.events().size() == BATCH ? Progress.MORE : Progress.DONE;
    }

    enum Progress {
        DONE,
        MORE,
        HOLE
    }

    private Window grown(Window before, List<StoredEvent> fresh) {
        List<TailEvent> all = new ArrayList<>(before.events());
        fresh.forEach(event -> all.add(new TailEvent(event, format.event(event))));
        long bytes = all.stream().mapToLong(kept -> kept.frame().length).sum();
        int dropped = 0;
        while (all.size() - dropped > 1 && (bytes > limits.bytes() || all.size() - dropped > limits.events())) {
            bytes -= all.get(dropped).frame().length;
            dropped++;
        }
        return new Window(true, before.floor() + dropped, all.subList(dropped, all.size()));
    }
}
