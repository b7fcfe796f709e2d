// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A server with scripted answers: the bodies of a real one, in the order of the demo. */
public final class FakeSmo implements AutoCloseable {

    /** An answer. */
    public record Reply(int status, String body) {}

    /** A request as it came. */
    public record Call(String method, String path, String body, Map<String, List<String>> headers) {}

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int UNAVAILABLE = 503;

    private final HttpServer server;
    private final Map<String, Deque<Reply>> replies = new ConcurrentHashMap<>();
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private volatile Function<Call, Optional<Reply>> program = call -> Optional.empty();
    private final List<Call> calls = new CopyOnWriteArrayList<>();

    public FakeSmo() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Answers this call with these bodies, one after the other, the last one again and again. */
    public FakeSmo on(String methodAndPath, String... bodies) {
        for (String body : bodies) {
            reply(methodAndPath, 200, body);
        }
        return this;
    }

    public FakeSmo reply(String methodAndPath, int status, String body) {
        replies.computeIfAbsent(methodAndPath, any -> new ArrayDeque<>()).add(new Reply(status, body));
        return this;
    }

    /** Answers this call with a file. */
    public FakeSmo bytes(String methodAndPath, byte[] body) {
        files.put(methodAndPath, body.clone());
        return this;
    }

    /** Forgets what was to be answered, and answers this. */
    public FakeSmo instead(String methodAndPath, String... bodies) {
        replies.remove(methodAndPath);
        return on(methodAndPath, bodies);
    }

    /** Asks this first; one call at a time. */
    public FakeSmo program(Function<Call, Optional<Reply>> answers) {
        program = answers;
        return this;
    }

    public List<Call> calls() {
        return new ArrayList<>(calls);
    }

    public List<Call> calls(String method, String path) {
        return calls().stream()
                .filter(call -> call.method().equals(method) && call.path().equals(path))
                .toList();
    }

    public static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String method = exchange.getRequestMethod();
        URI uri = exchange.getRequestURI();
        Call call = new Call(method, uri.getRawPath(), body, exchange.getRequestHeaders());
        calls.add(call);
        byte[] file = files.get(method + " " + uri.getRawPath());
        if (file != null) {
            send(exchange, 200, file);
            return;
        }
        Deque<Reply> wanted = replies.getOrDefault(
                method + " " + uri, replies.getOrDefault(method + " " + uri.getRawPath(), new ArrayDeque<>()));
        Reply reply = program.apply(call).orElse(null);
        if (reply == null) {
            synchronized (wanted) {
                reply = wanted.size() > 1 ? wanted.poll() : wanted.peek();
            }
        }
        if (reply == null) {
            reply = new Reply(404, """
                    {"title":"Not found","status":404,"detail":"There is no %s %s here"}""".formatted(method, uri));
        }
        if (method.equals("GET")) {
            exchange.getResponseHeaders().set("ETag", "\"tag\"");
        }
        if (reply.status() == UNAVAILABLE) {
            // as the server does
            exchange.getResponseHeaders().set("Retry-After", "17");
        }
        send(exchange, reply.status(), reply.body().getBytes(StandardCharsets.UTF_8));
    }

    private static void send(HttpExchange exchange, int status, byte[] bytes) throws IOException {
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
