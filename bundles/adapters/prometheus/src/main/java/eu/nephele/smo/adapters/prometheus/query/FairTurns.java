// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.prometheus.query;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses which of too many queries are sent: those left out come first the next time, so each of n queries is sent in one of
 * n/limit turns, rounded up. Thread-safe.
 */
final class FairTurns {

    private static final Logger LOG = LoggerFactory.getLogger(FairTurns.class);
    /** Turns after which a query that has not come again is of a graph that is no more. */
    private static final long FORGOTTEN = 1_000;

    private final int limit;
    /** Query → the turn since which it has been left out. Begins anew with each start, because all wait again then. */
    private final Map<String, Long> waiting = new HashMap<>();

    private long turn;
    private int skippedBefore;

    /** @param limit most queries at a time */
    FairTurns(int limit) {
        this.limit = limit;
    }

    /** Returns the queries that are sent now: those that have waited longest first, the others in their order. */
    synchronized List<String> next(Collection<String> queries) {
        turn++;
        List<String> order = new ArrayList<>(queries);
        order.sort(Comparator.comparingLong(query -> waiting.getOrDefault(query, turn)));
        int sent = Math.min(limit, order.size());
        waiting.keySet().removeAll(order.subList(0, sent));
        order.subList(sent, order.size()).forEach(query -> waiting.putIfAbsent(query, turn));
        waiting.values().removeIf(since -> turn - since > FORGOTTEN);
        log(order.size());
        return List.copyOf(order.subList(0, sent));
    }

    /** Warns when more are left out than ever before, not with each turn. */
    private void log(int all) {
        int skipped = Math.max(0, all - limit);
        if (skipped > skippedBefore) {
            LOG.warn(
                    "descriptor queries skipped skipped={} total={} maxOwnQueries={}; they are sent next,"
                            + " meanwhile their last values count within stalenessSeconds",
                    skipped,
                    all,
                    limit);
            skippedBefore = skipped;
        }
    }
}
