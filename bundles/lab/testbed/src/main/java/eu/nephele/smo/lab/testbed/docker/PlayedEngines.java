// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.docker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Many played engines, and a place on loopback where somebody can look behind them and hurt them: {@code GET
 * /lab/containers}, {@code /lab/calls}, {@code /lab/probes}; {@code PUT /lab/load?label=L&cores=N}, {@code
 * /lab/engines/NAME/fault?kind=K&millis=N}; {@code POST /lab/engines/NAME/restart}, {@code /lab/containers/ID/crash}, {@code
 * /lab/stranger?name=N}, {@code /lab/probes/reset}.
 */
public final class PlayedEngines implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SERVICE = "smo.nephele.eu/service";
    private static final double NANOS_PER_MILLI = 1e6;

    private final EventLoop loop;
    private final List<PlayedEngine> engines = new ArrayList<>();
    private final List<Path> sockets = new ArrayList<>();
    private final HttpListener control;

    /** @throws IOException when a socket cannot be bound */
    public PlayedEngines(EnginesOptions options) throws IOException {
        loop = new EventLoop();
        Files.createDirectories(options.folder());
        for (int number = 1; number <= options.engines(); number++) {
            EngineSpec spec = options.spec(number);
            Path socket = options.folder().resolve(spec.name() + ".sock");
            Files.deleteIfExists(socket);
            sockets.add(socket);
            engines.add(new PlayedEngine(loop, spec, UnixDomainSocketAddress.of(socket)));
        }
        control = loop.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), this::serve);
    }

    /** Runs until the standard input ends; tells readiness in one line. */
    public static int run(EnginesOptions options) throws IOException {
        try (PlayedEngines engines = new PlayedEngines(options)) {
            System.out.println(engines.ready());
            while (System.in.read() >= 0) {
                // whoever started it ends it by the end of its input
            }
        }
        return 0;
    }

    /** Where they are, as one line of JSON. */
    public String ready() {
        ObjectNode line = JSON.createObjectNode().put("event", "ready");
        line.put("control", "http://127.0.0.1:%d".formatted(control.port()));
        ArrayNode listed = line.putArray("engines");
        for (int i = 0; i < engines.size(); i++) {
            listed.addObject()
                    .put("name", engines.get(i).name())
                    .put("host", engines.get(i).host())
                    .put("socket", sockets.get(i).toAbsolutePath().toString());
        }
        return text(line);
    }

    private void serve(ReceivedRequest request, HttpConnection answer) {
        String[] words = request.path().split("/", 0);
        String call = request.method() + " " + request.path();
        try {
            if (words.length == 5 && words[2].equals("engines")) {
                strike(engine(words[3]), words[4], request);
                answer.empty(204);
            } else if (words.length == 5 && words[2].equals("containers") && words[4].equals("crash")) {
                crash(words[3]);
                answer.empty(204);
            } else {
                plain(call, request, answer);
            }
        } catch (IllegalArgumentException wrong) {
            answer.text(400, String.valueOf(wrong.getMessage()));
        }
    }

    private void plain(String call, ReceivedRequest request, HttpConnection answer) {
        switch (call) {
            case "GET /lab/containers" -> answer.json(200, containers());
            case "GET /lab/calls" -> answer.json(200, calls());
            case "GET /lab/probes" -> answer.json(200, probes());
            case "POST /lab/probes/reset" -> {
                engines.forEach(engine -> engine.containers()
                        .forEach(container -> container.probes().reset()));
                answer.empty(204);
            }
            case "PUT /lab/load" -> {
                double cores = Double.parseDouble(needed(request, "cores"));
                String label = needed(request, "label");
                engines.forEach(engine -> engine.load(label, cores));
                answer.empty(204);
            }
            case "POST /lab/stranger" -> {
                String name = needed(request, "name");
                engines.forEach(engine -> engine.stranger(name));
                answer.empty(204);
            }
            default -> answer.text(404, "There is no %s%n".formatted(call));
        }
    }

    private static String needed(ReceivedRequest request, String name) {
        return request.parameter(name)
                .orElseThrow(() -> new IllegalArgumentException("The parameter %s is missing".formatted(name)));
    }

    private PlayedEngine engine(String name) {
        return engines.stream()
                .filter(engine -> engine.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no engine %s".formatted(name)));
    }

    private static void strike(PlayedEngine engine, String what, ReceivedRequest request) {
        switch (what) {
            case "fault" ->
                engine.strike(
                        EngineFault.valueOf(needed(request, "kind")),
                        Duration.ofMillis(
                                Long.parseLong(request.parameter("millis").orElse("0"))));
            case "restart" -> engine.restart();
            default -> throw new IllegalArgumentException("expected fault or restart");
        }
    }

    private void crash(String id) {
        for (PlayedEngine engine : engines) {
            Optional<PlayedContainer> found = engine.containers().stream()
                    .filter(container -> container.id().equals(id) && container.isRunning())
                    .findFirst();
            if (found.isPresent()) {
                engine.crash(found.get());
                return;
            }
        }
        throw new IllegalArgumentException("No container %s runs".formatted(id));
    }

    private String containers() {
        ArrayNode all = JSON.createArrayNode();
        for (PlayedEngine engine : engines) {
            for (PlayedContainer container : engine.containers()) {
                all.addObject()
                        .put("engine", engine.name())
                        .put("id", container.id())
                        .put("name", container.name())
                        .put("service", container.labels().getOrDefault(SERVICE, ""))
                        .put("running", container.isRunning());
            }
        }
        return text(all);
    }

    private String calls() {
        ObjectNode all = JSON.createObjectNode();
        engines.forEach(engine -> engine.calls()
                .forEach((kind, count) -> all.put(kind, all.path(kind).asLong() + count)));
        return text(all);
    }

    private String probes() {
        ObjectNode all = JSON.createObjectNode();
        for (PlayedEngine engine : engines) {
            long count = engine.containers().stream()
                    .mapToLong(container -> container.probes().count())
                    .sum();
            long gap = engine.containers().stream()
                    .filter(PlayedContainer::isRunning)
                    .mapToLong(container -> container.probes().longestGapNanos())
                    .max()
                    .orElse(0);
            all.putObject(engine.name()).put("probes", count).put("longestGapMillis", gap / NANOS_PER_MILLI);
        }
        return text(all);
    }

    private static String text(JsonNode node) {
        try {
            return JSON.writeValueAsString(node);
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    @Override
    public void close() {
        loop.execute(() -> engines.forEach(PlayedEngine::close));
        loop.close();
        try {
            for (Path socket : sockets) {
                Files.deleteIfExists(socket);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
