// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.engine;

import eu.nephele.smo.lab.harness.server.RawResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** Concurrent clients, each with one request after the other. A client retries when the server says so. */
final class ClosedLoop {

    private static final int FIRST_FAILURE = 400;
    private static final int TOO_MANY = 429;
    private static final int UNAVAILABLE = 503;
    private static final String RETRY_AFTER = "Retry-After";

    private final EngineServer server;
    private final KeptConnections connections;
    private final int clients;
    private final AtomicInteger taken = new AtomicInteger();

    ClosedLoop(EngineServer server, KeptConnections connections, int clients) {
        this.server = server;
        this.connections = connections;
        this.clients = clients;
    }

    /** @param body "" for none */
    record HttpRequestSpec(String method, String path, String body) {

        static HttpRequestSpec get(String path) {
            return new HttpRequestSpec("GET", path, "");
        }
    }

    interface RequestMaker {

        HttpRequestSpec create(int number);
    }

    /**
     * @param putOff number of answers that asked for a retry
     * @param clientCpuMillis whole processor time of our own process meanwhile
     */
    record CallOutcomeClass(LatencyHistogram latencies, int putOff, long clientCpuMillis) {

        double clientCpuMillisPerCall() {
            return clientCpuMillis / (double) Math.max(1, latencies.count());
        }
    }

    int taken() {
        return taken.get();
    }

    /** Number of accepted calls whose operations have ended; no other client may begin operations meanwhile. */
    long done() throws IOException, InterruptedException {
        // first the accepted ones: calls accepted between the two reads must not count as done
        long before = taken.get();
        return before - server.openOperations();
    }

    /**
     * Makes the calls 0 to count - 1.
     *
     * @param done receives the number of each accepted one
     * @throws IOException when one was refused, or not answered
     */
    CallOutcomeClass make(int count, RequestMaker calls, IntConsumer done) throws IOException, InterruptedException {
        long cpuMillis = UsageReading.ownCpuMillis();
        LatencyHistogram latencies = new LatencyHistogram();
        AtomicInteger next = new AtomicInteger();
        AtomicInteger putOff = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int client = 0; client < clients; client++) {
                running.add(threads.submit(() -> {
                    for (int number = next.getAndIncrement(); number < count; number = next.getAndIncrement()) {
                        make(calls.create(number), latencies, putOff);
                        done.accept(number);
                    }
                    return null;
                }));
            }
            for (Future<?> client : running) {
                client.get();
            }
        } catch (ExecutionException e) {
            throw new IOException("A client failed: " + e.getMessage(), e);
        } finally {
            threads.shutdownNow();
        }
        return new CallOutcomeClass(latencies, putOff.get(), UsageReading.ownCpuMillis() - cpuMillis);
    }

    /** Runs {@link #make} in the background; ends with an {@link java.io.UncheckedIOException} where that throws. */
    CompletableFuture<CallOutcomeClass> begin(int count, RequestMaker calls, IntConsumer done) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return make(count, calls, done);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        });
    }

    private void make(HttpRequestSpec httpRequestSpec, LatencyHistogram latencies, AtomicInteger putOff)
            throws IOException, InterruptedException {
        while (true) {
            long begun = System.nanoTime();
            RawResponse answer = connections.exchange(httpRequestSpec);
            if (answer.status() < FIRST_FAILURE) {
                latencies.add(System.nanoTime() - begun);
                taken.incrementAndGet();
                return;
            }
            boolean later = answer.status() == TOO_MANY || answer.status() == UNAVAILABLE;
            long seconds = answer.header(RETRY_AFTER).map(Long::parseLong).orElse(0L);
            if (!later || seconds == 0) {
                throw new IOException("%s %s answers %d: %s"
                        .formatted(httpRequestSpec.method(), httpRequestSpec.path(), answer.status(), answer.text()));
            }
            putOff.incrementAndGet();
            TimeUnit.SECONDS.sleep(seconds);
        }
    }
}
