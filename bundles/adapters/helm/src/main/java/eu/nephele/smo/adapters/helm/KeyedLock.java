// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.helm;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One permit per release. A permit is held while the worker works on its call, also if its caller was interrupted:
 * Helm must never change one release twice at a time.
 */
final class KeyedLock {

    private final ConcurrentMap<String, Hold> taken = new ConcurrentHashMap<>();

    final class Hold implements AutoCloseable {
        private final String release;
        private final CompletableFuture<Void> over = new CompletableFuture<>();
        private final List<CompletableFuture<Void>> calls = new ArrayList<>();

        private Hold(String release) {
            this.release = release;
        }

        /** Holds the permit until this is complete. */
        void lastUntil(CompletableFuture<Void> call) {
            calls.add(call);
        }

        @Override
        public void close() {
            CompletableFuture<Void> unused = CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new))
                    .whenComplete((done, failed) -> {
                        taken.remove(release, this);
                        over.complete(null);
                    });
        }
    }

    /** A permit of no release, for calls that only read. */
    Hold none() {
        return new Hold("");
    }

    /** @throws AdapterException {@code UNAVAILABLE} if other calls hold the permit for longer than the limit */
    Hold take(String release, Duration wait) {
        Hold mine = new Hold(release);
        long deadline = System.nanoTime() + wait.toNanos();
        for (Hold other = taken.putIfAbsent(release, mine); other != null; other = taken.putIfAbsent(release, mine)) {
            try {
                other.over.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (TimeoutException | ExecutionException busy) {
                throw busy(release, busy);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw busy(release, stopped);
            }
        }
        return mine;
    }

    private static AdapterException busy(String release, Exception why) {
        AdapterException exception = new AdapterException(
                Kind.UNAVAILABLE,
                HelmErrors.SYSTEM,
                "An earlier call of Helm for %s is still running".formatted(release),
                Optional.of(Duration.ofSeconds(2)));
        exception.initCause(why);
        return exception;
    }
}
