// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.containers;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.lab.harness.engine.Metrics;
import eu.nephele.smo.lab.harness.server.FreePort;
import eu.nephele.smo.lab.harness.server.ServerUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The server with the profile for containers, and the calls of its interface for them. */
final class ContainersServer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int MEGA = 1 << 20;
    private static final String BASE = "/containers/";

    private final ServerUnderTest server;

    private ContainersServer(ServerUnderTest server) {
        this.server = server;
    }

    /**
     * Starts it.
     *
     * @param file of containers
     * @param balancer lines of the configuration of HAProxy; none without one
     */
    static ContainersServer start(List<String> command, Path folder, String file, List<String> balancer)
            throws IOException, InterruptedException {
        Path etc = Files.createDirectories(folder.resolve("data/etc"));
        Files.writeString(
                etc.resolve("eu.nephele.smo.access.front.cfg"),
                "pathPorts=%d=/containers%n".formatted(FreePort.choose()));
        if (!balancer.isEmpty()) {
            Files.write(etc.resolve("eu.nephele.smo.adapters.haproxy~main.cfg"), balancer);
        }
        Files.writeString(folder.resolve("data/containers.yaml"), file);
        return new ContainersServer(ServerUnderTest.start(command, folder, PATIENCE, "--profile", "containers"));
    }

    ServerUnderTest process() {
        return server;
    }

    /** @param path of the interface for containers */
    JsonNode get(String path) throws IOException, InterruptedException {
        return server.get(BASE + path);
    }

    JsonNode post(String path) throws IOException, InterruptedException {
        return server.post(BASE + path, "");
    }

    /** Has the file read. */
    void load(String file) throws IOException, InterruptedException {
        Files.writeString(server.data().resolve("containers.yaml"), file);
        post("config/reload");
    }

    Metrics metrics() throws IOException, InterruptedException {
        return Metrics.of(server.text(server.request("GET", "/metrics", "")));
    }

    /** Live bytes of the heap, after a full collection. */
    double liveMegabytes() throws IOException, InterruptedException {
        server.jcmd("GC.run");
        return metrics().sum("jvm_memory_used_bytes", "area=\"heap\"") / MEGA;
    }

    @Override
    public void close() {
        server.close();
    }
}
