// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.http;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Limits the number of open streams. */
public final class StreamLimiter implements AutoCloseable {

    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final int most;
    private final int mostPerCaller;
    private final ShutdownSignal shutdownSignal;
    private final Semaphore free;
    private final Set<OpenStream> streams = ConcurrentHashMap.newKeySet();
    private volatile boolean ending;

    /** One caller may have all of them. */
    public StreamLimiter(int most, ShutdownSignal shutdownSignal) {
        this(most, most, shutdownSignal);
    }

    /** @param mostPerCaller 1 or more */
    public StreamLimiter(int most, int mostPerCaller, ShutdownSignal shutdownSignal) {
        this.most = most;
        this.mostPerCaller = mostPerCaller < most ? mostPerCaller : Integer.MAX_VALUE;
        this.shutdownSignal = shutdownSignal;
        this.free = new Semaphore(most);
    }

    /** @return false when no permit is free; else it must be released once */
    public boolean take() {
        return !ending && free.tryAcquire();
    }

    /** Registers a stream with its permit; it is notified when the REST API stops or is renewed. */
    public void begin(OpenStream stream) {
        streams.add(stream);
        if (ending || shutdownSignal.isEnding()) {
            stream.end();
        }
    }

    /** Releases the permit of a stream that has ended. */
    public void giveBack(OpenStream stream) {
        streams.remove(stream);
        giveBack();
    }

    /** Releases the permit of a stream that has not begun. */
    public void giveBack() {
        free.release();
    }

    /** Ends the open streams; their clients reconnect. */
    public void renew() {
        streams.forEach(OpenStream::end);
    }

    public int open() {
        return most - free.availablePermits();
    }

    public int most() {
        return most;
    }

    /** Streams that one caller may have open; no limit where that would be all of them. */
    public int mostPerCaller() {
        return mostPerCaller;
    }

    /** Ends all streams and waits for a limited time. */
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
