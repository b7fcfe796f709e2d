// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.components;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A container engine with a storage of its own, which speaks the interface of Docker on a socket. */
public final class PodmanService implements AutoCloseable {

    private static final Duration READY = Duration.ofSeconds(20);
    private static final long PAUSE_MILLIS = 50;

    private final Path folder;
    private final Path program;
    private final Processes processes;
    private OsProcess process;

    private PodmanService(Path folder, Path program, Processes processes) throws IOException, InterruptedException {
        this.folder = folder;
        this.program = program;
        this.processes = processes;
        this.process = run();
    }

    /** @throws MissingComponentException without podman or runc */
    public static PodmanService start(Path folder, Binaries binaries, Processes processes)
            throws MissingComponentException, IOException, InterruptedException {
        Path podman = binaries.find("podman");
        binaries.find("runc");
        Files.createDirectories(folder.resolve("xdg"));
        Files.writeString(folder.resolve("containers.conf"), """
                [containers]
                default_ulimits = ["nofile=1024:1024", "nproc=1024:1024"]
                netns = "host"
                [engine]
                runtime = "runc"
                cgroup_manager = "cgroupfs"
                events_logger = "file"
                """);
        Files.writeString(folder.resolve("storage.conf"), """
                [storage]
                driver = "vfs"
                graphroot = "%s"
                runroot = "%s"
                [storage.options.vfs]
                ignore_chown_errors = "true"
                """.formatted(folder.resolve("root"), folder.resolve("run")));
        return new PodmanService(folder, podman, processes);
    }

    private OsProcess run() throws IOException, InterruptedException {
        Files.deleteIfExists(socket());
        OsProcess started = processes.start(
                "podman",
                List.of(program.toString(), "system", "service", "--time=0", "unix://" + socket()),
                folder,
                environment());
        long end = System.nanoTime() + READY.toNanos();
        while (!Files.exists(socket())) {
            if (!started.isAlive() || System.nanoTime() > end) {
                String said = started.lastWords();
                started.close();
                throw new IOException("podman does not open its socket: " + said);
            }
            Thread.sleep(PAUSE_MILLIS);
        }
        return started;
    }

    private Map<String, String> environment() {
        return Map.of(
                "HOME", folder.toString(),
                "CONTAINERS_CONF", folder.resolve("containers.conf").toString(),
                "CONTAINERS_STORAGE_CONF", folder.resolve("storage.conf").toString(),
                "XDG_RUNTIME_DIR", folder.resolve("xdg").toString());
    }

    /**
     * Makes an image of one layer without a registry.
     *
     * @param archive tar with the files of the image
     * @param name with tag
     * @param changes instructions of a Dockerfile: {@code CMD ["/server"]}
     */
    public void importImage(Path archive, String name, String... changes) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("import"));
        for (String change : changes) {
            arguments.addAll(List.of("--change", change));
        }
        arguments.addAll(List.of(archive.toString(), name));
        ran(arguments);
    }

    /** SIGKILL for its first process; nothing happens when there is no such container here. */
    public void killContainer(String id) throws IOException, InterruptedException {
        if (containers().contains(id)) {
            ran(List.of("kill", id));
        }
    }

    /** Ids of all containers, a line each. */
    public String containers() throws IOException, InterruptedException {
        return ran(List.of("ps", "--all", "--no-trunc", "--format", "{{.ID}}"));
    }

    /** All containers as a JSON array, as {@code podman ps --format json} writes it. */
    public String listing() throws IOException, InterruptedException {
        return ran(List.of("ps", "--all", "--no-trunc", "--format", "json"));
    }

    /** Ids of the containers that run, a line each. */
    public String running() throws IOException, InterruptedException {
        return ran(List.of("ps", "--no-trunc", "--format", "{{.ID}}"));
    }

    /** Ids of the containers that run and of their processes, a line each: one that was started anew has another process. */
    public String processes() throws IOException, InterruptedException {
        return ran(List.of("ps", "--no-trunc", "--format", "{{.ID}} {{.Pid}}"));
    }

    /** Ends and removes all containers. */
    public void removeAll() throws IOException, InterruptedException {
        ran(List.of("rm", "--all", "--force", "--time", "0"));
    }

    private String ran(List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment());
        Process running = builder.start();
        String said = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (running.waitFor() != 0) {
            throw new IOException("podman %s: %s".formatted(String.join(" ", arguments), said));
        }
        return said;
    }

    /** Where it listens. */
    public Path socket() {
        return folder.resolve("podman.sock");
    }

    /** SIGKILL: containers go on. */
    public synchronized void kill() throws IOException {
        process.kill();
    }

    /** Starts it at the same socket; does nothing when it runs. */
    public synchronized void startAgain() throws IOException, InterruptedException {
        if (!process.isAlive()) {
            process = run();
        }
    }

    /** SIGSTOP: it answers nothing until {@link #thaw}. */
    public synchronized void freeze() throws IOException, InterruptedException {
        process.freeze();
    }

    /** SIGCONT. */
    public synchronized void thaw() throws IOException, InterruptedException {
        process.thaw();
    }

    @Override
    public synchronized void close() throws IOException {
        process.close();
    }
}
