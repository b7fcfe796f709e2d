// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.containers;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.lab.harness.engine.LatencyHistogram;
import eu.nephele.smo.lab.harness.server.AnsweredJson;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Steps by hand of several clients, each one after the other, on whatever service: also two at the same time on one.
 * Another client reads meanwhile.
 */
final class ScaleActions {

    private static final long SEED = 17;
    private static final int FIRST_FAILURE = 400;
    private static final int TOO_MANY = 429;
    private static final int UNAVAILABLE = 503;
    private static final long READ_PAUSE_MILLIS = 50;

    private final ContainersServer server;
    private final ContainersOptions options;
    private final ScaleLedger ledger;
    private final LatencyHistogram steps = new LatencyHistogram();
    private final LatencyHistogram reads = new LatencyHistogram();
    private final AtomicInteger putOff = new AtomicInteger();

    ScaleActions(ContainersServer server, ContainersOptions options, ScaleLedger ledger) {
        this.server = server;
        this.options = options;
        this.ledger = ledger;
    }

    LatencyHistogram steps() {
        return steps;
    }

    LatencyHistogram reads() {
        return reads;
    }

    /** Answers that asked to come again. */
    int putOff() {
        return putOff.get();
    }

    /** @throws IOException when a step was neither made nor refused for a limit */
    void run() throws IOException, InterruptedException {
        AtomicInteger left = new AtomicInteger(options.actions());
        ExecutorService threads = Executors.newFixedThreadPool(options.clients() + 1);
        try {
            List<Future<?>> clients = new ArrayList<>();
            for (int client = 0; client < options.clients(); client++) {
                Random random = new Random(SEED + client);
                clients.add(threads.submit(() -> {
                    while (left.getAndDecrement() > 0) {
                        step(random);
                    }
                    return null;
                }));
            }
            Future<?> reader = threads.submit(() -> {
                Random random = new Random(SEED);
                while (left.get() > 0) {
                    read(random);
                    TimeUnit.MILLISECONDS.sleep(READ_PAUSE_MILLIS);
                }
                return null;
            });
            for (Future<?> client : clients) {
                client.get();
            }
            reader.get();
        } catch (ExecutionException failed) {
            throw new IOException("A client failed: " + failed.getMessage(), failed);
        } finally {
            threads.shutdownNow();
        }
    }

    private void step(Random random) throws IOException, InterruptedException {
        String service = ContainersOptions.service(random.nextInt(options.services()));
        boolean up = random.nextBoolean();
        String path = "/containers/services/%s/scale/%s".formatted(service, up ? "up" : "down");
        JsonNode result = AnsweredJson.read(path, answered("POST", path, steps)).path("result");
        if (result.path("success").asBoolean()) {
            ledger.acknowledge(service, up ? 1 : -1);
        } else if (result.path("message").asText().startsWith("Already at")) {
            ledger.refuse();
        } else {
            throw new IOException("%s answers %s".formatted(path, result));
        }
    }

    private void read(Random random) throws IOException, InterruptedException {
        String service = ContainersOptions.service(random.nextInt(options.services()));
        List<String> paths = List.of(
                "/containers/services/%s/stats".formatted(service),
                "/containers/services",
                "/containers/servers",
                "/containers/events");
        answered("GET", paths.get(random.nextInt(paths.size())), reads);
    }

    private String answered(String method, String path, LatencyHistogram latencies)
            throws IOException, InterruptedException {
        while (true) {
            HttpRequest request = server.process().request(method, path, "");
            long begun = System.nanoTime();
            HttpResponse<String> answer = server.process().http().send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() < FIRST_FAILURE) {
                latencies.add(System.nanoTime() - begun);
                return answer.body();
            }
            boolean later = answer.statusCode() == TOO_MANY || answer.statusCode() == UNAVAILABLE;
            long seconds = answer.headers().firstValueAsLong("Retry-After").orElse(0);
            if (!later || seconds == 0) {
                throw new IOException(
                        "%s %s answers %d: %s".formatted(method, path, answer.statusCode(), answer.body()));
            }
            putOff.incrementAndGet();
            TimeUnit.SECONDS.sleep(seconds);
        }
    }
}
