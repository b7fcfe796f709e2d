// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.events;

import eu.nephele.smo.access.http.OpenStream;
import eu.nephele.smo.api.event.SmoEvent;
import eu.nephele.smo.core.contract.event.CloudEventJson;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The end of a stream that somebody reads: writes server-sent events, and can be freed from a reader that takes nothing. */
final class SseClient implements OpenStream {

    /** Time after which an {@code EventSource} connects again. */
    private static final int RECONNECT_MILLIS = 2000;

    /**
     * The framework keeps the first 8 KiB of an answer back, flushed or not, to see whether they are all: a comment of this length
     * lets the beginning go.
     */
    private static final int PADDING = 8192;

    private final OutputStream out;
    private final String instanceId;
    private final PublicationSignal publicationSignal;
    private final Object lock = new Object();
    // guarded by lock
    private @Nullable Thread writing;
    private long writingSince;
    private boolean givenUp;
    private boolean ending;

    /** @param publicationSignal wakes the stream when it is to end */
    SseClient(OutputStream out, String instanceId, PublicationSignal publicationSignal) {
        this.out = out;
        this.instanceId = instanceId;
        this.publicationSignal = publicationSignal;
    }

    @Override
    public void end() {
        synchronized (lock) {
            ending = true;
        }
        publicationSignal.beat();
    }

    boolean isEnding() {
        synchronized (lock) {
            return ending;
        }
    }

    @Override
    public void giveUp() {
        giveUpAfter(Duration.ZERO);
    }

    /** Says where the stream begins, so that a client that is cut off before the first event can resume, too. */
    void greet(long sequence) throws IOException {
        write("retry: %d\nid: %d\n\n:%s\n\n".formatted(RECONNECT_MILLIS, sequence, " ".repeat(PADDING)));
    }

    void event(StringBuilder text, SmoEvent event) {
        text.append("id: ").append(event.sequence());
        text.append("\nevent: ").append(event.type());
        text.append("\ndata: ").append(CloudEventJson.toJson(event, instanceId)).append("\n\n");
    }

    /** Says that events after a sequence are not kept any more. */
    void gap(long after, long first) throws IOException {
        write("id: %d\nevent: gap\ndata: {\"after\":%d,\"first\":%d}\n\n".formatted(first - 1, after, first));
    }

    /** Says that the stream is alive, and how far it has come: events that the filter left out count, too. */
    void heartbeat(long sequence) throws IOException {
        write(": heartbeat\nid: %d\n\n".formatted(sequence));
    }

    void farewell() throws IOException {
        write(": this part of the server ends, connect again\n\n");
    }

    void write(String text) throws IOException {
        writing();
        try {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        } finally {
            written();
        }
        if (isGivenUp()) {
            throw new InterruptedIOException("the client took nothing for too long");
        }
    }

    private void writing() {
        synchronized (lock) {
            writing = Thread.currentThread();
            writingSince = System.nanoTime();
        }
    }

    private void written() {
        synchronized (lock) {
            writing = null;
        }
    }

    /** Returns whether it was freed. */
    boolean isGivenUp() {
        synchronized (lock) {
            return givenUp;
        }
    }

    /** Frees the thread of this stream when its reader has taken nothing for that long. */
    void giveUpAfter(Duration patience) {
        synchronized (lock) {
            Optional.ofNullable(writing)
                    .filter(thread -> System.nanoTime() - writingSince >= patience.toNanos())
                    .ifPresent(thread -> {
                        givenUp = true;
                        thread.interrupt();
                    });
        }
    }
}
