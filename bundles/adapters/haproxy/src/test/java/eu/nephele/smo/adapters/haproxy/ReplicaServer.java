// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.haproxy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import eu.nephele.smo.api.port.Backend.Member;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A replica that answers its name; {@code /slow} is answered when it is let go, {@code /check} as it is well. */
final class ReplicaServer implements AutoCloseable {

    private static final int BACKLOG = 200;

    private final String id;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch slow = new CountDownLatch(1);
    private final AtomicInteger slowOnes = new AtomicInteger();
    private volatile int health = 200;

    ReplicaServer(String id) throws IOException {
        this(id, InetAddress.getLoopbackAddress(), 0);
    }

    ReplicaServer(String id, InetAddress address, int port) throws IOException {
        this.id = id;
        server = HttpServer.create(new InetSocketAddress(address, port), BACKLOG);
        server.createContext("/", exchange -> answer(exchange, 200));
        server.createContext("/check", exchange -> answer(exchange, health));
        server.createContext("/slow", this::answerLate);
        server.setExecutor(threads);
        server.start();
    }

    private void answerLate(HttpExchange exchange) throws IOException {
        slowOnes.incrementAndGet();
        try {
            slow.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        answer(exchange, 200);
    }

    private void answer(HttpExchange exchange, int status) throws IOException {
        byte[] body = id.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    int port() {
        return server.getAddress().getPort();
    }

    Member member() {
        return new Member(id, server.getAddress().getAddress().getHostAddress(), port(), 100, false);
    }

    void isWell(boolean well) {
        health = well ? 200 : 500;
    }

    /** Slow requests that have come. */
    int slowRequests() {
        return slowOnes.get();
    }

    void letGo() {
        slow.countDown();
    }

    /** Requests that it has now fail. */
    @Override
    public void close() {
        slow.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
