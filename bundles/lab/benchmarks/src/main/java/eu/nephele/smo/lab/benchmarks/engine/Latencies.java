// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.benchmarks.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/** How long calls took. Many may add at the same time. */
final class Latencies {

    private static final double MICROS_PER_MILLI = 1_000;
    private static final double P50 = 0.50;
    private static final double P99 = 0.99;

    private final ConcurrentLinkedQueue<Long> micros = new ConcurrentLinkedQueue<>();

    void add(long nanos) {
        micros.add(TimeUnit.NANOSECONDS.toMicros(nanos));
    }

    int count() {
        return micros.size();
    }

    /** The smallest duration that this share of all calls does not exceed; 0 when there is none. */
    double millis(double share) {
        long[] sorted = micros.stream().mapToLong(Long::longValue).sorted().toArray();
        return sorted.length == 0
                ? 0
                : sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)] / MICROS_PER_MILLI;
    }

    /** Adds {@code calls}, {@code p50Millis}, {@code p99Millis} and {@code maxMillis}. */
    void into(ObjectNode node) {
        node.put("calls", count());
        node.put("p50Millis", millis(P50));
        node.put("p99Millis", millis(P99));
        node.put("maxMillis", millis(1));
    }
}
