// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** A container: what it was asked for, its state, its open ports, and the processor time that it has used. */
final class PlayedContainer {

    private static final double NANOS_PER_SECOND = 1e9;
    private static final int SHORT = 12;

    private final String id = (UUID.randomUUID().toString() + UUID.randomUUID()).replace("-", "");
    private final String image;
    private final JsonNode asked;
    private final Map<String, String> labels = new HashMap<>();
    private final Instant created = Instant.now();
    /** Open ones; none while it does not run. */
    private final List<PlayedPort> ports = new ArrayList<>();

    private final ProbeTimes probes = new ProbeTimes();

    private String name;
    private State state = State.CREATED;
    private int exitCode;
    private Instant changed = created;
    private double cores;
    private double cpuNanos;
    private long countedNanos = System.nanoTime();

    /** Row of a listing but for its status; empty after a change. */
    private Optional<String> row = Optional.empty();

    PlayedContainer(String name, String image, JsonNode asked) {
        this.name = name;
        this.image = image;
        this.asked = asked;
        asked.path("Labels")
                .properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
    }

    enum State {
        CREATED,
        RUNNING,
        EXITED;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param listener empty for what is no TCP */
    record PlayedPort(int inside, String protocol, int host, Optional<HttpListener> listener) {}

    String id() {
        return id;
    }

    String shortId() {
        return id.substring(0, SHORT);
    }

    String name() {
        return name;
    }

    String image() {
        return image;
    }

    JsonNode asked() {
        return asked;
    }

    Map<String, String> labels() {
        return labels;
    }

    State state() {
        return state;
    }

    boolean isRunning() {
        return state == State.RUNNING;
    }

    ProbeTimes probes() {
        return probes;
    }

    void rename(String fresh) {
        name = fresh;
        row = Optional.empty();
    }

    void started(List<PlayedPort> open) {
        state = State.RUNNING;
        changed = Instant.now();
        countedNanos = System.nanoTime();
        ports.addAll(open);
        row = Optional.empty();
    }

    void ended(int code) {
        count();
        probes.interrupted();
        state = State.EXITED;
        exitCode = code;
        changed = Instant.now();
        ports.forEach(port -> port.listener().ifPresent(HttpListener::close));
        ports.clear();
        row = Optional.empty();
    }

    /** Whether it runs again after its process has ended, or after a restart of the engine. */
    boolean comesBack() {
        String policy = asked.at("/HostConfig/RestartPolicy/Name").asText("");
        return policy.equals("always") || policy.equals("unless-stopped");
    }

    /** From now on it uses so many processors. */
    void load(double now) {
        count();
        cores = now;
    }

    private void count() {
        long now = System.nanoTime();
        if (isRunning()) {
            cpuNanos += cores * (now - countedNanos);
        }
        countedNanos = now;
    }

    double cpuSeconds() {
        count();
        return cpuNanos / NANOS_PER_SECOND;
    }

    /**
     * Its row of a listing. That of a container which did not change is made once.
     *
     * @param writer of JSON
     */
    String listed(Function<JsonNode, String> writer) {
        String begin = row.orElseGet(() -> {
            String whole = writer.apply(rowWithoutStatus());
            return whole.substring(0, whole.length() - 1);
        });
        row = Optional.of(begin);
        return begin + ",\"Status\":\"" + status() + "\"}";
    }

    private ObjectNode rowWithoutStatus() {
        ObjectNode fresh = JsonNodeFactory.instance.objectNode();
        fresh.put("Id", id);
        fresh.putArray("Names").add("/" + name);
        fresh.put("Image", image);
        fresh.put("ImageID", "sha256:%064x".formatted(image.hashCode()));
        fresh.put("Command", "\"/app\"");
        fresh.put("Created", created.getEpochSecond());
        fresh.put("State", state.text());
        fresh.set("Ports", listedPorts());
        ObjectNode told = fresh.putObject("Labels");
        labels.forEach(told::put);
        fresh.putObject("HostConfig").put("NetworkMode", networkMode());
        fresh.putArray("Mounts");
        return fresh;
    }

    private ArrayNode listedPorts() {
        ArrayNode listed = JsonNodeFactory.instance.arrayNode();
        ports.forEach(port -> listed.addObject()
                .put("IP", "0.0.0.0")
                .put("PrivatePort", port.inside())
                .put("PublicPort", port.host())
                .put("Type", port.protocol()));
        return listed;
    }

    private String networkMode() {
        return asked.at("/HostConfig/NetworkMode").asText("default");
    }

    private String status() {
        long seconds = Math.max(1, Instant.now().getEpochSecond() - changed.getEpochSecond());
        return switch (state) {
            case CREATED -> "Created";
            case RUNNING -> "Up %d seconds".formatted(seconds);
            case EXITED -> "Exited (%d) %d seconds ago".formatted(exitCode, seconds);
        };
    }

    /** As it is told when somebody asks for this one alone. */
    ObjectNode inspected() {
        ObjectNode whole = JsonNodeFactory.instance.objectNode();
        whole.put("Id", id);
        whole.put("Name", "/" + name);
        whole.put("Created", created.toString());
        whole.put("Image", "sha256:%064x".formatted(image.hashCode()));
        whole.putObject("State")
                .put("Status", state.text())
                .put("Running", isRunning())
                .put("Paused", false)
                .put("Restarting", false)
                .put("OOMKilled", false)
                .put("Dead", false)
                .put("Pid", 0)
                .put("ExitCode", exitCode)
                .put("StartedAt", changed.toString());
        ObjectNode config = whole.putObject("Config").put("Image", image);
        config.set("Env", asked.path("Env"));
        ObjectNode told = config.putObject("Labels");
        labels.forEach(told::put);
        whole.set("HostConfig", asked.path("HostConfig"));
        ObjectNode published = whole.putObject("NetworkSettings").putObject("Ports");
        ports.forEach(port -> published
                .putArray("%d/%s".formatted(port.inside(), port.protocol()))
                .addObject()
                .put("HostIp", "0.0.0.0")
                .put("HostPort", Integer.toString(port.host())));
        return whole;
    }
}
