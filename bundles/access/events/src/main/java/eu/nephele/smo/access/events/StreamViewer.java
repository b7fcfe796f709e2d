// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.events;

import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.core.contract.event.EventFilter;
import eu.nephele.smo.core.contract.event.EventLog;

/**
 * A subscriber of the event stream.
 *
 * @param filter what they want to see
 * @param log says what they may see, at each event: rights change while a stream is open
 */
record StreamViewer(EventFilter filter, EventLog log, CallContext call) {

    /** @param limit at most this many events are looked at, 1 or more */
    EventLog.EventPage after(long place, int limit) {
        return log.after(place, filter, limit, call);
    }

    /** Returns whether the log has never come as far as a place: then the place is of another log. */
    boolean neverReached(long place) {
        if (place <= log.last()) {
            return false;
        }
        EventLog.EventPage there = after(place - 1, 1);
        return there.reached() < place && !there.incomplete();
    }
}
