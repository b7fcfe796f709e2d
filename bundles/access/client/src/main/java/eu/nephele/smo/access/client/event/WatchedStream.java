// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.event;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A stream that is closed when nothing has come for a while: the other end has died without a word, or something between has forgotten the
 * connection. Whoever reads gets an {@link IOException} then.
 */
final class WatchedStream extends FilterInputStream {

    private final Duration silence;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile long lastNanos = System.nanoTime();

    /** @param silence how long nothing may come */
    WatchedStream(InputStream stream, Duration silence) {
        super(stream);
        this.silence = silence;
        Thread watch = new Thread(this::watch, "smo-events-watch");
        watch.setDaemon(true);
        watch.start();
    }

    private void watch() {
        try {
            long left = silence.toNanos();
            while (!closed.await(left, TimeUnit.NANOSECONDS)) {
                left = silence.toNanos() - (System.nanoTime() - lastNanos);
                if (left <= 0) {
                    close();
                }
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        } catch (IOException alreadyLost) {
            // It is gone, as intended.
            return;
        }
    }

    @Override
    public int read() throws IOException {
        int one = super.read();
        lastNanos = System.nanoTime();
        return one;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = super.read(target, offset, length);
        lastNanos = System.nanoTime();
        return count;
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        super.close();
    }
}
