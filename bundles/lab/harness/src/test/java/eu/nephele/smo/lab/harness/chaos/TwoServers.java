// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Played servers: one is the owner, the other refuses changes and names the owner. */
final class TwoServers implements AutoCloseable {

    final Played first = new Played();
    final Played second = new Played();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    TwoServers() throws IOException {
        for (Played played : List.of(first, second)) {
            played.server.createContext("/", exchange -> answer(played, exchange));
            played.server.setExecutor(threads);
            played.server.start();
        }
    }

    /** One of them. */
    static final class Played implements ServerBackend {

        private final HttpServer server;
        final Map<String, String> bodies = new ConcurrentHashMap<>();
        final CountDownLatch release = new CountDownLatch(1);
        volatile boolean owns;
        volatile boolean serving = true;
        volatile boolean hangs;
        volatile int hits;
        final AtomicInteger changes = new AtomicInteger();

        private Played() throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        }

        @Override
        public URI url() {
            return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        }

        @Override
        public boolean isServing() {
            return serving;
        }

        @Override
        public int hits() {
            return hits;
        }

        @Override
        public void tend() {
            // it never ends
        }
    }

    private void answer(Played played, HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            if (path.equals("/health/owner")) {
                send(exchange, played.owns ? 200 : 503, "{}");
            } else if (!exchange.getRequestMethod().equals("GET")) {
                change(played, exchange);
            } else if (played.bodies.containsKey(path)) {
                send(exchange, 200, played.bodies.getOrDefault(path, ""));
            } else {
                send(exchange, 404, "{\"status\":404}");
            }
        }
    }

    private void change(Played played, HttpExchange exchange) throws IOException {
        if (played.hangs) {
            try {
                played.release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        if (played.owns) {
            played.changes.incrementAndGet();
            send(exchange, 202, "{}");
        } else {
            Played other = played == first ? second : first;
            send(exchange, 503, "{\"owner\":\"%s\"}".formatted(other.url()));
        }
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        for (Played played : List.of(first, second)) {
            played.release.countDown();
            played.server.stop(0);
        }
        threads.shutdownNow();
    }
}
