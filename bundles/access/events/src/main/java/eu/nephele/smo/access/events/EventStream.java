// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.events;

import eu.nephele.smo.access.http.OpenStream;
import eu.nephele.smo.api.runtime.CallContext;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the published events to one client: in sequence, each event once, gaps reported. It has no thread: whoever has
 * news for it calls {@link #advance}, and it writes as much as the connection takes. Events that the client does not
 * read wait in the log, not in memory.
 */
final class EventStream implements WriteListener, OpenStream {

    private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);

    private final StreamViewer viewer;
    private final ResponseChannel channel;
    private final StreamSources sources;
    private final Consumer<EventStream> onEnd;

    /** Calls of {@link #advance} that are not served yet. */
    private final AtomicInteger calls = new AtomicInteger();

    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile boolean ending;
    private volatile boolean begun;

    /** Since when the connection takes nothing; 0 while it does. */
    private volatile long stalledSinceNanos;

    private volatile Optional<FetchedEvents> fetched = Optional.empty();

    // of the one thread that advances
    private long cursor;
    private boolean trusted;
    private long toldNanos;
    private long fetchAtNanos = System.nanoTime();
    private boolean greeted;
    private boolean fetching;
    private boolean troubled;
    private boolean leaving;

    /**
     * What streams have in common.
     *
     * @param fetches runs reads of the log, a few at a time
     */
    record StreamSources(EventTail tail, SseFormat format, StreamTiming timing, Consumer<Runnable> fetches) {}

    /**
     * Where a stream begins.
     *
     * @param after sequence of the last event received by the client
     * @param trusted whether it comes from the log; one of the client's may be of another log
     */
    record StreamStart(long after, boolean trusted) {}

    /** @param onEnd called once */
    EventStream(
            StreamViewer viewer,
            StreamStart start,
            ResponseChannel channel,
            StreamSources sources,
            Consumer<EventStream> onEnd) {
        this.viewer = viewer;
        this.cursor = start.after();
        this.trusted = start.trusted();
        this.channel = channel;
        this.sources = sources;
        this.onEnd = onEnd;
    }

    CallContext call() {
        return viewer.call();
    }

    boolean isEnding() {
        return ending;
    }

    @Override
    public void end() {
        ending = true;
        advance();
    }

    @Override
    public void giveUp() {
        channel.cut();
        onError(new IOException("the client does not read the end"));
    }

    /** Cuts off a client that has read nothing for that time. */
    void giveUpAfter(Duration timeout) {
        long since = stalledSinceNanos;
        if (since != 0 && System.nanoTime() - since >= timeout.toNanos()) {
            channel.cut();
            onError(new IOException("the client read nothing for too long"));
        }
    }

    @Override
    public void onWritePossible() {
        begun = true;
        advance();
    }

    @Override
    public void onError(Throwable gone) {
        LOG.debug("event stream client disconnected reason=\"{}\"", gone.getMessage());
        ending = true;
        finish();
    }

    /** Sends what there is to send. Never waits; concurrent calls are served by the one that came first. */
    void advance() {
        if (calls.getAndIncrement() != 0) {
            return;
        }
        int served;
        do {
            served = calls.get();
            step();
        } while (calls.addAndGet(-served) != 0);
    }

    private void step() {
        try {
            write();
        } catch (IOException | RuntimeException | LinkageError gone) {
            // whatever is wrong with one stream is no matter of the others
            onError(gone);
        }
    }

    private void write() throws IOException {
        while (begun && !ended.get()) {
            if (!channel.isReady()) {
                stalledSinceNanos = stalledSinceNanos == 0 ? System.nanoTime() : stalledSinceNanos;
                return;
            }
            stalledSinceNanos = 0;
            if (leaving) {
                finish();
                return;
            }
            EventFrames next = next();
            if (next.isEmpty()) {
                return;
            }
            channel.write(next);
            toldNanos = System.nanoTime();
        }
    }

    /** Returns what to send now; empty for nothing. */
    private EventFrames next() {
        if (!greeted) {
            greeted = true;
            return sources.format().greeting(cursor);
        }
        if (ending) {
            leaving = true;
            return sources.format().farewell();
        }
        EventFrames events = readableEvents();
        if (events.isEmpty()
                && System.nanoTime() - toldNanos >= sources.timing().heartbeat().toNanos()) {
            return sources.format().heartbeat(cursor);
        }
        return events;
    }

    private EventFrames readableEvents() {
        try {
            return events();
        } catch (RuntimeException unreadable) {
            trouble(unreadable);
            return EventFrames.NONE;
        }
    }

    private EventFrames events() {
        if (fetching && fetched.isEmpty()) {
            return EventFrames.NONE;
        }
        EventFrames read = fetched.map(this::taken).orElse(EventFrames.NONE);
        if (!read.isEmpty()) {
            return read;
        }
        EventTail.TailWindow window = sources.tail().window();
        if (trusted && window.covers(cursor)) {
            return fromTail(window);
        }
        if (System.nanoTime() - fetchAtNanos >= 0) {
            fetching = true;
            sources.fetches().accept(this::fetch);
        }
        return EventFrames.NONE;
    }

    private EventFrames taken(FetchedEvents read) {
        fetched = Optional.empty();
        fetching = false;
        trusted |= read.known();
        troubled &= !read.known();
        cursor = read.cursor();
        fetchAtNanos = System.nanoTime() + read.rest().toNanos();
        return read.frames();
    }

    private EventFrames fromTail(EventTail.TailWindow window) {
        EventTail.TailFrames next = window.next(cursor, viewer);
        cursor = next.checked();
        return next.frames();
    }

    /** On a thread that may wait for the database. */
    private void fetch() {
        FetchedEvents read = FetchedEvents.unknown(cursor, sources.timing().retry());
        try {
            read = FetchedEvents.read(viewer, cursor, !trusted, sources.format());
        } catch (RuntimeException unreadable) {
            trouble(unreadable);
        } finally {
            fetched = Optional.of(read);
            advance();
        }
    }

    private void trouble(RuntimeException unreadable) {
        if (!troubled) {
            LOG.warn("reading event log failed reason=\"{}\"; the stream waits for it", unreadable.getMessage());
            LOG.debug("reading event log failed", unreadable);
        }
        troubled = true;
    }

    private void finish() {
        if (ended.compareAndSet(false, true)) {
            channel.close();
            onEnd.accept(this);
        }
    }
}
