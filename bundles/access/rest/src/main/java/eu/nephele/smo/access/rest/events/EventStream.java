// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.events;

import eu.nephele.smo.core.contract.event.EventFilter;
import eu.nephele.smo.core.contract.event.EventLog;
import eu.nephele.smo.core.contract.event.StoredEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells one client what is published, from the log: in sequence, each event once, none left out without saying so. What the
 * client does not take waits in the log, not in memory.
 */
final class EventStream {

    private static final Logger log = LoggerFactory.getLogger(EventStream.class);

    /** Events that are read at once. */
    private static final int BATCH = 200;

    private final EventLog events;
    private final EventFilter filter;
    private final Client client;
    private final Pulse pulse;
    private final StreamTiming timing;
    private long cursor;
    private boolean begun;
    private boolean failing;

    /** @param after sequence of the last event that the client has */
    EventStream(EventLog events, EventFilter filter, long after, Client client, Pulse pulse, StreamTiming timing) {
        this.events = events;
        this.filter = filter;
        this.cursor = after;
        this.client = client;
        this.pulse = pulse;
        this.timing = timing;
    }

    /** Goes on until told to end, or until the client is gone. */
    void run(BooleanSupplier ending) throws IOException, InterruptedException {
        client.greet(cursor);
        long told = System.nanoTime();
        // Counted before asking: the beat that tells of the end is not missed.
        for (long seen = pulse.count(); !ending.getAsBoolean(); seen = pulse.count()) {
            if (tellNext()) {
                told = System.nanoTime();
                continue;
            }
            long quiet = System.nanoTime() - told;
            if (quiet >= timing.heartbeat().toNanos()) {
                client.heartbeat(cursor);
                told = System.nanoTime();
                continue;
            }
            Duration rest = timing.heartbeat().minusNanos(quiet);
            pulse.await(seen, failing && timing.retry().compareTo(rest) < 0 ? timing.retry() : rest);
        }
        client.farewell();
    }

    /** @return whether the client was told something */
    private boolean tellNext() throws IOException {
        List<StoredEvent> next;
        // Asked before the events: not larger than what is read below.
        long last;
        // Asked after them: what was taken out while we read is noticed.
        long first;
        boolean lost;
        try {
            last = events.last();
            next = events.after(cursor, filter, BATCH);
            first = events.first();
            lost = first > cursor + 1 || (!begun && isOfAnotherLog(last));
            begun = true;
            failing = false;
        } catch (RuntimeException unreadable) {
            keepWaiting(unreadable);
            return false;
        }
        if (lost) {
            client.gap(cursor, first);
            cursor = first - 1;
            return true;
        }
        if (!next.isEmpty()) {
            tell(next);
            cursor = next.get(next.size() - 1).sequence();
        }
        if (next.size() < BATCH) {
            // What the filter left out need not be looked at again.
            cursor = Math.max(cursor, last);
        }
        return !next.isEmpty();
    }

    /** The number of the last event alone does not tell: databases have been seen to show it a moment later than the event. */
    private boolean isOfAnotherLog(long last) {
        return cursor > last && events.after(cursor - 1, EventFilter.ALL, 1).isEmpty();
    }

    private void tell(List<StoredEvent> next) throws IOException {
        StringBuilder text = new StringBuilder();
        next.forEach(event -> client.event(text, event));
        client.write(text.toString());
    }

    private void keepWaiting(RuntimeException unreadable) {
        if (!failing) {
            log.warn("The log of events cannot be read; a stream waits for it: {}", unreadable.getMessage());
            log.debug("The log of events cannot be read", unreadable);
        }
        failing = true;
    }
}
