// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.events;

import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads new events and writes them to the streams that follow. After a round it rests three times as long as the round
 * took, so that thousands of streams take a quarter of a processor at most; what is published meanwhile goes out
 * together.
 */
final class EventFanOut implements Runnable, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EventFanOut.class);

    private static final int RESTS_PER_ROUND = 3;

    private static final Duration LONGEST_REST = Duration.ofSeconds(1);

    /** A database may show an event a moment after its publication was signalled. */
    private static final Duration MOMENT = Duration.ofMillis(20);

    private final Collection<EventStream> streams;
    private final PublicationSignal signal;
    private final StreamTiming timing;
    private volatile Optional<EventTail> tail = Optional.empty();
    private volatile boolean closed;
    private boolean troubled;

    EventFanOut(Collection<EventStream> streams, PublicationSignal signal, StreamTiming timing) {
        this.streams = streams;
        this.signal = signal;
        this.timing = timing;
    }

    void follow(EventTail followed) {
        tail = Optional.of(followed);
        signal.beat();
    }

    @Override
    public void run() {
        try {
            long heard = signal.count();
            while (!closed) {
                long seen = signal.count();
                Duration rest = guarded(seen != heard);
                heard = seen;
                signal.await(seen, rest);
            }
        } catch (InterruptedException ended) {
            LOG.debug("event streams end", ended);
        }
    }

    /** A fault ends a round, not the streams. */
    private Duration guarded(boolean signalled) throws InterruptedException {
        try {
            return round(signalled);
        } catch (RuntimeException | LinkageError fault) {
            LOG.error("writing events to streams failed", fault);
            return timing.tick();
        }
    }

    /**
     * @param signalled whether something was published since the last round
     * @return until the next round without a signal
     */
    private Duration round(boolean signalled) throws InterruptedException {
        if (streams.isEmpty()) {
            tail.ifPresent(EventTail::forget);
            return timing.tick();
        }
        EventTail.ReadProgress progress = advance();
        long begin = System.nanoTime();
        streams.forEach(EventStream::advance);
        Duration rest = Duration.ofNanos(System.nanoTime() - begin).multipliedBy(RESTS_PER_ROUND);
        Thread.sleep(Math.min(rest.toMillis(), LONGEST_REST.toMillis()));
        return switch (progress) {
            case MORE -> Duration.ZERO;
            case HOLE -> MOMENT;
            case DONE -> signalled ? MOMENT : timing.tick();
        };
    }

    private EventTail.ReadProgress advance() throws InterruptedException {
        try {
            EventTail.ReadProgress progress = tail.map(EventTail::advance).orElse(EventTail.ReadProgress.DONE);
            troubled = false;
            return progress;
        } catch (RuntimeException unreadable) {
            if (!troubled) {
                LOG.warn("reading event log failed reason=\"{}\"; the streams wait for it", unreadable.getMessage());
                LOG.debug("reading event log failed", unreadable);
            }
            troubled = true;
            Thread.sleep(timing.retry().toMillis());
            return EventTail.ReadProgress.MORE;
        }
    }

    @Override
    public void close() {
        closed = true;
        signal.beat();
    }
}
