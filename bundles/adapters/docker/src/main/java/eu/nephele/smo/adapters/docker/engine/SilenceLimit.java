// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.engine;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The longest silence of an engine within one answer, for its socket on this machine: the library's own limit has no effect there, since
 * a channel has no time-out for reads. An interrupt closes a channel, so whoever waits too long is interrupted.
 */
record SilenceLimit(Duration longest) {

    /** What may wait for the engine; it fails when its thread is interrupted. */
    @FunctionalInterface
    interface AwaitedAnswer<T> {
        T await() throws IOException;
    }

    /** @throws SocketTimeoutException if it failed because it was late */
    <T> T within(AwaitedAnswer<T> answer) throws IOException {
        Thread waiting = Thread.currentThread();
        CompletableFuture<Boolean> inTime = new CompletableFuture<Boolean>();
        CompletableFuture<Boolean> judged = inTime.completeOnTimeout(false, longest.toNanos(), TimeUnit.NANOSECONDS)
                .thenApply(ended -> {
                    if (!ended) {
                        waiting.interrupt();
                    }
                    return ended;
                });
        try {
            return answer.await();
        } catch (IOException | RuntimeException failed) {
            if (isLate(inTime, judged)) {
                SocketTimeoutException late =
                        new SocketTimeoutException("no word for %d ms".formatted(longest.toMillis()));
                late.initCause(failed);
                throw late;
            }
            throw failed;
        } finally {
            isLate(inTime, judged);
        }
    }

    /** Afterwards its thread will not be interrupted any more, and is not. */
    private static boolean isLate(CompletableFuture<Boolean> inTime, CompletableFuture<Boolean> judged) {
        inTime.complete(true);
        boolean late = !judged.join();
        if (late) {
            Thread.interrupted();
        }
        return late;
    }
}
