// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.events;

import eu.nephele.smo.core.contract.event.EventLog;
import eu.nephele.smo.core.contract.event.StoredEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What one stream that is behind the {@link EventTail} has read of the log.
 *
 * @param frames to be sent, may be empty
 * @param cursor sequence of the last event that was checked
 * @param rest until the next read makes sense
 * @param known whether the log could be read
 */
record FetchedEvents(EventFrames frames, long cursor, Duration rest, boolean known) {

    /** Maximum number of events per read. */
    private static final int BATCH = 50;

    /** A slow client holds this much, and the rest of one event. */
    static final int MOST_BYTES = 16 * 1024;

    /** A database may show an event a moment after its publication was signalled. */
    private static final Duration MOMENT = Duration.ofMillis(20);

    /** The log cannot be read. */
    static FetchedEvents unknown(long cursor, Duration rest) {
        return new FetchedEvents(EventFrames.NONE, cursor, rest, false);
    }

    /**
     * @param first whether this is the first read of the stream, whose position comes from the client
     * @throws RuntimeException the log cannot be read now
     */
    static FetchedEvents read(StreamViewer viewer, long cursor, boolean first, SseFormat format) {
        EventLog.EventPage page = viewer.after(cursor, BATCH);
        if (page.missing() || (first && viewer.neverReached(cursor))) {
            return new FetchedEvents(format.gap(cursor, page.first()), page.first() - 1, Duration.ZERO, true);
        }
        List<EventFrames> frames = new ArrayList<>();
        int bytes = 0;
        for (StoredEvent event : page.events()) {
            if (bytes >= MOST_BYTES) {
                return new FetchedEvents(EventFrames.joined(frames), event.sequence() - 1, Duration.ZERO, true);
            }
            EventFrames frame = format.event(event);
            frames.add(frame);
            bytes += frame.length();
        }
        boolean stays = page.reached() == cursor;
        return new FetchedEvents(EventFrames.joined(frames), page.reached(), stays ? MOMENT : Duration.ZERO, true);
    }
}
