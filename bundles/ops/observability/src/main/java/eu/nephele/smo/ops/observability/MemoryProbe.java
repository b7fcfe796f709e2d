// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.observability;

import eu.nephele.smo.core.contract.health.HealthProbe;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Checks whether live objects fill the heap. Short-lived allocations of a plugin do not count: only the use after a
 * collection does, and after some seconds the probe requests a collection itself.
 */
final class MemoryProbe implements HealthProbe {

    private static final double FULL = 0.95;
    private static final Duration FULL_FOR = Duration.ofSeconds(10);

    /** Bytes in use after the last collection, and the maximum; empty before the first collection. */
    interface Heap {
        Optional<Usage> afterCollection();

        record Usage(long used, long most) {
            boolean isFull() {
                return used > most * FULL;
            }
        }
    }

    private final Heap heap;
    private final Runnable collect;
    private final LongSupplier nanoTime;
    private OptionalLong fullSince = OptionalLong.empty();

    MemoryProbe() {
        this(heap(oldGenerations()), System::gc, System::nanoTime);
    }

    MemoryProbe(Heap heap, Runnable collect, LongSupplier nanoTime) {
        this.heap = heap;
        this.collect = collect;
        this.nanoTime = nanoTime;
    }

    @Override
    public String part() {
        return "memory";
    }

    @Override
    public ProbeResult probe() {
        if (!isFull()) {
            fullSince = OptionalLong.empty();
            return ProbeResult.well("the heap has free space");
        }
        long now = nanoTime.getAsLong();
        if (fullSince.isEmpty()) {
            fullSince = OptionalLong.of(now);
        }
        if (now - fullSince.getAsLong() < FULL_FOR.toNanos()) {
            return ProbeResult.well("the heap is nearly full");
        }
        collect.run();
        return isFull()
                ? ProbeResult.broken("the heap is full of what is in use: %s"
                        .formatted(heap.afterCollection().map(MemoryProbe::text).orElse("")))
                : ProbeResult.well("the heap has free space");
    }

    private boolean isFull() {
        return heap.afterCollection().map(Heap.Usage::isFull).orElse(false);
    }

    private static String text(Heap.Usage usage) {
        return "%d of %d MiB of the old generation after a collection (-Xmx)"
                .formatted(usage.used() >> 20, usage.most() >> 20);
    }

    private static Heap heap(Supplier<Optional<MemoryPoolMXBean>> pool) {
        return () -> pool.get()
                .map(MemoryPoolMXBean::getCollectionUsage)
                .filter(usage -> usage.getMax() > 0)
                .map(usage -> new Heap.Usage(usage.getUsed(), usage.getMax()));
    }

    /** Memory pool of long-lived objects: the largest one with collection statistics. */
    private static Supplier<Optional<MemoryPoolMXBean>> oldGenerations() {
        List<MemoryPoolMXBean> all = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP && pool.isCollectionUsageThresholdSupported())
                .toList();
        return () -> all.stream()
                .filter(pool -> pool.getName().contains("Old") || pool.getName().contains("Tenured"))
                .findFirst();
    }
}
