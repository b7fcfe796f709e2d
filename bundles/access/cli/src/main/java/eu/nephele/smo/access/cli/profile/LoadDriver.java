// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.profile;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends requests at a rate, whether the former ones are answered or not (an open loop): only so an overloaded service shows what it
 * can do. Latency counts from the moment that a request is due.
 */
final class LoadDriver {

    private static final int MOST_IN_FLIGHT = 2_000;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final int FIRST_ERROR = 400;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final HttpRequest request;
    private final AtomicInteger inFlight = new AtomicInteger();

    LoadDriver(URI target) {
        this.request = HttpRequest.newBuilder(target).timeout(PATIENCE).build();
    }

    /** Keeps the rate for so long; a request beyond {@value #MOST_IN_FLIGHT} open ones is left unserved. */
    LoadTestStep step(double perSecond, Duration length) {
        Queue<Double> latencies = new ConcurrentLinkedQueue<>();
        long start = System.nanoTime();
        long end = start + length.toNanos();
        long due = Math.max(1, Math.round(perSecond * length.toNanos() / NANOS_PER_SECOND));
        for (long number = 0; number < due; number++) {
            long at = start + Math.round(number * (double) NANOS_PER_SECOND / perSecond);
            for (long left = at - System.nanoTime(); left > 0; left = at - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            send(at, end, latencies);
        }
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        double seconds = (double) length.toNanos() / NANOS_PER_SECOND;
        double[] answered =
                latencies.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return new LoadTestStep(
                Instant.now(),
                perSecond,
                answered.length / seconds,
                answered.length == 0 ? PATIENCE.toSeconds() : answered[answered.length / 2]);
    }

    private void send(long due, long end, Queue<Double> latencies) {
        if (inFlight.get() >= MOST_IN_FLIGHT) {
            return;
        }
        inFlight.incrementAndGet();
        // the count says when all have ended
        CompletableFuture<?> unused = http.sendAsync(request, HttpResponse.BodyHandlers.discarding())
                .whenComplete((answer, failure) -> {
                    inFlight.decrementAndGet();
                    long now = System.nanoTime();
                    if (failure == null && answer.statusCode() < FIRST_ERROR && now <= end) {
                        latencies.add((double) (now - due) / NANOS_PER_SECOND);
                    }
                });
    }

    /** Waits until what was begun has ended, so that the next step does not pay for it. */
    void drain() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (inFlight.get() > 0 && System.nanoTime() < end) {
            LockSupport.parkNanos(NANOS_PER_SECOND / 100);
        }
    }
}
