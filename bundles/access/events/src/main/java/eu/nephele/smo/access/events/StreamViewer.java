// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.events;

import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.core.contract.event.EventFilter;
import eu.nephele.smo.core.contract.event.EventLog;
import eu.nephele.smo.core.contract.event.StoredEvent;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** @param log checks the permission for each event, because rights may change while a stream is open */
record StreamViewer(EventFilter filter, EventLog log, CallContext call) {

    /** What determines which events are seen: those with the same see the same, at any one moment. */
    record Sight(EventFilter filter, String principal, Optional<Rights> rights) {}

    /** As of {@link CallContext.Remote}, without the address. */
    record Rights(Map<String, Set<String>> roles, Set<String> groups, String credential) {}

    Sight sight() {
        return new Sight(
                filter,
                call.origin().principal(),
                call.remote().map(remote -> new Rights(remote.roles(), remote.groups(), remote.credential())));
    }

    /** @param limit maximum number of events to read, at least 1 */
    EventLog.EventPage after(long place, int limit) {
        return log.after(place, filter, limit, call);
    }

    /** Returns whether an event matches the filter and may be seen. */
    boolean sees(StoredEvent event) {
        return filter.accepts(event) && log.shows(event, call);
    }

    /** Returns whether a sequence is beyond the end of the log: then it belongs to another log. */
    boolean neverReached(long place) {
        if (place <= log.last()) {
            return false;
        }
        EventLog.EventPage there = after(place - 1, 1);
        return there.reached() < place && !there.incomplete();
    }
}
