// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.scale.model;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A station with a number of places and a queue: cores, threads, concurrent calls to a system. */
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
     * A job that reads state when it begins.
     *
     * @param begun happens at the moment at which the job comes to its place
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

    /** Takes a place as soon as one is free; {@link #leave(long)} returns it. */
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
