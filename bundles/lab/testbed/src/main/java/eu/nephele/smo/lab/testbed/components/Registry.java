// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.components;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A registry of OCI artifacts: plain HTTP, deletes allowed. */
public final class Registry implements AutoCloseable {

    /** User of a guarded registry. */
    public static final String USER = "smo";

    /** Password of a guarded registry: no secret, anybody can read it here. */
    public static final String PASSWORD = "testbed";

    private static final String HASH = "$2b$05$abcdefghijklmnopqrstuuaUQoGoyjmuuXWQwBTiSaR.DpPZodIem";
    private static final Duration READY = Duration.ofSeconds(20);

    private final RegistryStart start;
    private final int port;
    private OsProcess process;

    @FunctionalInterface
    private interface RegistryStart {
        OsProcess start() throws IOException, InterruptedException;
    }

    private Registry(RegistryStart start, int port) throws IOException, InterruptedException {
        this.start = start;
        this.port = port;
        this.process = start.start();
    }

    /**
     * A registry without authentication.
     *
     * @throws MissingComponentException without docker-registry
     */
    public static Registry start(Path folder, Binaries binaries, Processes processes)
            throws MissingComponentException, IOException, InterruptedException {
        return start(folder, "", binaries, processes);
    }

    /**
     * A registry that requires {@link #USER} and {@link #PASSWORD}.
     *
     * @throws MissingComponentException without docker-registry
     */
    public static Registry startGuarded(Path folder, Binaries binaries, Processes processes)
            throws MissingComponentException, IOException, InterruptedException {
        Path users = Files.createDirectories(folder).resolve("htpasswd");
        Files.writeString(users, USER + ":" + HASH + "\n");
        String guard = "auth: {htpasswd: {realm: testbed, path: \"%s\"}}%n".formatted(users);
        return start(folder, guard, binaries, processes);
    }

    private static Registry start(Path folder, String guard, Binaries binaries, Processes processes)
            throws MissingComponentException, IOException, InterruptedException {
        Path binary = binaries.find("docker-registry");
        Path place = Files.createDirectories(folder);
        int port = FreePorts.free(1).get(0);
        Path configuration = place.resolve("registry.yml");
        Files.writeString(configuration, """
                version: 0.1
                log: {level: warn}
                storage: {filesystem: {rootdirectory: "%s"}, delete: {enabled: true}}
                http: {addr: "127.0.0.1:%d"}
                %s""".formatted(place.resolve("blobs"), port, guard));
        List<String> command = List.of(binary.toString(), "serve", configuration.toString());
        HttpProbe probe = HttpProbe.create(URI.create("http://127.0.0.1:" + port + "/"));
        return new Registry(
                () -> {
                    OsProcess process = processes.start("registry", command, place, Map.of());
                    probe.await(process, READY);
                    return process;
                },
                port);
    }

    /** Its name in references: host and port. */
    public String host() {
        return "127.0.0.1:" + port;
    }

    public URI url() {
        return URI.create("http://" + host());
    }

    /** SIGKILL: pushed content stays. */
    public synchronized void kill() throws IOException {
        process.kill();
    }

    /** Starts it at the same address; does nothing when it runs. */
    public synchronized void startAgain() throws IOException, InterruptedException {
        if (!process.isAlive()) {
            process = start.start();
        }
    }

    @Override
    public synchronized void close() throws IOException {
        process.close();
    }
}
