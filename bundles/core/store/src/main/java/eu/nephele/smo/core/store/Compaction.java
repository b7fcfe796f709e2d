// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes room in the file of the embedded database usable again while it is open. Each commit appends what it has changed, and what it
 * replaces is left behind in blocks that hold little else: these are written anew together. H2 has a thread that does so, but only
 * where commits are acknowledged before they are written.
 */
final class Compaction implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Compaction.class);
    private static final long EVERY_MILLIS = 1000;

    /** While more than that of all blocks together is in use, they are left as they are. */
    private static final int FILLED_PERCENT = 40;

    /** What is moved at once; the next commit writes it. */
    static final int STEP_BYTES = 4 << 20;

    private final Object store;
    private final Method compact;
    private final ScheduledExecutorService thread;
    private final Future<?> steps;
    private String lastFailure = "";

    private Compaction(Object store, Method compact) {
        this.store = store;
        this.compact = compact;
        this.thread = new ScheduledThreadPoolExecutor(1, task -> {
            Thread daemon = new Thread(task, "smo-store-compaction");
            daemon.setDaemon(true);
            return daemon;
        });
        this.steps = thread.scheduleWithFixedDelay(this::step, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    /**
     * Compacts from now on; empty where the database has no file, or is not in this process.
     *
     * @param source of an H2
     * @throws SQLException when there is no connection
     */
    static Optional<Compaction> of(DataSource source) throws SQLException {
        try (Connection connection = source.getConnection()) {
            // By name: H2 does not export the packages of what lies between a connection and its store.
            Object session = told(connection.unwrap(Connection.class), "getSession");
            Object store = told(told(told(session, "getDatabase"), "getStore"), "getMvStore");
            boolean onDisk = store.getClass().getMethod("getFileStore").invoke(store) != null;
            Method compact = store.getClass().getMethod("compact", int.class, int.class);
            return onDisk ? Optional.of(new Compaction(store, compact)) : Optional.empty();
        } catch (ReflectiveOperationException e) {
            LOG.warn("The file of this H2 is not compacted while it is open: {}", e.toString());
            return Optional.empty();
        }
    }

    private static Object told(Object who, String what) throws ReflectiveOperationException {
        return who.getClass().getMethod(what).invoke(who);
    }

    private void step() {
        try {
            compact.invoke(store, FILLED_PERCENT, STEP_BYTES);
            lastFailure = "";
        } catch (InvocationTargetException e) {
            // a database that has closed itself, say: those who write hear of it
            String failure = String.valueOf(e.getCause());
            if (!failure.equals(lastFailure)) {
                LOG.warn("The file of the database could not be compacted, tried again: {}", failure);
            }
            lastFailure = failure;
        } catch (IllegalAccessException | RuntimeException e) {
            LOG.error("The file of the database is not compacted any more", e);
            steps.cancel(false);
        }
    }

    /** Waits for the step that is under way. */
    @Override
    public void close() {
        steps.cancel(false);
        thread.shutdown();
        try {
            if (!thread.awaitTermination(EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
                LOG.warn("The file of the database is still being compacted while it is closed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
