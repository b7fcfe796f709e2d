// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.events;

import eu.nephele.smo.core.contract.event.EventFilter;
import eu.nephele.smo.core.contract.event.EventLog;
import eu.nephele.smo.core.contract.event.StoredEvent;
import java.util.List;

/**
 * Reads a log so that nothing is skipped. Sequences have no holes; yet a database may show an event, or the number of the last
 * event, a moment before it shows what was published earlier. So everything is read, whatever the client wants of it, and taken only
 * as far as it follows without a hole.
 */
final class LogReader {

    private final EventLog log;

    LogReader(EventLog log) {
        this.log = log;
    }

    /**
     * What follows a place in the log.
     *
     * @param events that follow it without a hole
     * @param missing whether events between the place and {@code first} are not kept any more
     * @param incomplete whether there are events behind a hole: it will close in a moment
     * @param first sequence of the first event that is kept
     */
    record Part(List<StoredEvent> events, boolean missing, boolean incomplete, long first) {}

    /** @param limit at most this many events, 1 or more */
    Part after(long place, int limit) {
        List<StoredEvent> found = log.after(place, EventFilter.ALL, limit);
        // Asked afterwards: what was taken out while we read is noticed.
        long first = log.first();
        int count = 0;
        while (count < found.size() && found.get(count).sequence() == place + 1 + count) {
            count++;
        }
        return new Part(found.subList(0, count), first > place + 1, count < found.size(), first);
    }

    /** Whether this log has never come as far as a place: then the place is of another log. */
    boolean neverReached(long place) {
        return place > log.last() && log.after(place - 1, EventFilter.ALL, 1).isEmpty();
    }
}
