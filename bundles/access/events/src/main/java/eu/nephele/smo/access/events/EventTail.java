// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.events;

import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.core.contract.event.EventFilter;
import eu.nephele.smo.core.contract.event.EventLog;
import eu.nephele.smo.core.contract.event.StoredEvent;
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

    private final EventLog log;
    private final SseFormat format;
    private final Limits limits;
    private volatile TailWindow window = TailWindow.NONE;

    /**
     * @param events that are kept, 1 or more
     * @param bytes of them as they are sent; the newest event is kept whatever its size
     */
    record Limits(int events, int bytes) {}

    /** @param frame as it is sent */
    record TailEvent(StoredEvent event, EventFrames frame) {}

    /**
     * What one stream gets of the tail.
     *
     * @param frames as they are sent; empty when it sees none of them
     * @param checked sequence of the last event that was looked at
     */
    record TailFrames(EventFrames frames, long checked) {}

    /**
     * Events without a hole between them.
     *
     * @param floor sequence of the event before the first one
     * @param started whether the log was read; else nothing is known, not even that there is nothing
     * @param deliveries that were put together for one stream, for others that see the same
     */
    record TailWindow(boolean started, long floor, List<TailEvent> events, Map<DeliveryKey, TailFrames> deliveries) {

        private static final TailWindow NONE = new TailWindow(false, 0, List.of(), Map.of());

        TailWindow(boolean started, long floor, List<TailEvent> events) {
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
        TailFrames next(long after, StreamViewer viewer) {
            if (after >= reached()) {
                return new TailFrames(EventFrames.NONE, after);
            }
            DeliveryKey key = new DeliveryKey(after, viewer.sight());
            TailFrames known = deliveries.get(key);
            if (known != null) {
                return known;
            }
            TailFrames put = together(after, viewer);
            if (deliveries.size() < MOST_DELIVERIES) {
                deliveries.put(key, put);
            }
            return put;
        }

        private TailFrames together(long after, StreamViewer viewer) {
            List<EventFrames> frames = new ArrayList<>();
            int bytes = 0;
            long checked = after;
            for (TailEvent next : events.subList((int) (after - floor), events.size())) {
                if (bytes >= FetchedEvents.MOST_BYTES) {
                    break;
                }
                if (viewer.sees(next.event())) {
                    frames.add(next.frame());
                    bytes += next.frame().length();
                }
                checked = next.event().sequence();
            }
            return new TailFrames(EventFrames.joined(frames), checked);
        }
    }

    /** Streams with the same place and the same sight get the same. */
    record DeliveryKey(long after, StreamViewer.Sight sight) {}

    EventTail(EventLog log, SseFormat format, Limits limits) {
        this.log = log;
        this.format = format;
        this.limits = limits;
    }

    TailWindow window() {
        return window;
    }

    /** Forgets what was put together by the rights of before. */
    void judgeAnew() {
        TailWindow present = window;
        if (present.started()) {
            present.deliveries().clear();
        }
    }

    /** Keeps nothing: nobody follows. */
    void forget() {
        window = TailWindow.NONE;
    }

    /**
     * Reads on.
     *
     * @return whether to read again at once or in a moment: there was a full batch, or there is a hole that will close
     * @throws RuntimeException the log cannot be read now
     */
    ReadProgress advance() {
        TailWindow before = window;
        if (!before.started()) {
            window = new TailWindow(true, log.last(), List.of());
            return ReadProgress.DONE;
        }
        EventLog.EventPage page = log.after(before.reached(), EventFilter.ALL, BATCH, CallContext.INTERNAL);
        if (page.missing()) {
            // streams that are behind report the gap themselves
            window = new TailWindow(true, page.first() - 1, List.of());
            return ReadProgress.MORE;
        }
        if (!page.events().isEmpty()) {
            window = grown(before, page.events());
        }
        return page.incomplete()
                ? ReadProgress.HOLE
                : page.events().size() == BATCH ? ReadProgress.MORE : ReadProgress.DONE;
    }

    enum ReadProgress {
        DONE,
        MORE,
        HOLE
    }

    private TailWindow grown(TailWindow before, List<StoredEvent> fresh) {
        List<TailEvent> all = new ArrayList<>(before.events());
        fresh.forEach(event -> all.add(new TailEvent(event, format.event(event))));
        long bytes = all.stream().mapToLong(kept -> kept.frame().length()).sum();
        int dropped = 0;
        while (all.size() - dropped > 1 && (bytes > limits.bytes() || all.size() - dropped > limits.events())) {
            bytes -= all.get(dropped).frame().length();
            dropped++;
        }
        return new TailWindow(true, before.floor() + dropped, all.subList(dropped, all.size()));
    }
}
