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

/** Client side of a stream: writes server-sent events, and can be freed from a client that reads nothing. */
final class SseClient implements OpenStream {

    /** Time after which an {@code EventSource} reconnects. */
    private static final int RECONNECT_MILLIS = 2000;

    /**
     * The framework holds back the first 8 KiB of an answer, flushed or not: a comment of this length releases them.
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

    /** Writes the start of the stream, so that a client that is disconnected before the first event can resume, too. */
    void greet(long sequence) throws IOException {
        write("retry: %d\nid: %d\n\n:%s\n\n".formatted(RECONNECT_MILLIS, sequence, " ".repeat(PADDING)));
    }

    void event(StringBuilder text, SmoEvent event) {
        text.append("id: ").append(event.sequence());
        text.append("\nevent: ").append(event.type());
        text.append("\ndata: ").append(CloudEventJson.toJson(event, instanceId)).append("\n\n");
    }

    /** Writes that events after a sequence are no longer kept. */
    void gap(long after, long first) throws IOException {
        write("id: %d\nevent: gap\ndata: {\"after\":%d,\"first\":%d}\n\n".formatted(first - 1, after, first));
    }

    /** Writes a heartbeat with the progress, which includes events skipped by the filter. */
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
            throw new InterruptedIOException("the client read nothing for too long");
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

    boolean isGivenUp() {
        synchronized (lock) {
            return givenUp;
        }
    }

    /** Frees the thread of this stream when its client has read nothing for that time. */
    void giveUpAfter(Duration timeout) {
        synchronized (lock) {
            Optional.ofNullable(writing)
                    .filter(thread -> System.nanoTime() - writingSince >= timeout.toNanos())
                    .ifPresent(thread -> {
                        givenUp = true;
                        thread.interrupt();
                    });
        }
    }
}
