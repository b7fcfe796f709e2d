// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.guard;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * Distinguishes calls that use up the heap from those that only allocate when there is none left: an
 * {@link OutOfMemoryError} hits the next allocation, which may be that of any thread.
 */
final class HeapUse {
    /** A call answers for the heap from this part of it on. */
    private static final int PART = 4;

    /** Memory outside of the heap, whose owner is unknown. */
    private static final List<String> OTHER_MEMORY =
            List.of("native thread", "Metaspace", "Compressed class space", "direct buffer memory");

    /** Larger than any array may be, whatever the heap. */
    private static final String NO_ARRAY = "Requested array size";

    private final LongSupplier keptBytes;
    private final long mostBytes;

    /** @param keptBytes used bytes after the last collection */
    HeapUse(LongSupplier keptBytes, long mostBytes) {
        this.keptBytes = keptBytes;
        this.mostBytes = mostBytes;
    }

    static HeapUse ofProcess() {
        List<MemoryPoolMXBean> pools = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .toList();
        return new HeapUse(
                () -> pools.stream()
                        .map(MemoryPoolMXBean::getCollectionUsage)
                        .filter(Objects::nonNull)
                        .mapToLong(MemoryUsage::getUsed)
                        .sum(),
                Runtime.getRuntime().maxMemory());
    }

    /**
     * Returns whether a call is to blame that memory has run out. It is when it has allocated a good part of the heap; or when
     * as much was free after the collection that comes before every such error: then it asked for more than that at once.
     *
     * @param message of the error, as the Java runtime gives it
     */
    boolean isUsedUpBy(long allocatedBytes, String message) {
        if (OTHER_MEMORY.stream().anyMatch(message::contains)) {
            return false;
        }
        long part = mostBytes / PART;
        return message.contains(NO_ARRAY) || allocatedBytes >= part || mostBytes - keptBytes.getAsLong() >= part;
    }
}
