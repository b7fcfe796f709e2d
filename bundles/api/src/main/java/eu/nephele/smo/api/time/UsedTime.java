// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.time;

import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Time that one call uses: the processor time of its thread, and the time that the thread waits by its own will. Time in which
 * the thread had no core is not counted, nor time in which the whole process stood still, for a collection or because it was
 * stopped.
 *
 * <p>The thread that waits for the call samples it every few milliseconds ({@link #look()}). A thread that waits at that
 * moment has waited since the look before, for 50 ms at most: when looks come that late, the one who looks had no core either.
 * Any thread may ask, and any may look.
 */
public final class UsedTime {
    /** Longest wait charged to a call between two samples. */
    private static final long LONGEST_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private static final Meter NOT_BEGUN = new Meter() {
        @Override
        public long wallNanos() {
            return 0;
        }

        @Override
        public long processorNanos() {
            return 0;
        }

        @Override
        public boolean waits() {
            return false;
        }
    };

    private final Supplier<Meter> meters;
    private volatile Beginning beginning = new Beginning(NOT_BEGUN, 0);

    /** At the last look; all below guarded by this. */
    private long wallAtLook;

    private long processorAtLook;
    private long ran;
    private long waited;
    private long stalled;

    /** Observable state of a thread. */
    public interface Meter {
        /** Nanoseconds of a clock that goes on whatever happens. */
        long wallNanos();

        /** Nanoseconds that the thread has run since it began, 0 when it has ended; less than 0 when nobody can tell. */
        long processorNanos();

        /** Returns whether the thread waits now: for another thread, for a time, for a lock. */
        boolean waits();
    }

    private record Beginning(Meter meter, long wallNanos) {}

    /** Times since the last sample. */
    private record Span(long wall, long processor, long ran) {}

    /** Of the thread that calls {@link #begin()}. */
    public UsedTime() {
        this(() -> ThreadMeter.ofCurrentThread(false));
    }

    /** Of a thread that looks at itself, whenever it has waited a few milliseconds: what it did not run it has waited. */
    public static UsedTime ofOneThatLooksAtItself() {
        return new UsedTime(() -> ThreadMeter.ofCurrentThread(true));
    }

    /** @param meters asked for one when the time begins, on the thread that begins it */
    public UsedTime(Supplier<Meter> meters) {
        this.meters = meters;
    }

    /** The time of the calling thread counts from now on; until then nothing is used. */
    public synchronized void begin() {
        Meter meter = meters.get();
        wallAtLook = meter.wallNanos();
        processorAtLook = meter.processorNanos();
        ran = 0;
        waited = 0;
        stalled = 0;
        beginning = new Beginning(meter, wallAtLook);
    }

    /** Wall-clock time since the beginning, never less than what was used. Costs no more than a look at the clock. */
    public long elapsedNanos() {
        Beginning begun = beginning;
        return begun.meter().wallNanos() - begun.wallNanos();
    }

    /** Sees what the thread does now, and charges what it did since the last look. */
    public synchronized void look() {
        boolean waits = beginning.meter().waits();
        Span span = sinceLook();
        ran += span.ran();
        if (waits) {
            waited += Math.max(0, Math.min(span.wall(), LONGEST_WAIT_NANOS) - span.ran());
        }
        stalled += Math.max(0, span.wall() - Math.max(LONGEST_WAIT_NANOS, span.ran()));
        wallAtLook += span.wall();
        processorAtLook = span.processor();
    }

    /** Returns the time used so far; a wait since the last sample is not included yet. */
    public synchronized long nanos() {
        return ran + waited + sinceLook().ran();
    }

    /** Returns the processor time of the thread; the whole wall-clock time if it is unavailable. */
    public synchronized long ranNanos() {
        return ran + sinceLook().ran();
    }

    /**
     * Time in which the call did not run and nobody looked at it, although somebody was to: the process stood still or had no core.
     */
    public synchronized long stalledNanos() {
        return stalled;
    }

    /** Returns whether anybody can tell processor time here. Where nobody can, wall-clock time counts as used. */
    public boolean isMeasured() {
        return beginning.meter().processorNanos() >= 0;
    }

    /** For people: {@code it ran 12 ms and waited 490 ms}. */
    public synchronized String text() {
        long millis = TimeUnit.NANOSECONDS.toMillis(ran);
        return isMeasured()
                ? "it ran %d ms and waited %d ms".formatted(millis, TimeUnit.NANOSECONDS.toMillis(waited))
                : "it took %d ms, and nobody can tell how long of that it ran".formatted(millis);
    }

    private Span sinceLook() {
        Meter meter = beginning.meter();
        long wall = Math.max(0, meter.wallNanos() - wallAtLook);
        long processor = meter.processorNanos();
        // what a thread that has ended ran since the last look went with it
        long sinceLook = processor < 0 ? wall : Math.max(0, processor - processorAtLook);
        // the two clocks are read one after the other
        return new Span(wall, processor, Math.min(wall, sinceLook));
    }
}
