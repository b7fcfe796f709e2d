// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** Durations of calls. Thread-safe for additions. */
public final class LatencyHistogram {

    private static final double MICROS_PER_MILLI = 1_000;
    private static final double P50 = 0.50;
    private static final double P99 = 0.99;

    private static final int FEW = 1_024;

    private long[] micros = new long[FEW];
    private int count;

    public synchronized void add(long nanos) {
        if (count == micros.length) {
            micros = Arrays.copyOf(micros, 2 * count);
        }
        micros[count] = TimeUnit.NANOSECONDS.toMicros(nanos);
        count++;
    }

    public void addAll(LatencyHistogram others) {
        for (long one : others.sorted()) {
            add(TimeUnit.MICROSECONDS.toNanos(one));
        }
    }

    public synchronized int count() {
        return count;
    }

    private synchronized long[] sorted() {
        long[] sorted = Arrays.copyOf(micros, count);
        Arrays.sort(sorted);
        return sorted;
    }

    /** The smallest duration that this share of all calls does not exceed; 0 without calls. */
    public double millis(double share) {
        long[] sorted = sorted();
        return sorted.length == 0
                ? 0
                : sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)] / MICROS_PER_MILLI;
    }

    /** Adds {@code calls}, {@code p50Millis}, {@code p99Millis} and {@code maxMillis}. */
    public void into(ObjectNode node) {
        node.put("calls", count());
        node.put("p50Millis", millis(P50));
        node.put("p99Millis", millis(P99));
        node.put("maxMillis", millis(1));
    }
}
