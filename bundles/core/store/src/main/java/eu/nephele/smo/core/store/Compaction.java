// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import java.lang.reflect.InvocationTargetException;
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
 * Frees space in the file of the embedded database while it is open. Each commit appends its changes, and replaced
 * content stays behind in blocks that hold little else: these are rewritten together. When the file is mostly holes
 * then, its blocks are moved to the front, and it becomes smaller. H2 has a thread for that, but only where commits are
 * acknowledged before they are written.
 */
final class Compaction implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Compaction.class);
    private static final long EVERY_MILLIS = 1000;

    /** While the file is to become smaller and there are no writers, steps follow each other so many times faster. */
    private static final int HASTE = 10;

    /** While more than that of all blocks together is in use, they are left as they are. */
    private static final int FILLED_PERCENT = 40;

    private static final long SMALL_BYTES = 64 << 20;

    /** Bytes rewritten at once, while writers wait. */
    private static final int STEP_BYTES = 4 << 20;

    /** Bytes moved at once. A larger block stays where it is, and a block rewritten at once may be larger. */
    private static final int MOVE_BYTES = 2 * STEP_BYTES;

    /** A step appends before it gives anything back: where the disk has no more than that left, none is made. */
    private static final long LEAST_ROOM_BYTES = 8L * STEP_BYTES;

    private final EmbeddedFile file;
    private final GroupCommitWriter writers;
    private final ShrinkPolicy shrinking;
    private final CompactionPace pace = new CompactionPace(HASTE);
    private final ScheduledExecutorService thread;
    private final Future<?> steps;
    private String lastFailure = "";

    /** Under load there is always something to rewrite: so the next step moves. */
    private boolean rewritten;

    private boolean isUrgent;

    private Compaction(EmbeddedFile file, GroupCommitWriter writers, long smallBytes, long everyMillis) {
        this.file = file;
        this.writers = writers;
        this.shrinking = new ShrinkPolicy(smallBytes, MOVE_BYTES);
        this.thread = new ScheduledThreadPoolExecutor(1, task -> {
            Thread daemon = new Thread(task, "smo-store-compaction");
            daemon.setDaemon(true);
            return daemon;
        });
        long lookMicros = TimeUnit.MILLISECONDS.toMicros(everyMillis) / HASTE;
        this.steps = thread.scheduleWithFixedDelay(this::check, lookMicros, lookMicros, TimeUnit.MICROSECONDS);
    }

    /** Compacts from now on; empty where the database has no file, or is not in this process. */
    static Optional<Compaction> create(DataSource source, GroupCommitWriter writers) throws SQLException {
        return create(source, writers, SMALL_BYTES, EVERY_MILLIS);
    }

    /** The same for smaller files, or more often. */
    static Optional<Compaction> create(DataSource source, GroupCommitWriter writers, long smallBytes, long everyMillis)
            throws SQLException {
        try {
            return EmbeddedFile.find(source).map(file -> new Compaction(file, writers, smallBytes, everyMillis));
        } catch (ReflectiveOperationException e) {
            LOG.warn("online compaction of the database file is not available reason=\"{}\"", e.toString());
            return Optional.empty();
        }
    }

    private void check() {
        if (pace.isDue(isUrgent, writers.turns())) {
            step();
        }
    }

    private void step() {
        try {
            if (file.roomBytes() < LEAST_ROOM_BYTES) {
                failed("its disk has less than %d MB left".formatted(LEAST_ROOM_BYTES >> 20));
                return;
            }
            rewriteOrMove();
            lastFailure = "";
        } catch (InvocationTargetException e) {
            // a database that has closed itself, for example: writers get its error
            failed(String.valueOf(e.getCause()));
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            LOG.error("compacting the database file failed; online compaction stops until the restart", e);
            steps.cancel(false);
        }
    }

    private void failed(String why) {
        if (!why.equals(lastFailure)) {
            LOG.warn("compacting the database file failed reason=\"{}\"; retrying", why);
        }
        lastFailure = why;
        isUrgent = false;
        pace.made(writers.turns());
    }

    private void rewriteOrMove() throws ReflectiveOperationException {
        boolean isCalm = pace.isCalm(writers.turns());
        boolean isToShrink = shrinking.isDue(file.bytes(), file.usedPercent(), isCalm);
        long bytes = Math.min(shrinking.bytesToMove(isCalm), file.roomBytes() / 4);
        isUrgent = isToShrink && shrinking.isHopeful();
        if (isToShrink) {
            file.sync();
        }
        writers.take();
        pace.made(writers.turns());
        try {
            boolean isForMoving = isToShrink && rewritten;
            rewritten = !isForMoving && file.rewrite(FILLED_PERCENT, STEP_BYTES);
            if (isToShrink && !rewritten) {
                file.move(ShrinkPolicy.DENSE_PERCENT, bytes);
                shrinking.moved();
            }
        } finally {
            writers.release();
        }
    }

    /** Waits for the step that is under way. */
    @Override
    public void close() {
        steps.cancel(false);
        thread.shutdown();
        try {
            if (!thread.awaitTermination(EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
                LOG.warn("compaction of the database file still running at shutdown");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
