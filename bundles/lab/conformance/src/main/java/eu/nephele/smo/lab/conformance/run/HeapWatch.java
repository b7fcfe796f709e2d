// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance.run;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.Comparator;
import java.util.Optional;

/** Notices that a call is about to use up the heap. Best effort: whoever asks for one huge array is faster. */
final class HeapWatch {

    private static final double NEARLY_FULL = 0.8;
    private static final double MUCH = 0.2;

    private final Optional<MemoryPoolMXBean> longLived = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP && pool.isUsageThresholdSupported())
            .max(Comparator.comparingLong(pool -> pool.getUsage().getMax()));
    private final double before = share();

    /** Whether the part of the heap for objects that live long is nearly full, and was not when this object was made. */
    boolean nearlyFull() {
        double now = share();
        return now > NEARLY_FULL && now - before > MUCH;
    }

    private double share() {
        return longLived
                .map(pool -> {
                    MemoryUsage usage = pool.getUsage();
                    return usage.getMax() > 0 ? (double) usage.getUsed() / usage.getMax() : 0.0;
                })
                .orElse(0.0);
    }
}
