// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.components;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A HAProxy with a master process and a worker, by a configuration file that somebody else writes. */
public final class Haproxy implements AutoCloseable {

    private static final Duration READY = Duration.ofSeconds(20);
    private static final long PAUSE_MILLIS = 20;

    private final Path binary;
    private final Path configuration;
    private final Path folder;
    private final Processes processes;
    private OsProcess process;

    private Haproxy(Path binary, Path configuration, Path folder, Processes processes)
            throws IOException, InterruptedException {
        this.binary = binary;
        this.configuration = configuration;
        this.folder = folder;
        this.processes = processes;
        this.process = started();
    }

    /**
     * Starts it, and waits until its master answers.
     *
     * @param configuration that it is started and reloaded with
     * @param folder of its sockets, with a short path: a socket has at most 107 bytes
     * @throws MissingComponentException without haproxy
     */
    public static Haproxy start(Path configuration, Path folder, Binaries binaries, Processes processes)
            throws MissingComponentException, IOException, InterruptedException {
        Path binary = binaries.find("haproxy");
        return new Haproxy(binary, configuration, Files.createDirectories(folder), processes);
    }

    private OsProcess started() throws IOException, InterruptedException {
        Files.deleteIfExists(masterSocket());
        OsProcess begun = processes.start(
                "haproxy",
                List.of(
                        binary.toString(),
                        "-W",
                        "-f",
                        configuration.toString(),
                        "-S",
                        masterSocket().toString(),
                        "-p",
                        pidFile().toString()),
                folder,
                Map.of());
        long end = System.nanoTime() + READY.toNanos();
        while (!answers(masterSocket())) {
            if (!begun.isAlive() || System.nanoTime() - end > 0) {
                throw new IOException("haproxy did not start:%n%s".formatted(begun.lastWords()));
            }
            Thread.sleep(PAUSE_MILLIS);
        }
        return begun;
    }

    private static boolean answers(Path socket) {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            return channel.connect(UnixDomainSocketAddress.of(socket));
        } catch (IOException notYet) {
            return false; // what this finds out
        }
    }

    public Path masterSocket() {
        return folder.resolve("master.sock");
    }

    /** File with the number of the master process. */
    public Path pidFile() {
        return folder.resolve("haproxy.pid");
    }

    public Path log() {
        return process.log();
    }

    /** SIGKILL for the master; its worker ends with it. */
    public synchronized void kill() throws IOException {
        process.kill();
    }

    /** Starts it by the present configuration; does nothing when it runs. */
    public synchronized void startAgain() throws IOException, InterruptedException {
        if (!process.isAlive()) {
            process = started();
        }
    }

    @Override
    public synchronized void close() throws IOException {
        process.close();
    }
}
