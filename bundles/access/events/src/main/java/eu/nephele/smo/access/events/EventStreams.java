// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.events;

import eu.nephele.smo.access.events.EventStream.StreamSources;
import eu.nephele.smo.access.events.EventStream.StreamStart;
import eu.nephele.smo.access.http.StreamLimiter;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.event.EventLog;
import eu.nephele.smo.core.contract.plugin.ShutdownGate;
import eu.nephele.smo.core.contract.store.InstanceStore;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Open event streams. None holds a thread: one thread reads each new event once and writes it to all streams that wait
 * for it, two more read the log for streams that are behind. A client that reads nothing delays nobody and is cut off.
 */
public final class EventStreams implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EventStreams.class);
    private static final Duration FULL_RETRY = Duration.ofSeconds(15);
    private static final EventTail.Limits TAIL = new EventTail.Limits(1_000, 4 * 1024 * 1024);

    /** Standing of every caller while nobody knows: streams go on. */
    static final Optional<String> UNKNOWN = Optional.of("unknown");

    /** Each takes a connection of the database while it reads. */
    private static final int FETCHES_AT_ONCE = 2;

    private final EventLog events;
    private final InstanceStore instance;
    private final PublicationSignal publicationSignal;
    private final StreamTiming timing;
    private final StreamCounts counts;
    private final Function<CallContext, Optional<String>> standing;
    private final ShutdownGate inside = new ShutdownGate();

    /** With what the caller might do when the stream was opened. */
    private final Map<EventStream, Optional<String>> streams = new ConcurrentHashMap<>();

    private final ScheduledExecutorService ticker =
            Executors.newSingleThreadScheduledExecutor(threads("smo-event-streams"));
    private final ScheduledFuture<?> ticks;
    private final ThreadPoolExecutor fetches = new ThreadPoolExecutor(
            FETCHES_AT_ONCE,
            FETCHES_AT_ONCE,
            10,
            TimeUnit.SECONDS,
            // at most one read of each stream waits
            new LinkedBlockingQueue<>(),
            threads("smo-event-fetch"));
    private final ExecutorService fanOutThread = Executors.newSingleThreadExecutor(threads("smo-event-fan-out"));
    private final EventFanOut fanOut;
    private volatile Optional<StreamSources> sources = Optional.empty();

    /**
     * @param events looks up the log at each call
     * @param log the present log, which wakes the streams
     * @param standing as {@link eu.nephele.smo.api.runtime.Permissions#standing}: a stream ends when that of its caller
     *     has changed
     */
    public EventStreams(
            EventLog events,
            InstanceStore instance,
            Supplier<Optional<EventLog>> log,
            Function<CallContext, Optional<String>> standing) {
        this(events, instance, log, standing, StreamTiming.USUAL, new StreamCounts(Optional::empty, new StreamTally()));
    }

    EventStreams(
            EventLog events,
            InstanceStore instance,
            Supplier<Optional<EventLog>> log,
            Function<CallContext, Optional<String>> standing,
            StreamTiming timing,
            StreamCounts counts) {
        this.counts = counts;
        this.standing = standing;
        this.events = events;
        this.instance = instance;
        this.publicationSignal = new PublicationSignal(log);
        this.timing = timing;
        fetches.allowCoreThreadTimeOut(true);
        fanOut = new EventFanOut(streams.keySet(), publicationSignal, timing);
        long tick = timing.tick().toMillis();
        this.ticks = ticker.scheduleWithFixedDelay(this::tick, 0, tick, TimeUnit.MILLISECONDS);
        fanOutThread.execute(fanOut);
    }

    /**
     * Takes a permit for a stream, which {@link StreamPermit#serve} or {@link StreamPermit#giveBack} gives back.
     *
     * @param after sequence of the last event received by the client; empty to begin with the next published event
     * @throws SmoException {@code UNAVAILABLE}: too many streams are open, or the log is unavailable; as
     *     {@link StreamCounts#begin}
     */
    StreamPermit open(OptionalLong after, StreamViewer viewer, StreamLimiter places) {
        StreamStart start =
                after.isPresent() ? new StreamStart(after.getAsLong(), false) : new StreamStart(events.last(), true);
        StreamSources shared = sources();
        if (!inside.enter()) {
            throw full(places.most());
        }
        try {
            counts.begin(viewer, places.mostPerCaller());
        } catch (RuntimeException tooMany) {
            inside.leave();
            throw tooMany;
        }
        if (!places.take()) {
            counts.end(viewer);
            inside.leave();
            throw full(places.most());
        }
        return new StreamPermit(viewer, start, shared, places);
    }

    /** The id of the installation is known when its database is. */
    private StreamSources sources() {
        return sources.orElseGet(() -> {
            synchronized (this) {
                if (sources.isEmpty()) {
                    SseFormat format = new SseFormat(instance.instanceId());
                    EventTail tail = new EventTail(events, format, TAIL);
                    sources = Optional.of(new StreamSources(tail, format, timing, this::fetch));
                    fanOut.follow(tail);
                }
                return sources.orElseThrow();
            }
        });
    }

    private void fetch(Runnable read) {
        try {
            fetches.execute(read);
        } catch (RejectedExecutionException closing) {
            log.debug("event streams end", closing);
        }
    }

    /** A place that is taken. */
    final class StreamPermit {

        private final StreamViewer viewer;
        private final StreamStart start;
        private final StreamSources shared;
        private final StreamLimiter places;

        StreamPermit(StreamViewer viewer, StreamStart start, StreamSources shared, StreamLimiter places) {
            this.viewer = viewer;
            this.start = start;
            this.shared = shared;
            this.places = places;
        }

        /** Serves a client from now on; it returns at once. */
        void serve(ResponseChannel channel) {
            EventStream stream = new EventStream(viewer, start, channel, shared, this::ended);
            try {
                streams.put(stream, standing.apply(viewer.call()));
                places.begin(stream);
                channel.listen(stream);
            } catch (RuntimeException gone) {
                stream.onError(gone);
            }
            publicationSignal.beat();
        }

        private void ended(EventStream stream) {
            streams.remove(stream);
            places.giveBack(stream);
            counts.end(viewer);
            inside.leave();
        }

        /** Gives the place back when there is nobody to serve. */
        void giveBack() {
            places.giveBack();
            counts.end(viewer);
            inside.leave();
        }
    }

    private void tick() {
        try {
            // what was put together for several streams was judged a second ago at most
            sources.ifPresent(shared -> shared.tail().judgeAnew());
            streams.forEach(this::judge);
            publicationSignal.follow();
        } catch (RuntimeException | LinkageError away) {
            // The log is being removed: the next tick finds its successor.
            log.debug("subscribing to the event log failed", away);
        }
    }

    /** That one cannot be judged now is no matter of the others. */
    private void judge(EventStream stream, Optional<String> before) {
        try {
            stream.giveUpAfter(timing.timeout());
            Optional<String> now = standing.apply(stream.call());
            boolean over = now.isEmpty() || !now.equals(before);
            if (over && !stream.isEnding() && !now.equals(UNKNOWN)) {
                stream.end();
            }
        } catch (RuntimeException unknown) {
            log.debug("judging the caller of a stream failed", unknown);
        }
    }

    private static SmoException full(int maxStreams) {
        return SmoException.of(
                SmoException.Kind.UNAVAILABLE,
                "smo",
                ("The limit of %d open event streams is reached (maxStreams of the PID %s)."
                                + " Close one, ask GET /api/v1/events, or register a webhook")
                        .formatted(maxStreams, "eu.nephele.smo.access.rest"),
                Optional.of(FULL_RETRY));
    }

    /** Ends all streams and waits for a limited time. */
    @Override
    public void close() {
        if (inside.isClosed()) {
            return;
        }
        inside.close();
        streams.keySet().forEach(EventStream::end);
        if (inside.awaitLast(timing.shutdownTimeout()) > 0) {
            streams.keySet().forEach(EventStream::giveUp);
        }
        fanOut.close();
        ticks.cancel(false);
        ticker.shutdownNow();
        fanOutThread.shutdownNow();
        fetches.shutdownNow();
        publicationSignal.close();
    }

    private static ThreadFactory threads(String name) {
        return body -> {
            Thread thread = new Thread(body, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
