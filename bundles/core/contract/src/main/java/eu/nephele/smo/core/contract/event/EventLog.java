// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.event;

import eu.nephele.smo.api.port.Subscription;
import eu.nephele.smo.api.runtime.CallContext;
import java.util.List;

/** What was published, to be read and followed. Implemented by {@code core/events}. */
public interface EventLog {

    /**
     * Published events after a sequence, in sequence.
     *
     * @param sequence 0 for the beginning
     * @param limit at most this many, 1 or more
     * @throws eu.nephele.smo.api.runtime.SmoException {@code UNAVAILABLE} while the database is away
     */
    List<StoredEvent> after(long sequence, EventFilter filter, int limit);

    /** Whether somebody may see an event: asked by whoever hands events on, for each. */
    boolean shows(StoredEvent event, CallContext call);

    /** Sequence of the oldest event that is kept; 1 more than the last when none is. */
    long first();

    /** Sequence of the last published event, 0 for none. */
    long last();

    /**
     * Says that there is something new to read. The listener runs on the thread that publishes: it only wakes somebody. It may be
     * called once for many events, and for events that a filter leaves out.
     */
    Subscription onPublished(Runnable listener);
}
