// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.event;

import eu.nephele.smo.api.port.Subscription;
import eu.nephele.smo.api.runtime.CallContext;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Log of published events, to be read and followed. Implemented by {@code core/events}. */
public interface EventLog {

    /**
     * Returns the events after a position in the log that the caller may see. Permissions are checked for each event,
     * at each call.
     *
     * @param place sequence of an event, 0 for the beginning
     * @param limit at most this many events are checked, 1 or more; events that do not match or may not be seen count,
     *     too
     * @throws eu.nephele.smo.api.runtime.SmoException {@code UNAVAILABLE} while the database is unavailable
     */
    EventPage after(long place, EventFilter filter, int limit, CallContext call);

    /** Returns whether the caller may see an event; from memory, for many events and callers. */
    boolean shows(StoredEvent event, CallContext call);

    /** Sequence of the oldest event that is kept; 1 more than the last when none is. */
    long first();

    /** Sequence of the last published event, 0 for none. */
    long last();

    /**
     * Notifies the listener of new events. It runs on the thread that publishes, and only wakes another one. It may be
     * called once for many events, and for events that a filter leaves out.
     */
    Subscription onPublished(Runnable listener);

    /**
     * A part of the log. Sequences have no holes; yet a database may show an event, or the number of the last event, a
     * moment before it shows what was published earlier. So everything is read, whatever the filter, and delivered only
     * as far as it follows without a hole.
     *
     * @param events those that match the filter and may be seen, in sequence
     * @param reached sequence of the last event that was checked, where the next part begins; the place itself when
     *     none was
     * @param missing whether events between the place and {@code first} are not kept any more; it goes on behind
     *     {@code first - 1}
     * @param incomplete whether there are events behind a hole: it will close in a moment
     * @param first sequence of the first event that is kept
     */
    record EventPage(List<StoredEvent> events, long reached, boolean missing, boolean incomplete, long first) {

        public EventPage {
            events = List.copyOf(events);
        }

        /**
         * @param found events behind the place as the store has them, in sequence
         * @param first of the events that are kept, read afterwards: events that were deleted meanwhile are noticed
         * @param seen whether an event matches the filter and may be seen
         */
        public static EventPage create(long place, List<StoredEvent> found, long first, Predicate<StoredEvent> seen) {
            List<StoredEvent> events = new ArrayList<>();
            long reached = place;
            for (StoredEvent event : found) {
                if (event.sequence() != reached + 1) {
                    return new EventPage(events, reached, first > place + 1, true, first);
                }
                reached++;
                if (seen.test(event)) {
                    events.add(event);
                }
            }
            return new EventPage(events, reached, first > place + 1, false, first);
        }
    }
}
