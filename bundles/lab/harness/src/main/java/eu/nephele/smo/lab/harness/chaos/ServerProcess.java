// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;

import eu.nephele.smo.lab.harness.server.ChildProcess;
import eu.nephele.smo.lab.harness.server.FreePort;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/** The server under test: always at the same address, with the same data, in one process after the other. */
final class ServerProcess implements AutoCloseable {

    private static final long READY_SECONDS = 120;

    private final List<String> command;
    private final Path log;
    private final int port;
    private final WorkerSurvivors workers = new WorkerSurvivors();
    /** Shutdown hook, so that an interrupted run leaves no server behind. */
    private final Thread lastResort = new Thread(this::end, "server-end");

    private volatile ChildProcess child;
    private long startedNanos;
    private final List<Long> startMillis = new ArrayList<>();

    private ServerProcess(List<String> command, Path log, int port) throws IOException {
        this.command = List.copyOf(command);
        this.log = log;
        this.port = port;
        this.child = ChildProcess.start("server", command, log);
        Runtime.getRuntime().addShutdownHook(lastResort);
    }

    /**
     * Starts it for the first time, without waiting.
     *
     * @param store configuration of the store, "" for the one that the server brings
     */
    static ServerProcess start(ChaosOptions options, Path folder, ServedWorld world, String store) throws IOException {
        if (!store.isEmpty()) {
            Files.writeString(world.configuration().resolve("eu.nephele.smo.core.store.cfg"), store);
        }
        return start(options, world, folder.resolve("data"), folder.resolve("server.log"));
    }

    /** The same with a data directory that has its configuration. */
    static ServerProcess start(ChaosOptions options, ServedWorld world, Path data, Path log) throws IOException {
        int port = FreePort.choose();
        List<String> command = new ArrayList<>(options.server());
        command.addAll(world.serverOptions());
        command.addAll(List.of("--json", "--port", Integer.toString(port)));
        command.addAll(List.of("--data", data.toString()));
        return new ServerProcess(command, log, port);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    void awaitReady() throws IOException, InterruptedException {
        child.awaitReady(READY_SECONDS);
        child.readyNanos().ifPresent(nanos -> {
            long millis = TimeUnit.NANOSECONDS.toMillis(nanos - startedNanos);
            if (startedNanos != 0) {
                startMillis.add(millis);
            }
            startedNanos = 0;
        });
    }

    boolean isReady() {
        return child.readyNanos().isPresent();
    }

    long pid() {
        return child.pid();
    }

    Path log() {
        return log;
    }

    /** Exit status of the last process; empty while it runs. */
    OptionalInt status() {
        return child.status();
    }

    /** @return the exit status; empty when it has not ended in time */
    OptionalInt awaitEnd(long limitSeconds) throws InterruptedException {
        return child.awaitEnd(limitSeconds);
    }

    /** Duration of each start after a kill until it was ready, without starts that were killed. */
    List<Long> startMillis() {
        return List.copyOf(startMillis);
    }

    /** @throws IOException when it ended unexpectedly before: that is a crash, not a kill */
    void kill() throws IOException, InterruptedException {
        if (!child.isAlive()) {
            throw new IOException("The server ended unexpectedly; see " + log);
        }
        workers.killed(child.kill());
    }

    WorkerSurvivors workers() {
        return workers;
    }

    void startAgain() throws IOException {
        startedNanos = System.nanoTime();
        child = ChildProcess.start("server", command, log);
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(lastResort);
        child.close();
    }

    private void end() {
        child.close();
    }
}
