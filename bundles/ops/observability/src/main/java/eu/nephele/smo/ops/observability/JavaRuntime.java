// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.observability;

import com.sun.management.GarbageCollectorMXBean;
import com.sun.management.GcInfo;
import com.sun.management.OperatingSystemMXBean;
import eu.nephele.smo.core.contract.runtime.RuntimeReport.Collector;
import eu.nephele.smo.core.contract.runtime.RuntimeReport.JavaProcess;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

final class JavaRuntime {

    /** @param collections by collector */
    record Totals(long processorNanos, Map<String, Collections> collections) {}

    record Collections(long count, long millis) {}

    private final OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private final List<GarbageCollectorMXBean> collectors =
            ManagementFactory.getPlatformMXBeans(GarbageCollectorMXBean.class);
    private final Set<String> heapPools = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getName)
            .collect(Collectors.toUnmodifiableSet());

    static Duration uptime() {
        return Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime());
    }

    Totals totals() {
        Map<String, Collections> collections = new TreeMap<>();
        collectors.forEach(collector -> collections.put(
                collector.getName(), new Collections(collector.getCollectionCount(), collector.getCollectionTime())));
        return new Totals(system.getProcessCpuTime(), collections);
    }

    /** @param window its length and the values of the JVM at both ends */
    JavaProcess process(MetricsWindow window) {
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        Totals before = window.before().process();
        Totals now = window.now().process();
        List<Collector> collections = now.collections().entrySet().stream()
                .map(entry -> collector(
                        entry.getKey(),
                        entry.getValue(),
                        before.collections().getOrDefault(entry.getKey(), new Collections(0, 0))))
                .toList();
        return new JavaProcess(
                system.getAvailableProcessors(),
                window.perSecond((now.processorNanos() - before.processorNanos()) / 1e9),
                heap.getUsed(),
                heap.getCommitted(),
                heap.getMax(),
                afterCollection(),
                ManagementFactory.getThreadMXBean().getThreadCount(),
                collections);
    }

    private static Collector collector(String name, Collections now, Collections before) {
        return new Collector(
                name,
                now.count(),
                Duration.ofMillis(now.millis()),
                now.count() - before.count(),
                Duration.ofMillis(now.millis() - before.millis()));
    }

    /** The whole heap at the end of the last collection of any of its parts. */
    private OptionalLong afterCollection() {
        return collectors.stream()
                .flatMap(collector -> Stream.ofNullable(collector.getLastGcInfo()))
                .max(Comparator.comparingLong(GcInfo::getEndTime))
                .map(info -> OptionalLong.of(info.getMemoryUsageAfterGc().entrySet().stream()
                        .filter(pool -> heapPools.contains(pool.getKey()))
                        .mapToLong(pool -> pool.getValue().getUsed())
                        .sum()))
                .orElse(OptionalLong.empty());
    }
}
