// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A server that gives its answers in their order, and remembers what it was asked. */
public final class ScriptedServer implements AutoCloseable {

    /**
     * What it answers; the status 0 is a connection that is closed without an answer.
     *
     * @param pause before each message of a stream
     * @param open whether the connection stays when all is said
     */
    public record Answer(int status, Map<String, String> headers, String body, Duration pause, boolean open) {

        public Answer(int status, Map<String, String> headers, String body) {
            this(status, headers, body, Duration.ZERO, false);
        }

        /** The same, behind which the connection stays and nothing comes. */
        public Answer staysOpen() {
            return new Answer(status, headers, body, pause, true);
        }

        /** The same with a pause before each message. */
        public Answer slowly(Duration each) {
            return new Answer(status, headers, body, each, open);
        }

        boolean isStream() {
            return open || !pause.isZero();
        }

        public static Answer ok(String body) {
            return new Answer(200, Map.of("ETag", "\"t1\""), body);
        }

        public static Answer lost() {
            return new Answer(0, Map.of(), "");
        }
    }

    public record Received(String method, String path, String body, Map<String, List<String>> headers) {

        public String header(String name) {
            return headers.getOrDefault(name, List.of("")).get(0);
        }
    }

    private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final HttpServer server;

    public ScriptedServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public ScriptedServer answers(Answer... further) {
        answers.addAll(List.of(further));
        return this;
    }

    public List<Received> received() {
        return received;
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        received.add(new Received(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                body,
                Map.copyOf(exchange.getRequestHeaders())));
        Answer answer = answers.size() > 1 ? answers.poll() : answers.peek();
        if (answer == null || answer.status() == 0) {
            exchange.close();
            return;
        }
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        if (answer.isStream()) {
            stream(exchange, answer);
            return;
        }
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private void stream(HttpExchange exchange, Answer answer) throws IOException {
        exchange.sendResponseHeaders(answer.status(), 0);
        try {
            for (String message : answer.body().split("(?<=\n\n)", -1)) {
                if (closed.await(answer.pause().toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
                exchange.getResponseBody().write(message.getBytes(StandardCharsets.UTF_8));
                exchange.getResponseBody().flush();
            }
            if (answer.open()) {
                closed.await();
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        } finally {
            exchange.close();
        }
    }
}
