// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.events;

import eu.nephele.smo.core.contract.event.StoredEvent;
import java.time.Duration;
import java.util.List;

/** Brings events to one subscriber, on a thread of its own. */
interface Feed {

    void start();

    /** Receives the events just published, in sequence; must return quickly. */
    void published(List<StoredEvent> events);

    long lag(long lastPublished);

    /** Ends the feed; waits for the call under way, at most so long. */
    void close(Duration timeout);
}
