// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.docker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.lab.testbed.docker.PlayedContainer.PlayedPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * One engine with the interface of Docker. All but the constructor is for the thread of its loop.
 */
final class PlayedEngine {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern VERSION = Pattern.compile("^/v1\\.\\d+(?=/)");
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]+");
    private static final String VERSION_OF_API = "1.43";
    private static final Duration COMES_BACK_AFTER = Duration.ofMillis(100);
    private static final long MEMORY_OF_A_CONTAINER = 30L << 20;
    private static final int KILLED = 137;
    private static final int FIRST_PORT_OF_OTHER_PROTOCOLS = 60_000;

    private final EventLoop loop;
    private final EngineSpec spec;
    private final HttpListener listener;

    /** All of them by id, the oldest first; each leaves when it is removed. */
    private final Map<String, PlayedContainer> containers = new LinkedHashMap<>();

    /** Names of those that are there; of the registry at most. */
    private final Set<String> images = new HashSet<>();

    /** Open ones; each leaves when its connection ends. */
    private final Set<HttpConnection> followers = new HashSet<>();

    /** Counts by kind of call: the kinds are few. */
    private final Map<String, Long> calls = new TreeMap<>();

    private EngineFault fault = EngineFault.NONE;
    private Duration delay;

    /** Load of new containers by the value of a label, as it was asked for. */
    private final Map<String, Double> loads = new LinkedHashMap<>();

    /** @throws IOException when its socket cannot be bound */
    PlayedEngine(EventLoop loop, EngineSpec spec, SocketAddress address) throws IOException {
        this.loop = loop;
        this.spec = spec;
        this.delay = spec.delay();
        images.addAll(spec.images());
        listener = loop.listen(address, this::serve);
    }

    String name() {
        return spec.name();
    }

    String host() {
        return spec.host();
    }

    Collection<PlayedContainer> containers() {
        return containers.values();
    }

    /** How often each kind of call came. */
    Map<String, Long> calls() {
        return calls;
    }

    void close() {
        listener.close();
        containers.values().stream().filter(PlayedContainer::isRunning).forEach(container -> container.ended(KILLED));
    }

    // --- what can be asked of it beside the interface ---

    /** @param slow delay of each answer while it is slow */
    void strike(EngineFault next, Duration slow) {
        fault = next;
        delay = next == EngineFault.SLOW ? slow : spec.delay();
    }

    /** The daemon ends and begins again: connections are lost, containers with such a policy run again. */
    void restart() {
        listener.closeConnections();
        for (PlayedContainer container : containers.values()) {
            if (container.isRunning()) {
                container.ended(KILLED);
                if (container.comesBack()) {
                    started(container);
                }
            }
        }
    }

    /** All with this label use so many processors from now on, also those that come. */
    void load(String label, double cores) {
        loads.put(label, cores);
        containers.values().stream()
                .filter(container -> has(container, label))
                .forEach(container -> container.load(cores));
    }

    /** Its process ends by itself. */
    void crash(PlayedContainer container) {
        container.ended(KILLED);
        event(container, "die");
        if (container.comesBack()) {
            loop.later(COMES_BACK_AFTER, () -> {
                if (containers.containsKey(container.id())
                        && !container.isRunning()
                        && started(container).isEmpty()) {
                    event(container, "start");
                }
            });
        }
    }

    /** Somebody else makes a container and runs it, in no time. */
    void stranger(String name) {
        PlayedContainer container = new PlayedContainer(name, "stranger:1", JSON.createObjectNode());
        containers.put(container.id(), container);
        started(container);
        event(container, "start");
    }

    private static boolean has(PlayedContainer container, String label) {
        String[] sides = label.split("=", 2);
        String value = container.labels().get(sides[0]);
        return value != null && (sides.length < 2 || value.equals(sides[1]));
    }

    // --- its interface ---

    private void serve(ReceivedRequest request, HttpConnection answer) {
        if (fault == EngineFault.HANGS) {
            return;
        }
        loop.later(delay, () -> {
            if (answer.isOpen()) {
                answer(request, answer);
            }
        });
    }

    private void answer(ReceivedRequest request, HttpConnection answer) {
        String path = VERSION.matcher(request.path()).replaceFirst("");
        String[] words = path.split("/", 0);
        try {
            if (words.length > 1 && words[1].equals("containers")) {
                containers(request, words, answer);
            } else if (words.length > 1 && words[1].equals("images")) {
                images(request, path, answer);
            } else {
                engine(path, answer);
            }
        } catch (JsonProcessingException invalid) {
            refuse(answer, 400, "invalid JSON: " + invalid.getOriginalMessage());
        }
    }

    private void count(String kind) {
        calls.merge(kind, 1L, Long::sum);
    }

    private void engine(String path, HttpConnection answer) {
        switch (path) {
            case "/_ping" -> answer.text(200, "OK");
            case "/version" -> answer.json(200, text(version()));
            case "/info" -> {
                count("info");
                answer.json(200, text(info()));
            }
            case "/events" -> follow(answer);
            default -> refuse(answer, 404, "page not found");
        }
    }

    private static ObjectNode version() {
        return JSON.createObjectNode()
                .put("Version", "24.0.0-played")
                .put("ApiVersion", VERSION_OF_API)
                .put("MinAPIVersion", "1.12")
                .put("Os", "linux")
                .put("Arch", "amd64");
    }

    private ObjectNode info() {
        long running =
                containers.values().stream().filter(PlayedContainer::isRunning).count();
        return JSON.createObjectNode()
                .put("ID", spec.name())
                .put("Name", spec.name())
                .put("Containers", containers.size())
                .put("ContainersRunning", running)
                .put("ContainersPaused", 0)
                .put("ContainersStopped", containers.size() - running)
                .put("Images", images.size())
                .put("Driver", "overlay2")
                .put("CgroupVersion", Integer.toString(spec.cgroupVersion()))
                .put("NCPU", spec.cpus())
                .put("MemTotal", spec.memoryBytes())
                .put("ServerVersion", "24.0.0-played");
    }

    private void follow(HttpConnection answer) {
        count("events");
        answer.begin("application/json");
        followers.add(answer);
        answer.whenEnded(() -> followers.remove(answer));
    }

    private void event(PlayedContainer container, String action) {
        if (followers.isEmpty()) {
            return;
        }
        Instant now = Instant.now();
        ObjectNode event = JSON.createObjectNode()
                .put("status", action)
                .put("id", container.id())
                .put("from", container.image())
                .put("Type", "container")
                .put("Action", action);
        ObjectNode attributes =
                event.putObject("Actor").put("ID", container.id()).putObject("Attributes");
        attributes.put("image", container.image()).put("name", container.name());
        container.labels().forEach(attributes::put);
        event.put("scope", "local")
                .put("time", now.getEpochSecond())
                .put("timeNano", TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano());
        String line = text(event) + "\n";
        List.copyOf(followers).forEach(follower -> follower.chunk(line));
    }

    private void images(ReceivedRequest request, String path, HttpConnection answer) {
        if (path.equals("/images/create") && request.method().equals("POST")) {
            count("pull");
            pull(request, answer);
        } else if (path.endsWith("/json") && request.method().equals("GET") && !path.equals("/images/json")) {
            count("image");
            String name = path.substring("/images/".length(), path.length() - "/json".length());
            if (images.contains(name)) {
                ObjectNode image = JSON.createObjectNode().put("Id", "sha256:%064x".formatted(name.hashCode()));
                image.putArray("RepoTags").add(name);
                answer.json(200, text(image));
            } else {
                refuse(answer, 404, "No such image: " + name);
            }
        } else {
            refuse(answer, 404, "page not found");
        }
    }

    private void pull(ReceivedRequest request, HttpConnection answer) {
        String image = request.parameter("fromImage").orElse("")
                + request.parameter("tag").map(tag -> ":" + tag).orElse("");
        answer.begin("application/json");
        answer.chunk(
                "{\"status\":\"Downloading\",\"id\":\"a\",\"progressDetail\":{\"current\":5242880,\"total\":9000000}}\n");
        if (fault == EngineFault.DISK_FULL) {
            answer.chunk(failure("write /var/lib/docker/tmp/layer: no space left on device"));
        } else if (spec.registry().contains(image)) {
            images.add(image);
            answer.chunk("{\"status\":\"Download complete\",\"id\":\"a\"}\n");
        } else {
            answer.chunk(failure("manifest for %s not found: manifest unknown".formatted(image)));
        }
        answer.end();
    }

    private static String failure(String said) {
        ObjectNode line = JSON.createObjectNode();
        line.putObject("errorDetail").put("message", said);
        line.put("error", said);
        return text(line) + "\n";
    }

    private void containers(ReceivedRequest request, String[] words, HttpConnection answer)
            throws JsonProcessingException {
        String word = words.length > 2 ? words[2] : "";
        String method = request.method();
        if (word.equals("json") && method.equals("GET")) {
            count("list");
            list(request, answer);
            return;
        }
        if (word.equals("create") && method.equals("POST")) {
            count("create");
            create(request, answer);
            return;
        }
        String verb = words.length > 3 ? words[3] : "";
        count(method.equals("DELETE") ? "remove" : verb);
        Optional<PlayedContainer> found = find(word);
        if (found.isEmpty()) {
            refuse(answer, 404, "No such container: " + word);
        } else if (method.equals("GET")) {
            read(found.get(), verb, request, answer);
        } else if (method.equals("DELETE")) {
            remove(found.get(), request, answer);
        } else {
            act(found.get(), verb, request, answer);
        }
    }

    /** By its id, the beginning of it, or its name, as the interface takes them. */
    private Optional<PlayedContainer> find(String word) {
        PlayedContainer byId = containers.get(word);
        if (byId != null) {
            return Optional.of(byId);
        }
        Optional<PlayedContainer> byName = containers.values().stream()
                .filter(container -> container.name().equals(word))
                .findFirst();
        List<PlayedContainer> alike = containers.values().stream()
                .filter(container -> !word.isEmpty() && container.id().startsWith(word))
                .toList();
        return byName.isPresent() || alike.size() != 1 ? byName : Optional.of(alike.get(0));
    }

    private void list(ReceivedRequest request, HttpConnection answer) throws JsonProcessingException {
        Predicate<PlayedContainer> shown = filter(request.parameter("filters").orElse(""));
        boolean all =
                request.says("all") || request.parameter("filters").orElse("").contains("\"status\"");
        List<PlayedContainer> newestFirst = new ArrayList<>(containers.values());
        Collections.reverse(newestFirst);
        StringBuilder rows = new StringBuilder("[");
        for (PlayedContainer container : newestFirst) {
            if ((all || container.isRunning()) && shown.test(container)) {
                rows.append(rows.length() > 1 ? "," : "").append(container.listed(PlayedEngine::text));
            }
        }
        answer.json(200, rows.append(']').toString());
    }

    /** Conditions of different kinds hold together; of one kind one is enough, but for labels. */
    private static Predicate<PlayedContainer> filter(String filters) throws JsonProcessingException {
        if (filters.isEmpty()) {
            return any -> true;
        }
        JsonNode read = JSON.readTree(filters);
        List<String> labels = values(read.path("label"));
        List<String> names = values(read.path("name"));
        List<String> states = values(read.path("status"));
        List<String> ids = values(read.path("id"));
        return container -> labels.stream().allMatch(label -> has(container, label))
                && (names.isEmpty() || names.stream().anyMatch(("/" + container.name())::contains))
                && (states.isEmpty() || states.contains(container.state().text()))
                && (ids.isEmpty() || ids.stream().anyMatch(container.id()::startsWith));
    }

    private static List<String> values(JsonNode filter) {
        List<String> values = new ArrayList<>();
        if (filter.isArray()) {
            filter.forEach(value -> values.add(value.asText()));
        } else {
            filter.fieldNames().forEachRemaining(values::add);
        }
        return values;
    }

    private void create(ReceivedRequest request, HttpConnection answer) throws JsonProcessingException {
        JsonNode asked = JSON.readTree(request.body());
        String image = asked.path("Image").asText();
        String name = request.parameter("name").orElseGet(() -> "played_%x".formatted(System.nanoTime()));
        if (!NAME.matcher(name).matches()) {
            refuse(
                    answer,
                    400,
                    "Invalid container name (%s), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed".formatted(name));
        } else if (!images.contains(image)) {
            refuse(answer, 404, "No such image: " + image);
        } else if (isTaken(name)) {
            refuseName(answer, name);
        } else if (fault == EngineFault.DISK_FULL) {
            refuse(answer, 500, "mkdir /var/lib/docker/overlay2: no space left on device");
        } else {
            PlayedContainer container = new PlayedContainer(name, image, asked);
            loads.forEach((label, cores) -> {
                if (has(container, label)) {
                    container.load(cores);
                }
            });
            containers.put(container.id(), container);
            ObjectNode made = JSON.createObjectNode().put("Id", container.id());
            made.putArray("Warnings");
            answer.json(201, text(made));
            event(container, "create");
        }
    }

    private boolean isTaken(String name) {
        return containers.values().stream()
                .anyMatch(container -> container.name().equals(name));
    }

    private void refuseName(HttpConnection answer, String name) {
        String owner = find(name).map(PlayedContainer::id).orElse("");
        refuse(
                answer,
                409,
                "Conflict. The container name \"/%s\" is already in use by container \"%s\". You have to remove (or rename) that container to be able to reuse that name."
                        .formatted(name, owner));
    }

    private void read(PlayedContainer container, String verb, ReceivedRequest request, HttpConnection answer) {
        switch (verb) {
            case "json" -> answer.json(200, text(container.inspected()));
            case "stats" -> measure(container, request, answer);
            case "logs" -> log(container, answer);
            default -> refuse(answer, 404, "page not found");
        }
    }

    /** Frames with a head of eight bytes, as for a container without a terminal. */
    private static void log(PlayedContainer container, HttpConnection answer) {
        answer.begin("application/vnd.docker.raw-stream");
        byte[] line = "%s listens%n".formatted(container.name()).getBytes(StandardCharsets.UTF_8);
        answer.chunk(ByteBuffer.allocate(8 + line.length)
                .put((byte) 1)
                .put(new byte[3])
                .putInt(line.length)
                .put(line)
                .array());
        answer.end();
    }

    /** Without {@code one-shot} as the engine of Docker: it reads once a second, and answers with the second reading from now. */
    private void measure(PlayedContainer container, ReceivedRequest request, HttpConnection answer) {
        if (request.says("one-shot") || !container.isRunning()) {
            answer.json(200, text(statistics(container)));
            return;
        }
        loop.later(toSecondReading(Instant.now()), () -> {
            if (answer.isOpen()) {
                answer.json(200, text(statistics(container)));
            }
        });
    }

    private static Duration toSecondReading(Instant now) {
        return Duration.between(now, now.truncatedTo(ChronoUnit.SECONDS).plusSeconds(2));
    }

    /** Control groups of version 1 tell processors one by one, those of version 2 do not. */
    private ObjectNode statistics(PlayedContainer container) {
        long used = (long) (container.cpuSeconds() * TimeUnit.SECONDS.toNanos(1));
        boolean first = spec.cgroupVersion() == 1;
        ObjectNode whole = JSON.createObjectNode().put("read", Instant.now().toString());
        whole.put("id", container.id()).put("name", "/" + container.name());
        ObjectNode cpu = whole.putObject("cpu_stats");
        if (container.isRunning()) {
            ObjectNode usage = cpu.putObject("cpu_usage").put("total_usage", used);
            usage.put("usage_in_kernelmode", 0).put("usage_in_usermode", used);
            if (first) {
                usage.putArray("percpu_usage").add(used);
            }
            cpu.put("system_cpu_usage", System.nanoTime()).put("online_cpus", spec.cpus());
            ObjectNode memory = whole.putObject("memory_stats")
                    .put("usage", MEMORY_OF_A_CONTAINER)
                    .put("limit", spec.memoryBytes());
            memory.putObject("stats").put(first ? "total_inactive_file" : "inactive_file", MEMORY_OF_A_CONTAINER / 3);
        } else {
            cpu.putObject("cpu_usage").put("total_usage", 0);
            whole.putObject("memory_stats");
        }
        return whole;
    }

    private void remove(PlayedContainer container, ReceivedRequest request, HttpConnection answer) {
        if (container.isRunning() && !request.says("force")) {
            refuse(
                    answer,
                    409,
                    "You cannot remove a running container %s. Stop the container before attempting removal or force remove"
                            .formatted(container.id()));
            return;
        }
        if (container.isRunning()) {
            container.ended(KILLED);
        }
        containers.remove(container.id());
        answer.empty(204);
        event(container, "destroy");
    }

    private void act(PlayedContainer container, String verb, ReceivedRequest request, HttpConnection answer) {
        switch (verb) {
            case "start" -> start(container, answer);
            case "stop" -> stop(container, answer);
            case "restart" -> {
                if (container.isRunning()) {
                    container.ended(0);
                }
                start(container, answer);
            }
            case "kill" -> kill(container, answer);
            case "rename" -> rename(container, request.parameter("name").orElse(""), answer);
            default -> refuse(answer, 404, "page not found");
        }
    }

    private void start(PlayedContainer container, HttpConnection answer) {
        if (container.isRunning()) {
            answer.empty(304);
            return;
        }
        Optional<String> failed = started(container);
        if (failed.isPresent()) {
            refuse(answer, 500, failed.get());
        } else {
            answer.empty(204);
            event(container, "start");
        }
    }

    private void stop(PlayedContainer container, HttpConnection answer) {
        if (!container.isRunning()) {
            answer.empty(304);
            return;
        }
        container.ended(0);
        answer.empty(204);
        event(container, "die");
        event(container, "stop");
    }

    private void kill(PlayedContainer container, HttpConnection answer) {
        if (!container.isRunning()) {
            refuse(
                    answer,
                    409,
                    "Cannot kill container: %s: Container %s is not running"
                            .formatted(container.shortId(), container.id()));
            return;
        }
        container.ended(KILLED);
        answer.empty(204);
        event(container, "kill");
        event(container, "die");
    }

    private void rename(PlayedContainer container, String name, HttpConnection answer) {
        if (!NAME.matcher(name).matches()) {
            refuse(answer, 400, "Invalid container name (%s)".formatted(name));
        } else if (isTaken(name)) {
            refuseName(answer, name);
        } else {
            container.rename(name);
            answer.empty(204);
            event(container, "rename");
        }
    }

    /** Opens its ports. Returns why it cannot start; empty when it runs. */
    private Optional<String> started(PlayedContainer container) {
        List<PlayedPort> open = new ArrayList<>();
        JsonNode bindings = container.asked().at("/HostConfig/PortBindings");
        for (Map.Entry<String, JsonNode> binding : bindings.properties()) {
            String[] port = binding.getKey().split("/", 0);
            String protocol = port.length < 2 ? "tcp" : port[1];
            int host = binding.getValue().path(0).path("HostPort").asInt(0);
            try {
                open.add(published(container, Integer.parseInt(port[0]), protocol, host));
            } catch (IOException taken) {
                open.forEach(each -> each.listener().ifPresent(HttpListener::close));
                return Optional.of(
                        "driver failed programming external connectivity on endpoint %s: Bind for 0.0.0.0:%d failed: port is already allocated"
                                .formatted(container.name(), host));
            }
        }
        container.started(open);
        return Optional.empty();
    }

    private PlayedPort published(PlayedContainer container, int inside, String protocol, int host) throws IOException {
        if (!protocol.equals("tcp")) {
            return new PlayedPort(
                    inside,
                    protocol,
                    host > 0 ? host : FIRST_PORT_OF_OTHER_PROTOCOLS + inside % 1000,
                    Optional.empty());
        }
        HttpListener opened = loop.listen(
                new InetSocketAddress(spec.host(), host), (request, answer) -> page(container, request, answer));
        return new PlayedPort(inside, protocol, opened.port(), Optional.of(opened));
    }

    /** What a container answers: its id. */
    private void page(PlayedContainer container, ReceivedRequest request, HttpConnection answer) {
        if (request.agent().equals(spec.prober())) {
            container.probes().asked();
        }
        loop.later(delay, () -> {
            if (answer.isOpen()) {
                answer.text(200, container.id());
            }
        });
    }

    private static void refuse(HttpConnection answer, int status, String message) {
        answer.json(status, text(JsonNodeFactory.instance.objectNode().put("message", message)));
    }

    private static String text(JsonNode node) {
        try {
            return JSON.writeValueAsString(node);
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
