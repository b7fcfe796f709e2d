// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Plays an API server on the loopback address: create, read, list by labels, replace, merge, delete and watch, for objects of any
 * kind. It has no schemas, no rights, no defaults and no controllers. Thread-safe.
 */
public final class PlayedApiServer implements AutoCloseable {

    /**
     * A call as it came.
     *
     * @param query decoded, "" for none
     */
    public record ReceivedCall(String method, String path, String query) {

        public boolean writes() {
            return !method.equals("GET");
        }
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String WATCH = "watch=true";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "played-api-server");
        thread.setDaemon(true);
        return thread;
    });
    private final ObjectStore store = new ObjectStore();
    private final List<ReceivedCall> calls = new CopyOnWriteArrayList<>();
    private volatile Function<ReceivedCall, Optional<Integer>> faults = call -> Optional.empty();
    private final Object watchLock = new Object();
    private Predicate<ReceivedCall> heldBack = call -> false;

    /** Starts on a port that is free. */
    public PlayedApiServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /** A kubeconfig with all rights for every caller. */
    public String kubeconfig() {
        return """
                apiVersion: v1
                kind: Config
                clusters: [{name: it, cluster: {server: "http://127.0.0.1:%d"}}]
                users: [{name: it, user: {token: any}}]
                contexts: [{name: it, context: {cluster: it, user: it}}]
                current-context: it
                """.formatted(server.getAddress().getPort());
    }

    /** Answers these calls with a status instead, from now on. */
    public void refuse(Predicate<ReceivedCall> which, int code) {
        faults = call -> which.test(call) ? Optional.of(code) : Optional.empty();
    }

    /** These watches deliver nothing from now on, like watches that lag behind the writes. */
    public void holdBack(Predicate<ReceivedCall> watches) {
        synchronized (watchLock) {
            heldBack = watches;
        }
    }

    /** Ends all refusals; watches deliver everything again. */
    public void heal() {
        faults = call -> Optional.empty();
        synchronized (watchLock) {
            heldBack = call -> false;
            watchLock.notifyAll();
        }
    }

    /** All calls so far, in order. */
    public List<ReceivedCall> calls() {
        return List.copyOf(calls);
    }

    @Override
    public void close() {
        store.close();
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            ReceivedCall call = new ReceivedCall(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getPath(),
                    Optional.ofNullable(exchange.getRequestURI().getRawQuery())
                            .map(query -> URLDecoder.decode(query, StandardCharsets.UTF_8))
                            .orElse(""));
            byte[] body = exchange.getRequestBody().readAllBytes();
            calls.add(call);
            try {
                faults.apply(call).ifPresent(code -> {
                    throw new StatusException(code, "Refused", "as the test wants it");
                });
                ObjectPath path = ObjectPath.parse(call.path())
                        .orElseThrow(
                                () -> new StatusException(404, "NotFound", "the server could not find " + call.path()));
                if (call.query().contains(WATCH)) {
                    watch(exchange, path, call);
                } else {
                    send(exchange, call.method().equals("POST") ? 201 : 200, done(call, path, exchange, body));
                }
            } catch (StatusException refused) {
                send(exchange, refused.code(), status(refused));
            }
        }
    }

    private JsonNode done(ReceivedCall call, ObjectPath path, HttpExchange exchange, byte[] body) throws IOException {
        return switch (call.method()) {
            case "GET" -> path.isCollection() ? list(call, path) : shown(path);
            case "POST" -> store.create(path, object(body));
            case "PUT" ->
                path.subresource().equals("scale") ? scaled(path, object(body)) : store.replace(path, object(body));
            case "PATCH" -> patched(path, exchange, body);
            case "DELETE" -> store.delete(path);
            default -> throw new StatusException(405, "MethodNotAllowed", call.method() + " is not known here");
        };
    }

    private JsonNode list(ReceivedCall call, ObjectPath path) {
        ObjectNode list = JSON.createObjectNode().put("kind", "List").put("apiVersion", "v1");
        synchronized (store) {
            list.putObject("metadata").put("resourceVersion", Long.toString(store.version()));
            list.putArray("items").addAll(store.list(path, LabelSelector.parse(parameter(call, "labelSelector"))));
        }
        return list;
    }

    private JsonNode shown(ObjectPath path) {
        return path.subresource().equals("scale") ? scale(store.get(path.named(path.name()))) : store.get(path);
    }

    private JsonNode patched(ObjectPath path, HttpExchange exchange, byte[] body) throws IOException {
        String type = String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type"));
        if (!type.startsWith("application/merge-patch+json")) {
            throw new StatusException(415, "UnsupportedMediaType", type + ": only merge patches are played");
        }
        ObjectNode patch = object(body);
        return path.subresource().equals("scale") ? scaled(path, patch) : store.merge(path, patch);
    }

    private JsonNode scaled(ObjectPath path, ObjectNode scale) {
        ObjectNode change = JSON.createObjectNode();
        change.putObject("spec").set("replicas", scale.path("spec").path("replicas"));
        return scale(store.merge(path.named(path.name()), change));
    }

    private static JsonNode scale(ObjectNode of) {
        ObjectNode scale = JSON.createObjectNode().put("kind", "Scale").put("apiVersion", "autoscaling/v1");
        ObjectNode metadata = scale.putObject("metadata");
        for (String name : List.of("name", "namespace", "uid", "resourceVersion")) {
            metadata.set(name, of.path("metadata").get(name));
        }
        scale.putObject("spec").set("replicas", of.path("spec").path("replicas"));
        return scale;
    }

    /** Lines without an end; a request for a web socket is rejected, so that the client asks for lines. */
    private void watch(HttpExchange exchange, ObjectPath path, ReceivedCall call) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        if ("websocket".equalsIgnoreCase(exchange.getRequestHeaders().getFirst("Upgrade"))) {
            exchange.sendResponseHeaders(200, -1);
            return;
        }
        Predicate<JsonNode> which = LabelSelector.parse(parameter(call, "labelSelector"));
        String from = parameter(call, "resourceVersion");
        long seen = from.isEmpty() ? store.version() : Long.parseLong(from);
        exchange.sendResponseHeaders(200, 0);
        try {
            OutputStream out = exchange.getResponseBody();
            out.flush();
            for (List<ObjectStore.StoredChange> next = store.after(seen, path);
                    !next.isEmpty();
                    next = store.after(seen, path)) {
                awaitTurn(call);
                for (ObjectStore.StoredChange change : next) {
                    seen = change.version();
                    if (which.test(change.object())) {
                        ObjectNode line = JSON.createObjectNode().put("type", change.type());
                        line.set("object", change.object());
                        out.write((JSON.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8));
                    }
                }
                out.flush();
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitTurn(ReceivedCall call) throws InterruptedException {
        synchronized (watchLock) {
            while (heldBack.test(call)) {
                watchLock.wait();
            }
        }
    }

    private static String parameter(ReceivedCall call, String name) {
        Map<String, String> parameters = Arrays.stream(call.query().split("&", -1))
                .filter(one -> one.contains("="))
                .collect(Collectors.toMap(
                        one -> one.substring(0, one.indexOf('=')),
                        one -> one.substring(one.indexOf('=') + 1),
                        (first, second) -> first));
        return parameters.getOrDefault(name, "");
    }

    private static ObjectNode object(byte[] body) throws IOException {
        if (JSON.readTree(body) instanceof ObjectNode object) {
            return object;
        }
        throw new StatusException(400, "BadRequest", "the body is not an object");
    }

    private static JsonNode status(StatusException refused) {
        return JSON.createObjectNode()
                .put("kind", "Status")
                .put("apiVersion", "v1")
                .put("status", "Failure")
                .put("message", refused.getMessage())
                .put("reason", refused.reason())
                .put("code", refused.code());
    }

    private static void send(HttpExchange exchange, int code, JsonNode answer) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(answer);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(code, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
