// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/** An engine in memory that speaks the interface of Docker on loopback; it can hang, fail, be slow and forget. */
final class PlayedDocker implements AutoCloseable {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** A container with a web server of its own where it publishes a port. */
    final class PlayedContainer {
        final String id = (UUID.randomUUID().toString() + UUID.randomUUID()).replace("-", "");
        volatile String name;
        final String image;
        final JsonNode asked;
        final Map<String, String> labels = new HashMap<>();
        final long created = Instant.now().getEpochSecond();
        final AtomicLong cpuNanos = new AtomicLong(1_000_000);
        volatile String state = "created";
        volatile Optional<HttpServer> web = Optional.empty();
        volatile boolean sick;
        volatile boolean answeredWell;
        volatile int starts;

        PlayedContainer(String name, String image, JsonNode asked) {
            this.name = name;
            this.image = image;
            this.asked = asked;
            asked.path("Labels")
                    .properties()
                    .forEach(
                            label -> labels.put(label.getKey(), label.getValue().asText()));
        }

        boolean isRunning() {
            return state.equals("running");
        }

        int hostPort() {
            return web.map(server -> server.getAddress().getPort()).orElse(0);
        }

        synchronized void start() throws IOException {
            starts++;
            if (exiting.contains(image)) {
                state = "exited";
                return;
            }
            state = "running";
            if (asked.path("ExposedPorts").size() > 0) {
                HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
                server.createContext("/", exchange -> {
                    boolean well = !sick && !sickImages.contains(image);
                    answeredWell = answeredWell || well;
                    byte[] body = id.getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(well ? 200 : 503, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
                server.start();
                web = Optional.of(server);
            }
        }

        synchronized void end() {
            state = "exited";
            web.ifPresent(server -> server.stop(0));
            web = Optional.empty();
        }
    }

    /** A fault: answers this instead for requests that match. */
    private record Fault(Predicate<String> request, int status, String message) {}

    final Map<String, PlayedContainer> containers = new ConcurrentSkipListMap<>();
    final Set<String> images = ConcurrentHashMap.newKeySet();
    final Set<String> registry = ConcurrentHashMap.newKeySet();
    final Set<String> exiting = ConcurrentHashMap.newKeySet();
    final Set<String> sickImages = ConcurrentHashMap.newKeySet();
    final AtomicInteger writes = new AtomicInteger();
    final AtomicInteger listings = new AtomicInteger();
    final AtomicInteger inspections = new AtomicInteger();
    final List<String> log = new CopyOnWriteArrayList<>();
    volatile PlayedEffects effects = PlayedEffects.endless();
    volatile Optional<CountDownLatch> pulls = Optional.empty();
    private final List<Fault> faults = new CopyOnWriteArrayList<>();
    private final List<LinkedBlockingQueue<String>> streams = new CopyOnWriteArrayList<>();
    private volatile Optional<CountDownLatch> hanging = Optional.empty();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final int port;
    private HttpServer server;

    PlayedDocker() throws IOException {
        server = listen(0);
        port = server.getAddress().getPort();
        images.add("localhost/app:1");
        images.add("localhost/app:2");
    }

    private HttpServer listen(int wanted) throws IOException {
        HttpServer fresh = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted), 0);
        fresh.setExecutor(threads);
        fresh.createContext("/", this::answer);
        fresh.start();
        return fresh;
    }

    URI address() {
        return URI.create("tcp://127.0.0.1:" + port);
    }

    /** From now on no request is answered. */
    void hang() {
        hanging = Optional.of(new CountDownLatch(1));
    }

    void goOn() {
        hanging.ifPresent(CountDownLatch::countDown);
        hanging = Optional.empty();
    }

    /** Closes all connections, and takes new ones after {@link #comeBack}; containers go on. */
    void stop() {
        streams.forEach(stream -> stream.add(""));
        server.stop(0);
    }

    void comeBack() throws IOException {
        server = listen(port);
    }

    /** @param request matched against {@code METHOD /path?query} */
    void fail(Predicate<String> request, int status, String message) {
        faults.add(new Fault(request, status, message));
    }

    void heal() {
        faults.clear();
    }

    List<PlayedContainer> replicas() {
        return containers.values().stream()
                .filter(each -> !each.name.startsWith("spare."))
                .toList();
    }

