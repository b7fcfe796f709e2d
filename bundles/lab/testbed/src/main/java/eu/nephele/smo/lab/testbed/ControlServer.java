// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import eu.nephele.smo.lab.testbed.players.LoadExporter;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The HTTP server that controls a running test bed, on the loopback address: {@code GET /metrics}, {@code GET /site}, and, when
 * everything runs, the commands of {@link ControlCommands}.
 */
public final class ControlServer implements AutoCloseable {

    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int FAILED = 500;
    private static final int NOT_YET = 503;

    private final LoadExporter load;
    private final HttpServer server;
    private final ExecutorService threads;
    private final CompletableFuture<ControlCommands> orders = new CompletableFuture<>();

    ControlServer(LoadExporter load) throws IOException {
        this.load = load;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        threads = Executors.newFixedThreadPool(4, task -> {
            Thread thread = new Thread(task, "testbed-door");
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    void open(Testbed testbed) {
        orders.complete(new ControlCommands(testbed));
    }

    int port() {
        return server.getAddress().getPort();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + port());
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            String request =
                    exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
            if (request.equals("GET /metrics")) {
                send(exchange, OK, load.text());
            } else if (request.equals("GET /site")) {
                send(exchange, OK, "# the monitoring of the site is well\n");
            } else {
                obey(exchange, request);
            }
        }
    }

    private void obey(HttpExchange exchange, String request) throws IOException {
        if (!orders.isDone()) {
            send(exchange, NOT_YET, "The test bed is starting\n");
            return;
        }
        try {
            send(
                    exchange,
                    OK,
                    orders.join().obey(List.of(request.replaceFirst(" /", "/").split("/", -1))));
        } catch (IllegalArgumentException e) {
            send(exchange, BAD_REQUEST, e.getMessage() + "\n");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            send(exchange, FAILED, "The test bed ends\n");
        } catch (IOException | RuntimeException e) {
            send(exchange, FAILED, e.getMessage() + "\n");
        }
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
        exchange.sendResponseHeaders(status, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
