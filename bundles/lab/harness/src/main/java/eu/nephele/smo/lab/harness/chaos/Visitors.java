// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** People who ask for the pages of services all the time, through the balancer. */
final class Visitors implements AutoCloseable {

    private static final long PAUSE_MILLIS = 20;
    private static final int MOST_TOLD = 10;
    private static final int OK = 200;
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final List<Thread> threads;
    /** The first ones only. */
    private final List<String> failures = new ArrayList<>();

    private long requests;
    private long failed;
    private volatile boolean over;

    /** @param ports of the services, a visitor each */
    Visitors(List<Integer> ports) {
        threads = ports.stream()
                .map(port -> new Thread(() -> visit(port), "visitor-" + port))
                .toList();
        threads.forEach(thread -> thread.setDaemon(true));
        threads.forEach(Thread::start);
    }

    private void visit(int port) {
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(TIMEOUT)
                .build();
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/".formatted(port)))
                .timeout(TIMEOUT)
                .build();
        try {
            while (!over) {
                Instant begin = Instant.now();
                String failure = ask(http, request);
                if (!over) {
                    answered(failure.isEmpty() ? "" : "%s port %d: %s".formatted(begin, port, failure));
                }
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    /** Why it failed, "" when it did not. */
    private static String ask(HttpClient http, HttpRequest request) throws InterruptedException {
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == OK ? "" : "status " + answer.statusCode();
        } catch (IOException lost) {
            return lost.toString();
        }
    }

    private synchronized void answered(String failure) {
        requests++;
        if (!failure.isEmpty()) {
            failed++;
            if (failures.size() < MOST_TOLD) {
                failures.add(failure);
            }
        }
    }

    /** Since the last call, or the begin. */
    synchronized VisitReport report() {
        VisitReport since = new VisitReport(requests, failed, failures);
        requests = 0;
        failed = 0;
        failures.clear();
        return since;
    }

    @Override
    public void close() {
        over = true;
        threads.forEach(Thread::interrupt);
    }
}
