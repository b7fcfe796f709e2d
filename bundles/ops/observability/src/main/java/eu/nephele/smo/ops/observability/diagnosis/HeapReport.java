// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.observability.diagnosis;

import eu.nephele.smo.core.contract.runtime.DiagnosticReport;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.management.JMException;
import javax.management.ObjectName;

/** Memory pools, collections, and the classes whose objects take most of the heap. No contents of objects. */
public final class HeapReport implements DiagnosticReport {

    private static final int MOST_CLASSES = 300;

    @Override
    public String fileName() {
        return "heap.txt";
    }

    @Override
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("Pools: KiB used, committed, maximum, used after the last collection");
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            MemoryUsage now = pool.getUsage();
            lines.add("%-32s %10d %10d %10d %s"
                    .formatted(
                            pool.getName(),
                            now.getUsed() >> 10,
                            now.getCommitted() >> 10,
                            now.getMax() >> 10,
                            Optional.ofNullable(pool.getCollectionUsage())
                                    .map(usage -> Long.toString(usage.getUsed() >> 10))
                                    .orElse("-")));
        }
        lines.add("");
        lines.add("Collectors: collections, milliseconds");
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            lines.add("%-32s %10d %10d"
                    .formatted(collector.getName(), collector.getCollectionCount(), collector.getCollectionTime()));
        }
        lines.add("");
        lines.add("Classes with the most bytes, garbage included:");
        classes().lines().limit(MOST_CLASSES).forEach(lines::add);
        return lines;
    }

    /** With everything in the heap, because a collection of all generations stops the server for longer. */
    private static String classes() {
        try {
            return (String) ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "gcClassHistogram",
                            new Object[] {new String[] {"-all"}},
                            new String[] {String[].class.getName()});
        } catch (JMException notThisJava) {
            return "This Java runtime does not tell: " + notThisJava;
        }
    }
}
