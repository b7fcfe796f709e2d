// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.events;

import eu.nephele.smo.access.http.StreamLimiter;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.event.EventLog;
import eu.nephele.smo.core.contract.plugin.ShutdownGate;
import eu.nephele.smo.core.contract.store.InstanceStore;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Open event streams. Each holds a thread of the HTTP server, hence their number is limited. A client that reads
 * nothing blocks its own thread only, and for a limited time.
 */
public final class EventStreams implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EventStreams.class);
    private static final Duration FULL_RETRY = Duration.ofSeconds(15);

    private final EventLog events;
    private final InstanceStore instance;
    private final PublicationSignal publicationSignal;
    private final StreamTiming timing;
    private final StreamCounts counts;
    private final ShutdownGate inside = new ShutdownGate();
    /** With the caller and what it might do when the stream was opened. */
    private final Map<SseClient, Viewing> clients = new ConcurrentHashMap<>();

    private final Function<CallContext, Optional<String>> standing;
    private final ScheduledExecutorService ticker =
            Executors.newSingleThreadScheduledExecutor(EventStreams::threadOfTicker);
    private final ScheduledFuture<?> ticks;

    private record Viewing(CallContext call, Optional<String> standing) {}

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
        this(events, instance, log, standing, StreamTiming.USUAL, new StreamCounts(Optional::empty));
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
        long tick = timing.tick().toMillis();
        this.ticks = ticker.scheduleWithFixedDelay(this::tick, 0, tick, TimeUnit.MILLISECONDS);
    }

    /**
     * @param after sequence of the last event received by the client; empty to begin with the next published event
     * @return to be written once
     * @throws SmoException {@code UNAVAILABLE}: too many streams are open, or the log is unavailable; as
     *     {@link StreamCounts#begin}
     */
    StreamingOutput open(OptionalLong after, StreamViewer viewer, StreamLimiter places) {
        long start = after.orElseGet(events::last);
        String instanceId = instance.instanceId();
        if (!inside.enter()) {
            throw full(places.most());
        }
        try {
            counts.begin(viewer, places.mostPerCaller());
        } catch (SmoException tooMany) {
            inside.leave();
            throw tooMany;
        }
        if (!places.take()) {
            counts.end(viewer);
            inside.leave();
            throw full(places.most());
        }
        return out -> serve(start, viewer, new SseClient(out, instanceId, publicationSignal), places);
    }

    private void serve(long start, StreamViewer viewer, SseClient client, StreamLimiter places) {
        clients.put(client, new Viewing(viewer.call(), standing.apply(viewer.call())));
        places.begin(client);
        try {
            new EventStream(viewer, start, client, publicationSignal, timing)
                    .run(() -> inside.isClosed() || client.isEnding());
        } catch (IOException gone) {
            log.debug("event stream client disconnected reason=\"{}\"", gone.getMessage());
        } catch (InterruptedException ended) {
            log.debug("event stream interrupted");
        } finally {
            clients.remove(client);
            places.giveBack(client);
            counts.end(viewer);
            inside.leave();
            // The thread belongs to the server: an interruption meant for this stream must not remain set.
            Thread.interrupted();
        }
    }

    private void tick() {
        try {
            clients.forEach((client, viewing) -> {
                client.giveUpAfter(timing.timeout());
                if (!client.isEnding() && !standing.apply(viewing.call()).equals(viewing.standing())) {
                    client.end();
                }
            });
            publicationSignal.follow();
        } catch (RuntimeException away) {
            // The log is being removed: the next tick finds its successor.
            log.debug("subscribing to the event log failed", away);
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
        publicationSignal.beat();
        if (inside.awaitLast(timing.shutdownTimeout()) > 0) {
            clients.keySet().forEach(SseClient::giveUp);
        }
        ticks.cancel(false);
        ticker.shutdownNow();
        publicationSignal.close();
    }

    private static Thread threadOfTicker(Runnable body) {
        Thread thread = new Thread(body, "smo-event-streams");
        thread.setDaemon(true);
        return thread;
    }
}
