// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.swap;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.lab.harness.server.ServerUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One plugin whose file changes in the folder of a running server, version after version. */
final class SwappedPlugin {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int NOT_FOUND = 404;
    private static final String REMOVE = "remove";
    private static final long LOOK_MILLIS = 10;

    private final ServerUnderTest server;
    private final Path workshop;
    private final Path folder;
    private final String id;
    private final List<Swap> swaps = new ArrayList<>();
    private int number;
    private Path file;

    /**
     * @param droppedMicros time at which the file was complete in the folder, or the former one removed, since 1970
     * @param completeMicros time at which the file was complete in the folder, since 1970
     * @param firstMicros time of the first decision by the new version, since 1970
     */
    record Swap(String plugin, String what, String version, long droppedMicros, long completeMicros, long firstMicros) {

        /** Returns whether it was removed and added again, and not replaced. */
        boolean wasOut() {
            return what.equals(REMOVE);
        }
    }

    SwappedPlugin(ServerUnderTest server, Path workshop, String id) throws IOException {
        this.server = server;
        this.workshop = workshop;
        this.id = id;
        this.folder = Files.createDirectories(server.data().resolve("plugins"));
        this.file = folder.resolve(id + ".jar");
    }

    String id() {
        return id;
    }

    List<Swap> swaps() {
        return List.copyOf(swaps);
    }

    /** Adds it for the first time, without load. */
    void install() throws IOException, InterruptedException {
        drop(file);
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!isActive()) {
            pause(end, "is not active");
        }
    }

    private boolean isActive() throws IOException, InterruptedException {
        return server.status("/api/v1/plugins/" + id) != NOT_FOUND
                && server.get("/api/v1/plugins/" + id).toString().contains("\"ACTIVE\"");
    }

    /** Adds the next version beside the present one, which is removed as soon as the new one decides. */
    void beside() throws IOException, InterruptedException {
        Path before = file;
        file = folder.resolve("%s-%d.jar".formatted(id, number + 1));
        long complete = drop(file);
        swaps.add(new Swap(id, "beside", version(), complete, complete, awaitFirst()));
        Files.delete(before);
    }

    /** Replaces the content of the file by the next version. */
    void update() throws IOException, InterruptedException {
        long complete = drop(file);
        swaps.add(new Swap(id, "update", version(), complete, complete, awaitFirst()));
    }

    /** Removes it, and adds the next version when it is gone. */
    void removeAndInstall() throws IOException, InterruptedException {
        Files.delete(file);
        long taken = micros();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (server.status("/api/v1/plugins/" + id) != NOT_FOUND) {
            pause(end, "is not gone");
        }
        long complete = drop(file);
        swaps.add(new Swap(id, REMOVE, version(), taken, complete, awaitFirst()));
    }

    private long drop(Path target) throws IOException {
        number++;
        Path made = PluginJarBuilder.write(workshop.resolve(id + ".part"), id, version());
        Files.move(made, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return micros();
    }

    private long awaitFirst() throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            JsonNode first = server.get("/swap/first?of=%s/%s".formatted(id, version()));
            if (first.has("at")) {
                return first.path("at").asLong();
            }
            pause(end, "does not decide");
        }
    }

    private void pause(long end, String what) throws IOException, InterruptedException {
        if (System.nanoTime() > end) {
            throw new IOException("Version %s of %s %s after %d s: %s"
                    .formatted(version(), id, what, PATIENCE.toSeconds(), server.get("/api/v1/plugins")));
        }
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }

    private String version() {
        return "1.0." + number;
    }

    private static long micros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }
}
