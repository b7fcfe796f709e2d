// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/** One of two servers on one database, with its connection to it. Thread-safe. */
final class StandbyPeer implements ServerBackend, AutoCloseable {

    /** Exit status of a server that has lost its database, or that only a restart mends. */
    static final int RESTART = 70;

    private static final long READY_SECONDS = 120;
    private static final long PAUSE_MILLIS = 20;

    private final String name;
    private final ServerProcess server;
    private final DatabaseProxy databaseProxy;
    private final PromiseLedger ledger;
    // guarded by this
    private boolean hit;
    // guarded by this
    private int hits;
    // guarded by this
    private int restarts;

    StandbyPeer(String name, ServerProcess server, DatabaseProxy databaseProxy, PromiseLedger ledger) {
        this.name = name;
        this.server = server;
        this.databaseProxy = databaseProxy;
        this.ledger = ledger;
    }

    @Override
    public URI url() {
        return server.url();
    }

    @Override
    public synchronized boolean isServing() {
        return !hit && server.status().isEmpty() && server.isReady();
    }

    @Override
    public synchronized int hits() {
        return hits;
    }

    /** Number of unexpected ends with {@link #RESTART}. */
    synchronized int restarts() {
        return restarts;
    }

    @Override
    public synchronized void tend() throws IOException {
        OptionalInt status = server.status();
        if (hit || status.isEmpty()) {
            return;
        }
        if (status.getAsInt() == RESTART) {
            restarts++;
        } else {
            ledger.find(ChaosFinding.stuck(toString(), "goes on", "ended unexpectedly with " + status.getAsInt()));
        }
        server.startAgain();
    }

    /** Its end is expected from now on. */
    synchronized void hit() {
        hit = true;
        hits++;
    }

    /** @throws IOException when it ended unexpectedly before */
    void kill() throws IOException, InterruptedException {
        server.kill();
    }

    void stop() throws IOException, InterruptedException {
        signal("STOP");
    }

    void goOn() throws IOException, InterruptedException {
        signal("CONT");
    }

    DatabaseProxy cable() {
        return databaseProxy;
    }

    /** @return the exit status; empty when it has not ended in time */
    OptionalInt awaitEnd(long limitSeconds) throws InterruptedException {
        return server.awaitEnd(limitSeconds);
    }

    /** After a hit. */
    synchronized void startAgain() throws IOException {
        server.startAgain();
        hit = false;
    }

    /** @throws IOException when it is not ready in time, however often it was started */
    void awaitReady() throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(READY_SECONDS);
        while (!isServing()) {
            if (System.nanoTime() > end) {
                throw new IOException("%s did not become ready; see %s".formatted(this, server.log()));
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
        synchronized (this) {
            server.awaitReady();
        }
    }

    /** Duration of each start after a hit until it was ready. */
    synchronized List<Long> startMillis() {
        return server.startMillis();
    }

    WorkerSurvivors workers() {
        return server.workers();
    }

    private void signal(String signal) throws IOException, InterruptedException {
        // a word of every shell, also where no such program is installed
        int status = new ProcessBuilder("sh", "-c", "kill -%s %d".formatted(signal, server.pid()))
                .inheritIO()
                .start()
                .waitFor();
        if (status != 0) {
            throw new IOException("%s cannot be sent SIG%s; see %s".formatted(this, signal, server.log()));
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        databaseProxy.close();
    }

    @Override
    public String toString() {
        return "server " + name;
    }
}
