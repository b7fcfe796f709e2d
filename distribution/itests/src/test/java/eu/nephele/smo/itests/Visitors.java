// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Asks for the page all the time. */
final class Visitors implements AutoCloseable {

    private static final int RECENT = 40;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final HttpRequest request;
    private final AtomicInteger failed = new AtomicInteger();
    private final AtomicReference<List<String>> pages = new AtomicReference<>(List.of());
    private final Thread visiting = new Thread(this::visit, "visitors");
    private volatile boolean over;

    Visitors(int port) {
        request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/".formatted(port)))
                .timeout(Duration.ofSeconds(10))
                .build();
        visiting.setDaemon(true);
        visiting.start();
    }

    private void visit() {
        List<String> seen = new ArrayList<>();
        while (!over) {
            seen.add(page());
            if (seen.size() > RECENT) {
                seen.remove(0);
            }
            pages.set(List.copyOf(seen));
            try {
                TimeUnit.MILLISECONDS.sleep(10);
            } catch (InterruptedException ending) {
                return;
            }
        }
    }

    private String page() {
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() == 200) {
                return answer.body().strip();
            }
            failed.incrementAndGet();
            return "status " + answer.statusCode();
        } catch (IOException lost) {
            failed.incrementAndGet();
            return lost.toString();
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    String last() {
        List<String> seen = pages.get();
        return seen.isEmpty() ? "" : seen.get(seen.size() - 1);
    }

    List<String> recent() {
        return pages.get();
    }

    int failures() {
        return failed.get();
    }

    void forgetFailures() {
        failed.set(0);
    }

    @Override
    public void close() {
        over = true;
        visiting.interrupt();
    }
}
