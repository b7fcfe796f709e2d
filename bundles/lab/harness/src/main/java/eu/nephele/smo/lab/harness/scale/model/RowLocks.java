// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.scale.model;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;

/** Locks of rows, held until the transaction ends. Taken in ascending order, as by the ledger, so that no deadlock occurs. */
final class RowLocks {

    private final EventAgenda agenda;
    private final Map<Long, LockedRow> rows = new HashMap<>();
    private long waits;

    private static final class LockedRow {
        private final Queue<Runnable> line = new ArrayDeque<>();
        private boolean held;
        private long since;
        private long heldMicros;
    }

    RowLocks(EventAgenda agenda) {
        this.agenda = agenda;
    }

    /** @param wanted ascending, without doubles */
    void take(long[] wanted, Runnable all) {
        take(wanted, 0, all);
    }

    private void take(long[] wanted, int next, Runnable all) {
        if (next == wanted.length) {
            all.run();
            return;
        }
        LockedRow row = rows.computeIfAbsent(wanted[next], any -> new LockedRow());
        if (row.held) {
            waits++;
            row.line.add(() -> take(wanted, next + 1, all));
        } else {
            row.held = true;
            row.since = agenda.now();
            take(wanted, next + 1, all);
        }
    }

    void release(long[] taken) {
        for (long number : taken) {
            LockedRow row = rows.computeIfAbsent(number, any -> new LockedRow());
            row.heldMicros += agenda.now() - row.since;
            row.since = agenda.now();
            Runnable next = row.line.poll();
            if (next == null) {
                row.held = false;
            } else {
                next.run();
            }
        }
    }

    /** Number of waits of a transaction for another one. */
    long waits() {
        return waits;
    }

    /** Share of that time in which the busiest row was held. */
    double busiest(long micros) {
        long most =
                rows.values().stream().mapToLong(row -> row.heldMicros).max().orElse(0);
        return micros == 0 ? 0 : (double) most / micros;
    }
}
