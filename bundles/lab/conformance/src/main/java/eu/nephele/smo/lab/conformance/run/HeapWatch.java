// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance.run;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.Comparator;
import java.util.function.DoubleSupplier;

/** Detects that a call is about to use up the heap. Best effort: allocating one huge array is faster. */
final class HeapWatch {

    private static final double NEARLY_FULL = 0.8;
    private static final double MUCH = 0.2;

    private final DoubleSupplier share;
    private final double before;

    HeapWatch() {
        this(HeapWatch::shareOfLongLived);
    }

    /** @param share how full the part of the heap for objects that live long is, 0 to 1 */
    HeapWatch(DoubleSupplier share) {
        this.share = share;
        this.before = share.getAsDouble();
    }

    /** Returns whether that part is nearly full now and was not at construction. */
    boolean nearlyFull() {
        double now = share.getAsDouble();
        return now > NEARLY_FULL && now - before > MUCH;
    }

    private static double shareOfLongLived() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP && pool.isUsageThresholdSupported())
                .map(MemoryPoolMXBean::getUsage)
                .max(Comparator.comparingLong(MemoryUsage::getMax))
                .filter(usage -> usage.getMax() > 0)
                .map(usage -> (double) usage.getUsed() / usage.getMax())
                .orElse(0.0);
    }
}
