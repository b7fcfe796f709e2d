// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.scale.model;

import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** One database server: cores, locks of rows, one log with group commit. Applied changes are durable, whoever requested them. */
final class ModelDatabase {

    private static final long[] NO_ROWS = {};

    private final EventAgenda agenda;
    private final ScaleSettings.DatabaseSettings settings;
    private final QueueingStation cores;
    private final CommitLog log;
    private final RowLocks locks;

    ModelDatabase(EventAgenda agenda, ScaleSettings.DatabaseSettings settings) {
        this.agenda = agenda;
        this.settings = settings;
        this.cores = new QueueingStation(agenda, settings.cores());
        this.log = new CommitLog(agenda, settings.flushMicros(), settings.largestGroup());
        this.locks = new RowLocks(agenda);
    }

    /** A transaction without contended rows. */
    void write(BooleanSupplier apply, Consumer<Boolean> then) {
        write(NO_ROWS, apply, then);
    }

    /**
     * One transaction: processor time, locks, the change, the flush.
     *
     * @param rows that it locks, ascending
     * @param apply makes the change unless it is refused, at the moment of its commit
     * @param then receives whether it was made
     */
    void write(long[] rows, BooleanSupplier apply, Consumer<Boolean> then) {
        cores.serve(
                settings.commitCpuMicros(),
                () -> locks.take(
                        rows,
                        () -> agenda.after(settings.rowHoldMicros() * rows.length, () -> {
                            if (!apply.getAsBoolean()) {
                                locks.release(rows);
                                then.accept(false);
                                return;
                            }
                            log.commit(() -> {
                                locks.release(rows);
                                then.accept(true);
                            });
                        })));
    }

    QueueingStation cores() {
        return cores;
    }

    CommitLog log() {
        return log;
    }

    RowLocks locks() {
        return locks;
    }
}
