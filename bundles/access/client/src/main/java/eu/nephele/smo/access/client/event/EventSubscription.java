// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.event;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.access.client.call.CallFactory;
import eu.nephele.smo.access.client.call.RetryPolicy;
import eu.nephele.smo.access.client.call.SmoProblemException;
import eu.nephele.smo.access.client.call.SmoRequest;
import eu.nephele.smo.access.client.call.SmoUnreachableException;
import eu.nephele.smo.access.client.json.JsonFields;
import eu.nephele.smo.access.client.json.JsonTreeReader;
import eu.nephele.smo.access.client.json.UnexpectedAnswerException;
import eu.nephele.smo.access.client.model.SmoCloudEvent;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Events as they happen, none of them missed: it connects again when the connection is lost, and resumes where the stream was, which
 * the server also says when the filter leaves everything out. A connection on which nothing comes for {@link #SILENCE} is lost, too: the
 * server sends a heartbeat every 15 s. One thread takes events; any thread may close it.
 */
public final class EventSubscription implements AutoCloseable {

    /** Three heartbeats of the server. */
    static final Duration SILENCE = Duration.ofSeconds(45);

    private static final String PATH = CallFactory.nativePath("events", "stream");
    private static final String GAP = "gap";

    private final CallFactory calls;
    private final EventSelection filter;
    private final Consumer<EventGap> gaps;
    private final ReconnectDelay delay;
    private final Duration silence;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicReference<@Nullable InputStream> open = new AtomicReference<>();
    private volatile String lastEventId;
    private @Nullable ServerSentEventReader messages;

    /**
     * @param lastEventId sequence of the last event that is known, or what {@link #lastEventId()} was; "" to begin with the first
     *     {@link #next()}
     * @param gaps is told of events that the server did not keep
     */
    public EventSubscription(
            CallFactory calls,
            EventSelection filter,
            String lastEventId,
            Consumer<EventGap> gaps,
            ReconnectDelay delay) {
        this(calls, filter, lastEventId, gaps, delay, SILENCE);
    }

    /** @param silence after which a connection is lost */
    EventSubscription(
            CallFactory calls,
            EventSelection filter,
            String lastEventId,
            Consumer<EventGap> gaps,
            ReconnectDelay delay,
            Duration silence) {
        this.silence = silence;
        this.calls = calls;
        this.filter = filter;
        this.lastEventId = lastEventId;
        this.gaps = gaps;
        this.delay = delay;
    }

    /**
     * Waits for the next event, through lost connections and restarts of the server; empty when the subscription is closed. What the
     * receiver of gaps throws is thrown here.
     *
     * @throws SmoProblemException when the server refuses the subscription
     * @throws UnexpectedAnswerException when a message is no event; the next call goes on behind it
     */
    public Optional<SmoCloudEvent> next() {
        while (closed.getCount() > 0) {
            Optional<SmoCloudEvent> event = message().flatMap(this::taken);
            if (event.isPresent()) {
                return event;
            }
        }
        return Optional.empty();
    }

    /**
     * Where the stream is, to resume there: sequence of the last event that was taken, or of a later one that the filter leaves out;
     * that of the beginning before the first one, "" before the first connection.
     */
    public String lastEventId() {
        return lastEventId;
    }

    @Override
    public void close() {
        closed.countDown();
        disconnect();
    }

    /** The next message; empty after a pause when the connection is lost. */
    private Optional<ServerSentEvent> message() {
        try {
            Optional<ServerSentEvent> message = connected().next();
            if (message.isEmpty()) {
                throw new IOException("The server has ended the stream of events");
            }
            delay.reset();
            return message;
        } catch (IOException | SmoUnreachableException lost) {
            disconnect();
            pause();
        } catch (SmoProblemException refused) {
            if (!RetryPolicy.isWorthARetry(refused.status())) {
                throw refused;
            }
            pause();
        }
        return Optional.empty();
    }

    private Optional<SmoCloudEvent> taken(ServerSentEvent message) {
        Optional<SmoCloudEvent> event = Optional.empty();
        if (message.name().equals(GAP)) {
            gaps.accept(understood(message, EventSubscription::gap));
        } else if (!message.data().isEmpty()) {
            event = Optional.of(understood(message, SmoCloudEvent::from));
        }
        if (!message.id().isEmpty()) {
            lastEventId = message.id();
        }
        return event;
    }

    private static <T> T understood(ServerSentEvent message, Function<JsonNode, T> reader) {
        try {
            return reader.apply(new JsonTreeReader().read(message.data()));
        } catch (IOException | UnexpectedAnswerException noEvent) {
            throw new UnexpectedAnswerException(
                    "The message '%s' (id '%s') of the stream of events is no event: %s"
                            .formatted(message.name(), message.id(), noEvent.getMessage()),
                    noEvent);
        }
    }

    private static EventGap gap(JsonNode data) {
        JsonFields fields = new JsonFields(data);
        return new EventGap(fields.number("after"), fields.number("first"));
    }

    private ServerSentEventReader connected() {
        ServerSentEventReader present = messages;
        if (present != null) {
            return present;
        }
        SmoRequest request = SmoRequest.get(PATH + filter.query()).with("Accept", "text/event-stream");
        InputStream stream = new WatchedStream(
                calls.sender().open(lastEventId.isEmpty() ? request : request.with("Last-Event-ID", lastEventId)),
                silence);
        open.set(stream);
        ServerSentEventReader reader = new ServerSentEventReader(stream);
        messages = reader;
        if (closed.getCount() == 0) {
            disconnect();
        }
        return reader;
    }

    private void disconnect() {
        messages = null;
        InputStream stream = open.getAndSet(null);
        if (stream != null) {
            try {
                stream.close();
            } catch (IOException alreadyLost) {
                // It is gone, as intended.
                return;
            }
        }
    }

    private void pause() {
        Duration pause = delay.grow();
        try {
            if (closed.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            close();
        }
    }
}
