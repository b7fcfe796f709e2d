// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

final class ServerPoller {

    private static final long LOOK_MILLIS = 200;

    private final CompletableFuture<Void> looking;
    private volatile boolean ended;

    private ServerPoller(PolledState polledState, long begun) {
        this.looking = CompletableFuture.runAsync(() -> {
            try {
                while (!ended) {
                    polledState.at((System.nanoTime() - begun) / 1e9);
                    TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        });
    }

    interface PolledState {

        /** @param seconds since the begin of polling */
        void at(double seconds) throws IOException, InterruptedException;
    }

    static ServerPoller begin(PolledState polledState) {
        return new ServerPoller(polledState, System.nanoTime());
    }

    /**
     * Ends polling after the last poll.
     *
     * @throws IOException when a poll failed
     */
    void end() throws IOException, InterruptedException {
        ended = true;
        try {
            looking.get();
        } catch (ExecutionException e) {
            throw new IOException("Polling the server failed: " + e.getMessage(), e);
        }
    }
}
