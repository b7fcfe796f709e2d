// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.grafana;

import eu.nephele.smo.adapters.grafana.Panel.Grid;
import eu.nephele.smo.adapters.grafana.Panel.PanelQuery;
import java.util.List;

/** The nine panels of a cluster. */
final class ClusterPanels {

    private static final int HEIGHT = 7;
    private static final String CPU_SECONDS = "node_cpu_seconds_total";
    private static final String MODE = "mode";

    private final MetricLabels labels;
    private final RateWindows windows;

    ClusterPanels(MetricLabels labels, RateWindows windows) {
        this.labels = labels;
        this.windows = windows;
    }

    List<Panel> create(String cluster) {
        return List.of(
                cpuUsage(cluster),
                Panel.stat(
                        "CPU cores",
                        grid(14, 0, 4),
                        FieldConfig.of(""),
                        from(cluster, "machine_cpu_cores").toString()),
                Panel.gauge(
                        "CPU busy",
                        grid(18, 0, 6),
                        FieldConfig.of("percent").range(0, 100).warnAt(80, 90),
                        busy(cluster)),
                memory(cluster),
                Panel.gauge(
                        "Memory Usage",
                        grid(18, 1, 6),
                        FieldConfig.of("percent").range(0, 100).warnAt(80, 90),
                        "(%s) / %s * 100".formatted(usedMemory(cluster), memory(cluster, "MemTotal"))),
                disks(cluster),
                Panel.gauge(
                        "Disk Space Usage",
                        grid(18, 2, 6),
                        FieldConfig.of("percentunit").range(0, 1).warnAt(0.75, 0.9),
                        "(%1$s - %2$s) / %1$s".formatted(fileSystems(cluster, "size"), fileSystems(cluster, "free"))),
                network("Network Received", 0, cluster, "node_network_receive_bytes_total"),
                network("Network Transmitted", 12, cluster, "node_network_transmit_bytes_total"));
    }

    private Panel cpuUsage(String cluster) {
        PromQlSelector all = from(cluster, CPU_SECONDS);
        return Panel.lines(
                "CPU usage",
                grid(0, 0, 14),
                FieldConfig.of("percentunit").range(0, 1).stack(),
                new PanelQuery(share(cluster, all.is(MODE, "system")), "Busy System"),
                new PanelQuery(share(cluster, all.is(MODE, "user")), "Busy user"),
                new PanelQuery(share(cluster, all.is(MODE, "iowait")), "Busy Iowait"),
                new PanelQuery(share(cluster, all.matches(MODE, ".*irq")), "Busy IRQs"),
                new PanelQuery(share(cluster, all.matchesNot(MODE, "system|user|iowait|.*irq|idle")), "Busy Other"),
                new PanelQuery(share(cluster, all.is(MODE, "idle")), "Idle"));
    }

    /** Counts all processors of all nodes: processor numbers alone repeat on each node. */
    private String share(String cluster, PromQlSelector mode) {
        return "sum(irate(%s)) / scalar(count(count(%s) by (%s, cpu)))"
                .formatted(mode.over(windows.clusterCpu()), from(cluster, CPU_SECONDS), labels.instance());
    }

    private String busy(String cluster) {
        return "100 * (1 - avg(rate(%s)))"
                .formatted(from(cluster, CPU_SECONDS).is(MODE, "idle").over(windows.clusterBusy()));
    }

    private Panel memory(String cluster) {
        return Panel.lines(
                "Memory Usage",
                grid(0, 1, 18),
                FieldConfig.of("bytes").min(0).stack(),
                new PanelQuery(usedMemory(cluster), "used"),
                new PanelQuery(memory(cluster, "Buffers").toString(), "buffers"),
                new PanelQuery(memory(cluster, "Cached").toString(), "cached"),
                new PanelQuery(memory(cluster, "MemFree").toString(), "free"));
    }

    private String usedMemory(String cluster) {
        return "%s - %s - %s - %s"
                .formatted(
                        memory(cluster, "MemTotal"),
                        memory(cluster, "MemFree"),
                        memory(cluster, "Buffers"),
                        memory(cluster, "Cached"));
    }

    private PromQlSelector memory(String cluster, String kind) {
        return from(cluster, "node_memory_" + kind + "_bytes");
    }

    private Panel disks(String cluster) {
        return Panel.lines(
                "Disk I/O",
                grid(0, 2, 18),
                FieldConfig.of("bytes").except("io time", "ms"),
                new PanelQuery(disk(cluster, "node_nfsd_disk_bytes_read_total"), "read"),
                new PanelQuery(disk(cluster, "node_nfsd_disk_bytes_written_total"), "written"),
                new PanelQuery("1000 * " + disk(cluster, "node_disk_io_time_seconds_total"), "io time"));
    }

    private String disk(String cluster, String metric) {
        return "sum by (%s)(rate(%s))"
                .formatted(labels.instance(), from(cluster, metric).over(windows.disk()));
    }

    private PromQlSelector fileSystems(String cluster, String kind) {
        return from(cluster, "node_filesystem_" + kind + "_bytes").isNot("device", "rootfs");
    }

    private Panel network(String title, int x, String cluster, String metric) {
        PromQlSelector devices = from(cluster, metric).matchesNot("device", "lo");
        return Panel.lines(
                title,
                grid(x, 3, 12),
                FieldConfig.of("bytes"),
                new PanelQuery("rate(%s)".formatted(devices.over(windows.network())), ""));
    }

    private PromQlSelector from(String cluster, String metric) {
        return PromQlSelector.of(metric).is(labels.cluster(), cluster);
    }

    private static Grid grid(int x, int row, int width) {
        return new Grid(x, row * HEIGHT, width, HEIGHT);
    }
}
