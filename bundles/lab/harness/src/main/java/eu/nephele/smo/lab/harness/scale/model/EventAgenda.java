// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.scale.model;

import java.util.Comparator;
import java.util.PriorityQueue;

/** Events in the order of their time, those of one moment in the order in which they were entered. Time is in microseconds. */
final class EventAgenda {

    private static final Comparator<AgendaEvent> ORDER =
            Comparator.comparingLong(AgendaEvent::micros).thenComparingLong(AgendaEvent::number);

    private final PriorityQueue<AgendaEvent> events = new PriorityQueue<>(ORDER);
    private long now;
    private long entered;

    private record AgendaEvent(long micros, long number, Runnable action) {}

    /** Microseconds since the begin of the simulation. */
    long now() {
        return now;
    }

    void after(long micros, Runnable action) {
        events.add(new AgendaEvent(now + Math.max(0, micros), entered++, action));
    }

    /** @return false when no event is left */
    boolean step() {
        AgendaEvent next = events.poll();
        if (next == null) {
            return false;
        }
        now = next.micros;
        next.action.run();
        return true;
    }

    long entered() {
        return entered;
    }
}
