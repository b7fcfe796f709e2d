// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.events;

import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.core.contract.event.EventFilter;
import eu.nephele.smo.core.contract.event.EventLog;
import eu.nephele.smo.core.contract.event.StoredEvent;

/**
 * Somebody who looks at events.
 *
 * @param filter what they want to see
 * @param log says what they may see, at each event: rights change while a stream is open
 */
record Viewer(EventFilter filter, EventLog log, CallContext call) {

    boolean sees(StoredEvent event) {
        return filter.accepts(event) && log.shows(event, call);
    }
}
