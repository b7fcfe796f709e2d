// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A PostgreSQL of its own that can be stopped as by a crash and started again with what it had on disk. */
final class StoppablePostgres implements AutoCloseable {

    private static final long END_SECONDS = 20;

    private final int port = Distribution.freePort();
    private final Path folder = Distribution.freshFolder("postgres").resolve("data");
    private EmbeddedPostgres server;

    StoppablePostgres() throws IOException {
        server = started();
    }

    /** What is acknowledged is on disk: the embedded server's own setting may lose the last moments. */
    private EmbeddedPostgres started() throws IOException {
        return EmbeddedPostgres.builder()
                .setPort(port)
                .setDataDirectory(folder)
                .setCleanDataDirectory(false)
                .setServerConfig("synchronous_commit", "on")
                .start();
    }

    int port() {
        return port;
    }

    String[] settings() {
        return new String[] {"url=jdbc:postgresql://127.0.0.1:%d/postgres".formatted(port), "user=postgres"};
    }

    /** Immediate shutdown: every session is cut, nothing is finished. */
    void stopHard() throws IOException, InterruptedException {
        long pid = Long.parseLong(
                Files.readAllLines(folder.resolve("postmaster.pid")).get(0).strip());
        ProcessHandle postmaster =
                ProcessHandle.of(pid).orElseThrow(() -> new IOException("PostgreSQL does not run as " + pid));
        int signalled =
                new ProcessBuilder("kill", "-QUIT", Long.toString(pid)).start().waitFor();
        if (signalled != 0) {
            throw new IOException("kill -QUIT %d ended with %d".formatted(pid, signalled));
        }
        try {
            postmaster.onExit().get(END_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException alive) {
            throw new IOException("PostgreSQL %d does not end".formatted(pid), alive);
        }
        server.close();
    }

    void startAgain() throws IOException {
        server = started();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
