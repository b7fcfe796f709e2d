// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import eu.nephele.smo.core.contract.event.Webhook;
import eu.nephele.smo.core.store.row.InstantColumn;
import java.time.Instant;
import java.util.List;

/**
 * Decides which events go, inside one transaction. Only the oldest go, so that the log never has holes: a reader that comes back
 * sees from the first sequence whether it missed something.
 */
final class EventRetention {

    private static final long NOBODY = Long.MAX_VALUE;
    private static final long PATIENCE = 10;

    private final Sql sql;
    private final DeliveryTable deliveries;

    EventRetention(Sql sql) {
        this.sql = sql;
        this.deliveries = new DeliveryTable(sql);
    }

    /** @return how many went, at most {@link BatchedDelete#STEP} */
    int removeOldest(Instant before, long maximum) {
        // No dead delivery is replayed meanwhile.
        List<Webhook> webhooks = deliveries.lockAll();
        long last = least("select last_sequence from event_counter where id = 1");
        long first = least("select min(sequence) from event");
        long wanted = Math.max(firstSince(before, last), beyond(last, maximum));
        long needed = Math.min(firstWaiting(), firstUnread());
        long end = Math.max(Math.min(wanted, needed), beyond(last, maximum * PATIENCE));
        if (first >= end) {
            return 0;
        }
        int gone = sql.update("delete from event where sequence < ?1", Math.min(end, first + BatchedDelete.STEP));
        if (needed < end) {
            // Deliveries went with their events.
            webhooks.forEach(webhook -> deliveries.mark(webhook.id()));
        }
        return gone;
    }

    private static long beyond(long last, long maximum) {
        return last - maximum + 1;
    }

    private long firstSince(Instant before, long last) {
        return Math.min(
                last + 1,
                least(
                        "select sequence from event where happened_at >= ?1 order by sequence fetch first 1 rows only",
                        InstantColumn.text(before)));
    }

    private long firstWaiting() {
        return least("select min(sequence) from delivery where state = 'NEXT'");
    }

    private long firstUnread() {
        long read = least("select min(sequence) from subscriber_cursor");
        return read == NOBODY ? NOBODY : read + 1;
    }

    /** The number that a query finds, {@link #NOBODY} for none. */
    private long least(String query, Object... parameters) {
        return sql.values(query, parameters).stream()
                .filter(Number.class::isInstance)
                .mapToLong(found -> ((Number) found).longValue())
                .findFirst()
                .orElse(NOBODY);
    }
}
