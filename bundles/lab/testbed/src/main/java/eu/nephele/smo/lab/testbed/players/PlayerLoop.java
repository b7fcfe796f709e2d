// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.players;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** The thread of a player: polls in rounds, and retries failed steps. */
final class PlayerLoop implements AutoCloseable {

    private static final int PAUSE_MILLIS = 150;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;

    private static final long QUIET_NANOS = 10_000_000_000L;

    private final String player;
    private final Path log;
    private final ExecutorService executor;
    private final Set<String> told = new HashSet<>();
    private final Object turn = new Object();
    private long newsSince;
    private boolean stopped;

    /** @param folder gets {@code PLAYER.log} with the failures */
    PlayerLoop(String player, Path folder) {
        this.player = player;
        this.log = folder.resolve(player + ".log");
        this.executor = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, player);
            thread.setDaemon(true);
            return thread;
        });
    }

    void run(Runnable look) {
        run(PAUSE_MILLIS, look);
    }

    void run(long pauseMillis, Runnable look) {
        executor.execute(() -> {
            while (!executor.isShutdown()) {
                synchronized (turn) {
                    if (!stopped) {
                        attempt(look);
                    }
                }
                pause(pauseMillis);
            }
        });
    }

    /** Stops or starts the player like its program; after a stop no step is under way. */
    void setRunning(boolean running) {
        synchronized (turn) {
            stopped = !running;
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // it is closed
        }
    }

    /**
     * One step of a round; when it fails the other steps are still tried, and this one is retried in the next round.
     *
     * @return whether it worked
     */
    boolean attempt(Runnable step) {
        try {
            step.run();
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() != NOT_FOUND && e.getCode() != CONFLICT) { // the cache was stale and will catch up
                log(e);
            }
        } catch (RuntimeException e) {
            log(e); // the thread would end with it
        }
        return false;
    }

    /** Limits the log: ten lines a second say no more than one. */
    private void log(RuntimeException failure) {
        long now = System.nanoTime();
        if (now - newsSince > QUIET_NANOS) {
            told.clear();
            newsSince = now;
        }
        if (!told.add(String.valueOf(failure.getMessage()))) {
            return;
        }
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        String line = "%s %s: %s%n".formatted(Instant.now(), failure.getMessage(), cause);
        try {
            Files.writeString(log, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            System.err.println(player + ": " + line + " (" + e.getMessage() + ")");
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
        try {
            executor.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
