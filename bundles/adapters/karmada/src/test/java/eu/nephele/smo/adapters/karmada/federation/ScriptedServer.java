// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.federation;

import com.sun.net.httpserver.HttpServer;
import eu.nephele.smo.adapters.karmada.link.ApiServerConnection;
import eu.nephele.smo.adapters.karmada.link.LinkSettings;
import java.io.IOException;
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

/** A control plane with scripted answers by path. */
final class ScriptedServer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** An answer. */
    record Reply(int status, String body) {

        static Reply ok(String body) {
            return new Reply(200, body);
        }

        static Reply no(int status) {
            return new Reply(status, "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"code\":%d}".formatted(status));
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ApiServerConnection connection;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> bodies = new CopyOnWriteArrayList<>();

    ScriptedServer(Function<String, Reply> script) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            asked.add(path);
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            Reply reply = script.apply(path);
            byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(reply.status(), body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        connection = new ApiServerConnection(
                new LinkSettings("karmada", "file:k", PATIENCE, PATIENCE, 1 << 20, Optional.empty(), Optional.empty()),
                any -> Optional.of("""
                        apiVersion: v1
                        kind: Config
                        clusters: [{name: c, cluster: {server: "http://127.0.0.1:%d"}}]
                        users: [{name: u, user: {token: t}}]
                        contexts: [{name: x, context: {cluster: c, user: u}}]
                        current-context: x
                        """.formatted(server.getAddress().getPort())));
    }

    ApiServerConnection connection() {
        return connection;
    }

    /** Requested paths so far. */
    List<String> asked() {
        return asked;
    }

    /** Bodies sent so far. */
    List<String> bodies() {
        return bodies;
    }

    @Override
    public void close() {
        connection.close();
        server.stop(0);
        threads.shutdownNow();
    }
}
