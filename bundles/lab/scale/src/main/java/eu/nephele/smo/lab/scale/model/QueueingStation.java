// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.scale.model;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Something that does a number of jobs at a time, the others wait in line: cores, threads, calls that a system takes. */
final class QueueingStation {

    private final EventAgenda agenda;
    private final int places;
    private final Queue<Runnable> line = new ArrayDeque<>();
    private int taken;
    private long busyMicros;

    QueueingStation(EventAgenda agenda, int places) {
        this.agenda = agenda;
        this.places = places;
    }

    /** A job of a known length. */
    void serve(long micros, Runnable done) {
        serve(micros, () -> micros, any -> done.run());
    }

    /**
     * A job that looks at something when it begins.
     *
     * @param begun happens at the moment at which the job comes to its place
     * @param done is given what that has come to
     */
    <T> void serve(long micros, Supplier<T> begun, Consumer<T> done) {
        enter(() -> {
            T seen = begun.get();
            agenda.after(micros, () -> {
                leave(micros);
                done.accept(seen);
            });
        });
    }

    /** Takes a place as soon as there is one; whoever has it gives it back by {@link #leave(long)}. */
    void enter(Runnable begin) {
        if (taken < places) {
            taken++;
            begin.run();
        } else {
            line.add(begin);
        }
    }

    /** @param micros for which the place was held */
    void leave(long micros) {
        busyMicros += micros;
        Runnable next = line.poll();
        if (next == null) {
            taken--;
        } else {
            next.run();
        }
    }

    /** Share of its places that was in use over that time. */
    double use(long micros) {
        return micros == 0 ? 0 : (double) busyMicros / micros / places;
    }
}
