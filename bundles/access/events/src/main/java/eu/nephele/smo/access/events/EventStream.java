// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.events;

import eu.nephele.smo.core.contract.event.EventLog;
import eu.nephele.smo.core.contract.event.StoredEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the published events to one client, from the log: in sequence, each event once, gaps reported. Events that the
 * client does not read wait in the log, not in memory.
 */
final class EventStream {

    private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);

    /** Maximum number of events per read. */
    private static final int BATCH = 200;

    private static final Duration MOMENT = Duration.ofMillis(20);

    private final StreamViewer viewer;
    private final SseClient client;
    private final PublicationSignal publicationSignal;
    private final StreamTiming timing;
    private long cursor;
    private long told;
    private long heard;
    private boolean begun;
    private boolean trouble;
    private boolean hurry;

    /** @param after sequence of the last event received by the client */
    EventStream(
            StreamViewer viewer,
            long after,
            SseClient client,
            PublicationSignal publicationSignal,
            StreamTiming timing) {
        this.viewer = viewer;
        this.cursor = after;
        this.client = client;
        this.publicationSignal = publicationSignal;
        this.timing = timing;
    }

    /** Runs until it is stopped or the client is gone. */
    void run(BooleanSupplier ending) throws IOException, InterruptedException {
        client.greet(cursor);
        told = System.nanoTime();
        // Counted before the check: the beat that signals the end is not missed.
        for (long seen = publicationSignal.count(); !ending.getAsBoolean(); seen = publicationSignal.count()) {
            if (goOn()) {
                continue;
            }
            // A database may show an event a moment after its publication was signalled.
            hurry |= seen != heard;
            heard = seen;
            if (!beat()) {
                publicationSignal.await(seen, rest());
            }
        }
        client.farewell();
    }

    private boolean beat() throws IOException {
        if (System.nanoTime() - told < timing.heartbeat().toNanos()) {
            return false;
        }
        client.heartbeat(cursor);
        told = System.nanoTime();
        return true;
    }

    /** Maximum wait without a signal of new events. */
    private Duration rest() {
        Duration untilBeat = timing.heartbeat().minusNanos(System.nanoTime() - told);
        Duration wished = hurry ? MOMENT : trouble ? timing.retry() : untilBeat;
        return wished.compareTo(untilBeat) < 0 ? wished : untilBeat;
    }

    /** @return whether there may be more at once */
    private boolean goOn() throws IOException {
        EventLog.EventPage next;
        boolean lost;
        try {
            next = viewer.after(cursor, BATCH);
            lost = next.missing() || (!begun && viewer.neverReached(cursor));
        } catch (RuntimeException unreadable) {
            keepWaiting(unreadable);
            return false;
        }
        begun = true;
        trouble = false;
        if (lost) {
            client.gap(cursor, next.first());
            cursor = next.first() - 1;
            told = System.nanoTime();
            return true;
        }
        hurry = next.incomplete();
        if (next.reached() == cursor) {
            return false;
        }
        write(next.events());
        cursor = next.reached();
        return true;
    }

    private void write(List<StoredEvent> wanted) throws IOException {
        if (wanted.isEmpty()) {
            return;
        }
        StringBuilder text = new StringBuilder();
        wanted.forEach(event -> client.event(text, event));
        client.write(text.toString());
        told = System.nanoTime();
    }

    private void keepWaiting(RuntimeException unreadable) {
        if (!trouble) {
            LOG.warn("reading event log failed reason=\"{}\"; the stream waits for it", unreadable.getMessage());
            LOG.debug("reading event log failed", unreadable);
        }
        trouble = true;
    }
}
