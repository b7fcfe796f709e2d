// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.http;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Places for streams, each of which holds a thread of the HTTP server while it is open. */
public final class StreamLimiter implements AutoCloseable {

    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final int most;
    private final ShutdownSignal shutdownSignal;
    private final Semaphore free;
    private final Set<OpenStream> streams = ConcurrentHashMap.newKeySet();
    private volatile boolean ending;

    /**
     * @param most streams that are open at once
     * @param shutdownSignal of the interface
     */
    public StreamLimiter(int most, ShutdownSignal shutdownSignal) {
        this.most = most;
        this.shutdownSignal = shutdownSignal;
        this.free = new Semaphore(most);
    }

    /** @return false when there is none; else it is given back, once */
    public boolean take() {
        return !ending && free.tryAcquire();
    }

    /** A stream begins in a place that was taken; it is told when the interface goes, or has no time for it. */
    public void begin(OpenStream stream) {
        streams.add(stream);
        if (ending || shutdownSignal.isEnding()) {
            stream.end();
        }
    }

    /** The place of a stream that has ended. */
    public void giveBack(OpenStream stream) {
        streams.remove(stream);
        free.release();
    }

    /** Lets those end that are open now: their clients come again. */
    public void renew() {
        streams.forEach(OpenStream::end);
    }

    /** How many are taken now. */
    public int open() {
        return most - free.availablePermits();
    }

    /** How many there are. */
    public int most() {
        return most;
    }

    /** Lets all streams end, and waits for that a moment. */
    @Override
    public void close() {
        if (ending) {
            return;
        }
        ending = true;
        streams.forEach(OpenStream::end);
        try {
            if (!free.tryAcquire(most, FAREWELL.toMillis(), TimeUnit.MILLISECONDS)) {
                streams.forEach(OpenStream::giveUp);
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