    List<PlayedContainer> running() {
        return containers.values().stream().filter(PlayedContainer::isRunning).toList();
    }

    /** Somebody else's. */
    PlayedContainer stranger(String name) throws IOException {
        PlayedContainer stranger = new PlayedContainer(name, "localhost/old:1", MAPPER.createObjectNode());
        containers.put(stranger.id, stranger);
        stranger.start();
        event();
        return stranger;
    }

    /** A process ends. */
    void kill(PlayedContainer container) {
        container.end();
        event();
    }

    /** Somebody removes one by hand. */
    void removeByHand(PlayedContainer container) {
        container.end();
        containers.remove(container.id);
        event();
    }

    private void event() {
        streams.forEach(stream -> stream.add("{\"Type\":\"container\",\"Action\":\"change\",\"id\":\"x\"}"));
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String method = exchange.getRequestMethod();
            String request = method + " " + exchange.getRequestURI();
            byte[] body = exchange.getRequestBody().readAllBytes();
            hanging.ifPresent(PlayedDocker::await);
            for (Fault fault : faults) {
                if (fault.request().test(request)) {
                    reply(exchange, fault.status(), MAPPER.createObjectNode().put("message", fault.message()));
                    return;
                }
            }
            if (method.equals("GET")) {
                read(exchange, path);
            } else {
                log.add(request);
                if (!effects.happens(() -> write(exchange, method, path, body))) {
                    exchange.close();
                }
            }
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    private void read(HttpExchange exchange, String path) throws IOException {
        String[] parts = path.split("/");
        if (path.equals("/info")) {
            reply(
                    exchange,
                    200,
                    MAPPER.createObjectNode()
                            .put("NCPU", 4)
                            .put("MemTotal", 8L << 30)
                            .put("ServerVersion", "played"));
        } else if (path.equals("/containers/json")) {
            listings.incrementAndGet();
            reply(exchange, 200, listed());
        } else if (path.equals("/events")) {
            stream(exchange);
        } else if (path.startsWith("/images/")) {
            String name = path.substring("/images/".length(), path.length() - "/json".length());
            boolean there = images.contains(name);
            reply(
                    exchange,
                    there ? 200 : 404,
                    MAPPER.createObjectNode().put("Id", "sha256:1").put("message", "no such image"));
        } else if (path.endsWith("/stats")) {
            PlayedContainer container = containers.get(parts[2]);
            reply(
                    exchange,
                    container == null ? 404 : 200,
                    container == null ? message("no such container") : stats(container));
        } else {
            inspections.incrementAndGet();
            reply(
                    exchange,
                    200,
                    MAPPER.createObjectNode()
                            .put("Id", parts[2])
                            .set(
                                    "HostConfig",
                                    MAPPER.createObjectNode()
                                            .put("Memory", 1L << 20)
                                            .put("NanoCpus", 500_000_000L)));
        }
    }

    /** As control groups of version 2 tell it: without a list of processors. */
    private static ObjectNode stats(PlayedContainer container) {
        ObjectNode stats = MAPPER.createObjectNode();
        stats.putObject("cpu_stats")
                .put("online_cpus", 4)
                .putObject("cpu_usage")
                .put("total_usage", container.cpuNanos.addAndGet(100_000_000));
        stats.putObject("memory_stats")
                .put("usage", 30L << 20)
                .putObject("stats")
                .put("inactive_file", 10L << 20);
        return stats;
    }

    private ArrayNode listed() {
        ArrayNode list = MAPPER.createArrayNode();
        for (PlayedContainer container : containers.values()) {
            ObjectNode row = list.addObject()
                    .put("Id", container.id)
                    .put("Image", container.image)
                    .put("ImageID", "sha256:" + container.image.hashCode())
                    .put("State", container.state)
                    .put("Status", container.isRunning() ? "Up 3 seconds" : "Exited (1) 2 seconds ago")
                    .put("Created", container.created);
            row.putArray("Names").add("/" + container.name);
            row.set("Labels", MAPPER.valueToTree(container.labels));
            ArrayNode ports = row.putArray("Ports");
            container.web.ifPresent(web -> container
                    .asked
                    .path("ExposedPorts")
                    .fieldNames()
                    .forEachRemaining(exposed -> ports.addObject()
                            .put("PrivatePort", Integer.parseInt(exposed.split("/")[0]))
                            .put("PublicPort", container.hostPort())
                            .put("Type", "tcp")));
        }
        return list;
    }

    private void stream(HttpExchange exchange) throws IOException {
        LinkedBlockingQueue<String> events = new LinkedBlockingQueue<>();
        streams.add(events);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            out.flush();
            for (String event = events.take(); !event.isEmpty(); event = events.take()) {
                out.write((event + "\n").getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        } finally {
            streams.remove(events);
        }
    }

    int streams() {
        return streams.size();
    }

    private void write(HttpExchange exchange, String method, String path, byte[] body) throws IOException {
        String[] parts = path.split("/");
        Map<String, String> query = query(exchange);
        if (path.equals("/images/create")) {
            pull(
                    exchange,
                    query.get("fromImage")
                            + Optional.ofNullable(query.get("tag"))
                                    .map(tag -> ":" + tag)
                                    .orElse(""));
            return;
        }
        writes.incrementAndGet();
        if (path.equals("/containers/create")) {
            create(exchange, query.getOrDefault("name", "none"), MAPPER.readTree(body));
            return;
        }
        PlayedContainer container = containers.get(parts[2]);
        if (container == null) {
            reply(exchange, 404, message("no such container"));
        } else if (method.equals("DELETE")) {
            if (container.isRunning()) {
                reply(exchange, 409, message("container is running"));
                return;
            }
            containers.remove(container.id);
            empty(exchange, 204);
        } else if (path.endsWith("/rename")) {
            container.name = query.get("name");
            empty(exchange, 204);
        } else if (path.endsWith("/start")) {
            container.start();
            empty(exchange, 204);
        } else if (path.endsWith("/stop")) {
            boolean ran = container.isRunning();
            container.end();
            empty(exchange, ran ? 204 : 304);
        } else {
            reply(exchange, 404, message("page not found"));
        }
        event();
    }

    private void create(HttpExchange exchange, String name, JsonNode asked) throws IOException {
        String image = asked.path("Image").asText();
        if (!images.contains(image)) {
            reply(exchange, 404, message("No such image: " + image));
            return;
        }
        if (containers.values().stream().anyMatch(other -> other.name.equals(name))) {
            reply(exchange, 409, message("The name is already in use"));
            return;
        }
        PlayedContainer container = new PlayedContainer(name, image, asked);
        containers.put(container.id, container);
        reply(exchange, 201, MAPPER.createObjectNode().put("Id", container.id));
        event();
    }

    private void pull(HttpExchange exchange, String image) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write("{\"status\":\"Downloading\",\"id\":\"a\",\"progressDetail\":{\"current\":5242880,\"total\":9}}\n"
                    .getBytes(StandardCharsets.UTF_8));
            out.flush();
            pulls.ifPresent(PlayedDocker::await);
            if (registry.contains(image)) {
                images.add(image);
                out.write("{\"status\":\"Download complete\",\"id\":\"a\"}\n".getBytes(StandardCharsets.UTF_8));
            } else {
                out.write("{\"errorDetail\":{\"message\":\"manifest unknown\"},\"error\":\"manifest unknown\"}\n"
                        .getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private static ObjectNode message(String text) {
        return MAPPER.createObjectNode().put("message", text);
    }

    private static Map<String, String> query(HttpExchange exchange) {
        Map<String, String> query = new HashMap<>();
        for (String pair : Optional.ofNullable(exchange.getRequestURI().getRawQuery())
                .orElse("")
                .split("&")) {
            String[] sides = pair.split("=", 2);
            query.put(sides[0], sides.length < 2 ? "" : URLDecoder.decode(sides[1], StandardCharsets.UTF_8));
        }
        return query;
    }

    private static void reply(HttpExchange exchange, int status, JsonNode body) throws IOException {
        byte[] bytes = MAPPER.writeValueAsBytes(body);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static void empty(HttpExchange exchange, int status) throws IOException {
        exchange.sendResponseHeaders(status, -1);
    }

    @Override
    public void close() {
        goOn();
        pulls.ifPresent(CountDownLatch::countDown);
        server.stop(0);
        new ArrayList<>(containers.values()).forEach(PlayedContainer::end);
        threads.shutdownNow();
    }

    static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (IOException invalid) {
            throw new UncheckedIOException(invalid);
        }
    }
}
