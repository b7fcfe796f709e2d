// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import eu.nephele.smo.api.port.http.HttpSettings;
import eu.nephele.smo.api.port.http.HttpSettings.Credentials;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** An outside system with HTTP on this machine, for the test of an adapter: it answers as the test says, or fails. */
public final class OutsideSystem implements AutoCloseable {

    /**
     * @param method of HTTP
     * @param path path and query, encoded as it came
     * @param body text, "" for none
     */
    public record Request(String method, String path, String body) {}

    /**
     * @param status HTTP status
     * @param contentType media type
     * @param body text
     */
    public record Reply(int status, String contentType, String body) {

        /** 200 with a text. */
        public static Reply text(String body) {
            return new Reply(200, "text/plain", body);
        }
    }

    private static final Duration TIMEOUT = Duration.ofMillis(1500);

    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private volatile Function<Request, Reply> script;

    private OutsideSystem(HttpServer server, Function<Request, Reply> script) {
        this.server = server;
        this.script = script;
    }

    /** Listens on a free port of the loopback address until it is closed. */
    public static OutsideSystem answering(Function<Request, Reply> script) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            OutsideSystem system = new OutsideSystem(server, script);
            server.setExecutor(system.threads);
            server.createContext("/", system::handle);
            server.start();
            return system;
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
    }

    /** Its address, without a path. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Settings that reach it, with short time-outs. */
    public HttpSettings settings(String system) {
        return new HttpSettings(
                system, url(), TIMEOUT, TIMEOUT, 1 << 20, Optional.empty(), Optional.empty(), new Credentials.None());
    }

    /** Requests received so far. */
    public List<Request> requests() {
        return List.copyOf(requests);
    }

    /** Sets its answers from now on. */
    public void answers(Function<Request, Reply> other) {
        script = other;
    }

    /** Answers all requests with this status from now on. */
    public void fails(int status) {
        script = request -> new Reply(status, "text/plain", "out of order");
    }

    /** Stops answering, and keeps the connections open. */
    public void hangs() {
        script = request -> {
            try {
                Thread.sleep(Duration.ofMinutes(1).toMillis());
            } catch (InterruptedException closed) {
                Thread.currentThread().interrupt();
            }
            return Reply.text("");
        };
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Request request = new Request(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            requests.add(request);
            Reply reply = script.apply(request);
            byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", reply.contentType());
            exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
