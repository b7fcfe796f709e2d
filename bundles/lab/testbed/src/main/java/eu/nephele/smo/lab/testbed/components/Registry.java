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

    /** Of a guarded registry. */
    public static final String USER = "smo";

    /** Of a guarded registry: no secret, it is here for everybody to read. */
    public static final String PASSWORD = "testbed";

    private static final String HASH = "$2b$05$abcdefghijklmnopqrstuuaUQoGoyjmuuXWQwBTiSaR.DpPZodIem";
    private static final Duration READY = Duration.ofSeconds(20);

    private final OsProcess process;
    private final int port;

    private Registry(OsProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * One that everybody may use.
     *
     * @throws Absent without docker-registry
     */
    public static Registry start(Path folder, Binaries binaries, Processes processes)
            throws Absent, IOException, InterruptedException {
        return start(folder, "", binaries, processes);
    }

    /**
     * One that only {@link #USER} with {@link #PASSWORD} may use.
     *
     * @throws Absent without docker-registry
     */
    public static Registry startGuarded(Path folder, Binaries binaries, Processes processes)
            throws Absent, IOException, InterruptedException {
        Path users = Files.createDirectories(folder).resolve("htpasswd");
        Files.writeString(users, USER + ":" + HASH + "\n");
        String guard = "auth: {htpasswd: {realm: testbed, path: \"%s\"}}%n".formatted(users);
        return start(folder, guard, binaries, processes);
    }

    private static Registry start(Path folder, String guard, Binaries binaries, Processes processes)
            throws Absent, IOException, InterruptedException {
        Path binary = binaries.find("docker-registry");
        Path place = Files.createDirectories(folder);
        int port = Ports.free(1).get(0);
        Path configuration = place.resolve("registry.yml");
        Files.writeString(configuration, """
                version: 0.1
                log: {level: warn}
                storage: {filesystem: {rootdirectory: "%s"}, delete: {enabled: true}}
                http: {addr: "127.0.0.1:%d"}
                %s""".formatted(place.resolve("blobs"), port, guard));
        OsProcess process = processes.start(
                "registry", List.of(binary.toString(), "serve", configuration.toString()), place, Map.of());
        HttpProbe.of(URI.create("http://127.0.0.1:" + port + "/")).await(process, READY);
        return new Registry(process, port);
    }

    /** As references name it: host and port. */
    public String host() {
        return "127.0.0.1:" + port;
    }

    public URI url() {
        return URI.create("http://" + host());
    }

    @Override
    public void close() throws IOException {
        process.close();
    }
}
