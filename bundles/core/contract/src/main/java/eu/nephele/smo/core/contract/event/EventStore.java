// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.event;

import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/**
 * The outbox and the log of events. Changes of graphs write their events in their own transaction (see
 * {@link eu.nephele.smo.core.contract.store.TransactionalWrites}); {@link #publish} gives them their place in the
 * sequence afterwards.
 */
public interface EventStore {

    /** Writes events that belong to no change of a graph. */
    void append(List<EventDraft> events);

    /**
     * Publishes the committed and unpublished events in the order of their commits within each graph. In one
     * transaction they get the next sequences, move from the outbox to the log, and each subscribed webhook gets a
     * delivery. Called by one thread at a time.
     *
     * @param limit at most this many, 1 or more
     * @return the events published now, in sequence; empty when there are none
     */
    List<StoredEvent> publish(int limit);

    /** Published events after a sequence, in sequence. */
    List<StoredEvent> after(long sequence, EventFilter filter, int limit);

    /** Sequence of the oldest event that is kept; 1 more than the last when none is. */
    long first();

    /** Sequence of the last published event, 0 for none. */
    long last();

    /** The position of a named subscriber: the sequence of the last event that it has processed. */
    OptionalLong cursor(String subscriber);

    void saveCursor(String subscriber, long sequence);

    /**
     * Removes the oldest published events: those before the time, then those beyond the number. Events that a delivery
     * waits for, or that a named subscriber has not taken, stay, but not beyond ten times the number.
     *
     * @return how many went
     */
    long prune(Instant before, long maximum);
}
