// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.events;

import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.core.contract.event.EventFilter;
import eu.nephele.smo.core.contract.event.EventLog;
import eu.nephele.smo.core.contract.event.StoredEvent;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The newest events of the log, read and rendered once for all streams. Streams that are behind it read the log
 * themselves. One thread advances it, any may look.
 */
final class EventTail {

    /** Maximum number of events per read. */
    private static final int BATCH = 200;

    /** Streams that follow are at few places; of those that lag, each has its own. */
    private static final int MOST_DELIVERIES = 200;

    private static final byte[] NOTHING = {};

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
     * What one stream gets of the tail.
     *
     * @param frames as they are sent, shared by streams and not to be changed; empty when it sees none of them
     * @param checked sequence of the last event that was looked at
     */
    record Delivery(byte[] frames, long checked) {}

    /**
     * Events without a hole between them.
     *
     * @param floor sequence of the event before the first one
     * @param started whether the log was read; else nothing is known, not even that there is nothing
     * @param deliveries that were put together for one stream, for others that see the same
     */
    record Window(boolean started, long floor, List<TailEvent> events, Map<DeliveryKey, Delivery> deliveries) {

        private static final Window NONE = new Window(false, 0, List.of());

        Window(boolean started, long floor, List<TailEvent> events) {
            this(started, floor, List.copyOf(events), new ConcurrentHashMap<>());
        }

        /** Returns whether this window has everything that there is after a sequence. */
        boolean covers(long sequence) {
            return started && sequence >= floor;
        }

        /** Sequence of the newest event. */
        long reached() {
            return floor + events.size();
        }

        /**
         * Returns what a stream gets next.
         *
         * @param after sequence that is covered
         * @throws RuntimeException the rights cannot be checked now
         */
        Delivery next(long after, StreamViewer viewer) {
            if (after >= reached()) {
                return new Delivery(NOTHING, after);
            }
            DeliveryKey key = new DeliveryKey(after, viewer.sight());
            Delivery known = deliveries.get(key);
            if (known != null) {
                return known;
            }
            Delivery put = together(after, viewer);
            if (deliveries.size() < MOST_DELIVERIES) {
                deliveries.put(key, put);
            }
            return put;
        }

        private Delivery together(long after, StreamViewer viewer) {
            ByteArrayOutputStream frames = new ByteArrayOutputStream();
            long checked = after;
            for (TailEvent next : events.subList((int) (after - floor), events.size())) {
                if (frames.size() >= FetchedEvents.MOST_BYTES) {
                    break;
                }
                if (viewer.sees(next.event())) {
                    frames.writeBytes(next.frame());
                }
                checked = next.event().sequence();
            }
            return new Delivery(frames.toByteArray(), checked);
        }
    }

    /** Streams with the same place and the same sight get the same. */
    record DeliveryKey(long after, StreamViewer.Sight sight) {}

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
