// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.containers;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Clients of the service: they ask at a rate, whatever the answers are. */
final class BurnLoad implements AutoCloseable {

    private static final int MOST_UNDER_WAY = 24;
    private static final int GOOD = 200;
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final URI address;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final Semaphore free = new Semaphore(MOST_UNDER_WAY);
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();

    /** First answers by short id; one for each container of the run. */
    private final Map<String, FirstServed> first = new ConcurrentHashMap<>();

    private final Thread asking = new Thread(this::ask, "burn-load");
    private volatile LoadLevel level;
    private volatile boolean over;
    private volatile String lastFailure = "";
    private volatile String lastPage = "";

    /**
     * The first answer of a container.
     *
     * @param atNanos on the clock of {@link System#nanoTime()}
     */
    record FirstServed(String page, long atNanos) {}

    /** Begins. */
    BurnLoad(URI address, LoadLevel level) {
        this.address = address;
        this.level = level;
        asking.setDaemon(true);
        asking.start();
    }

    void set(LoadLevel next) {
        level = next;
    }

    LoadTally tally() {
        return new LoadTally(requests.get(), failed.get());
    }

    /** For people; "" before the first one. */
    String lastFailure() {
        return lastFailure;
    }

    /** Version of the page in the newest answer; "" before the first one. */
    String lastPage() {
        return lastPage;
    }

    /** The first answer that came from this container. */
    Optional<FirstServed> firstAnswer(String shortId) {
        return Optional.ofNullable(first.get(shortId));
    }

    private void ask() {
        long due = System.nanoTime();
        try {
            while (!over) {
                LoadLevel now = level;
                // what could not be asked in time is not asked in a burst afterwards
                due = Math.max(due, System.nanoTime() - TimeUnit.SECONDS.toNanos(1))
                        + TimeUnit.SECONDS.toNanos(1) / now.perSecond();
                TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
                free.acquire();
                send(now.burnMillis());
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    private void send(int burnMillis) {
        HttpRequest request = HttpRequest.newBuilder(address.resolve("/cgi-bin/burn?" + burnMillis))
                .timeout(TIMEOUT)
                .build();
        CompletableFuture<?> unused = http.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                .whenComplete((answer, failure) -> {
                    free.release();
                    if (over) {
                        return;
                    }
                    if (failure == null && answer.statusCode() == GOOD) {
                        answered(answer.body());
                    } else {
                        failed.incrementAndGet();
                        lastFailure = failure == null
                                ? "status " + answer.statusCode()
                                : String.valueOf(failure.getMessage());
                    }
                    requests.incrementAndGet();
                });
    }

    /** As {@code page 1 of 0123456789ab}. */
    private void answered(String body) {
        String[] words = body.strip().split(" ", 0);
        if (words.length == 4) {
            lastPage = words[1];
            first.putIfAbsent(words[3], new FirstServed(words[1], System.nanoTime()));
        }
    }

    @Override
    public void close() {
        over = true;
        asking.interrupt();
    }
}
