// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.scale.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/** Group commit: one flush at a time; commits that arrive meanwhile share the next one. */
final class CommitLog {

    private final EventAgenda agenda;
    private final long flushMicros;
    private final int largestGroup;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private boolean flushing;
    private long commits;

    CommitLog(EventAgenda agenda, long flushMicros, int largestGroup) {
        this.agenda = agenda;
        this.flushMicros = flushMicros;
        this.largestGroup = largestGroup;
    }

    void commit(Runnable durable) {
        commits++;
        waiting.add(durable);
        if (!flushing) {
            flush();
        }
    }

    private void flush() {
        flushing = true;
        List<Runnable> group = new ArrayList<>();
        while (group.size() < largestGroup && !waiting.isEmpty()) {
            group.add(waiting.remove());
        }
        agenda.after(flushMicros, () -> {
            flushing = false;
            // a notified one may commit again, behind those that wait already
            if (!waiting.isEmpty()) {
                flush();
            }
            group.forEach(Runnable::run);
        });
    }

    long commits() {
        return commits;
    }

    /** Share of the largest possible number of commits in that time. */
    double use(long micros) {
        return micros == 0 ? 0 : (double) commits * flushMicros / largestGroup / micros;
    }
}
