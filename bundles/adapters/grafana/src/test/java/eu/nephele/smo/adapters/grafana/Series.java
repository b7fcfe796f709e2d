// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.grafana;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Collectors;

/**
 * Ten minutes of the series that kube-state-metrics, the kubelets and the node exporters of a federation give, with a value every
 * ten seconds: exact times, so that exact results can be expected.
 */
final class Series {

    static final int STEP_SECONDS = 10;
    static final int POINTS = 61;

    private final long end;
    private final Map<String, List<String>> lines = new TreeMap<>();

    /** @param end time of the last values, in seconds since 1970 */
    Series(long end) {
        this.end = end;
    }

    /**
     * A workload with two containers, of which {@code main} has the given values and {@code proxy} half as much.
     *
     * @param ready ready replicas
     * @param pods names of its pods
     * @param cores cores in use by main, per pod
     * @param bytes memory in use by main, per pod
     * @param throttled share of main's periods that are throttled
     */
    record Workload(
            String kind,
            String namespace,
            String name,
            int ready,
            List<String> pods,
            double cores,
            long bytes,
            double throttled) {

        /** Per pod, over both containers, with a limit of two cores for each. */
        long cpuPercent() {
            return Math.round(100 * cores * 1.5 / 4);
        }

        double memory() {
            return bytes * 1.5 * pods.size();
        }
    }

    Series workload(Workload workload) {
        String kind = workload.kind();
        gauge(
                "kube_" + kind + "_status_replicas_ready",
                Map.of("namespace", workload.namespace(), kind, workload.name()),
                workload.ready());
        for (String pod : workload.pods()) {
            container(workload, pod, "main", 1);
            container(workload, pod, "proxy", 0.5);
            // the kubelet's sums for the pod
            Map<String, String> whole = Map.of("namespace", workload.namespace(), "pod", pod, "service", "kubelet");
            counter("container_cpu_usage_seconds_total", whole, workload.cores() * 1.5);
            gauge("container_memory_usage_bytes", whole, workload.bytes() * 1.5);
        }
        return this;
    }

    private void container(Workload workload, String pod, String container, double share) {
        Map<String, String> labels =
                Map.of("namespace", workload.namespace(), "pod", pod, "container", container, "service", "kubelet");
        counter("container_cpu_usage_seconds_total", labels, workload.cores() * share);
        gauge("container_memory_usage_bytes", labels, workload.bytes() * share);
        counter("container_cpu_cfs_throttled_periods_total", labels, 10 * workload.throttled() * share);
        counter("container_cpu_cfs_periods_total", labels, 10);
        Map<String, String> limits = Map.of("namespace", workload.namespace(), "pod", pod, "container", container);
        gauge("kube_pod_container_resource_limits", with(limits, Map.of("resource", "cpu")), 2);
        gauge("kube_pod_container_resource_limits", with(limits, Map.of("resource", "memory")), 1e9);
    }

    /**
     * A cluster of two nodes with two processors each.
     *
     * @param idle idle share of each processor
     * @param scale factor of memory, disks and network, so that clusters can be distinguished
     */
    Series cluster(String cluster, double idle, double scale) {
        for (String node : List.of("n1", "n2")) {
            Map<String, String> at = Map.of("source", cluster, "instance", node);
            for (String cpu : List.of("0", "1")) {
                cpu(with(at, Map.of("cpu", cpu)), idle);
            }
            gauge("machine_cpu_cores", at, 2);
            gauge("node_memory_MemTotal_bytes", at, 1000 * scale);
            gauge("node_memory_MemFree_bytes", at, 300 * scale);
            gauge("node_memory_Buffers_bytes", at, 50 * scale);
            gauge("node_memory_Cached_bytes", at, 150 * scale);
            counter("node_nfsd_disk_bytes_read_total", at, 10 * scale);
            counter("node_nfsd_disk_bytes_written_total", at, 20 * scale);
            counter("node_disk_io_time_seconds_total", with(at, Map.of("device", "sda")), 0.25);
            fileSystem(with(at, Map.of("device", "/dev/sda1")), 1000 * scale, 400 * scale);
            fileSystem(with(at, Map.of("device", "rootfs")), 1000 * scale, 999 * scale);
            counter("node_network_receive_bytes_total", with(at, Map.of("device", "eth0")), 100 * scale);
            counter("node_network_transmit_bytes_total", with(at, Map.of("device", "eth0")), 50 * scale);
            counter("node_network_receive_bytes_total", with(at, Map.of("device", "lo")), 7);
            counter("node_network_transmit_bytes_total", with(at, Map.of("device", "lo")), 7);
        }
        return this;
    }

    /** The busy share: 40 % system, 30 % user, 10 % iowait, 5 % each of two kinds of interrupts, 10 % others. */
    private void cpu(Map<String, String> at, double idle) {
        Map.of("system", 0.4, "user", 0.3, "iowait", 0.1, "irq", 0.05, "softirq", 0.05, "steal", 0.08, "nice", 0.02)
                .forEach((mode, share) ->
                        counter("node_cpu_seconds_total", with(at, Map.of("mode", mode)), share * (1 - idle)));
        counter("node_cpu_seconds_total", with(at, Map.of("mode", "idle")), idle);
    }

    private void fileSystem(Map<String, String> at, double size, double free) {
        gauge("node_filesystem_size_bytes", at, size);
        gauge("node_filesystem_free_bytes", at, free);
    }

    /** Returns the input for {@code promtool}. */
    String openMetrics() {
        return lines.values().stream().flatMap(List::stream).collect(Collectors.joining("\n", "", "\n# EOF\n"));
    }

    private void gauge(String metric, Map<String, String> labels, double value) {
        add(metric, labels, seconds -> value);
    }

    private void counter(String metric, Map<String, String> labels, double perSecond) {
        add(metric, labels, seconds -> 1000 + perSecond * seconds);
    }

    private void add(String metric, Map<String, String> labels, DoubleUnaryOperator valueAfter) {
        String name = metric
                + new TreeMap<>(labels)
                        .entrySet().stream()
                                .map(label -> label.getKey() + "=\"" + escaped(label.getValue()) + "\"")
                                .collect(Collectors.joining(",", "{", "}"));
        for (int point = 0; point < POINTS; point++) {
            int seconds = point * STEP_SECONDS;
            long time = end - (long) (POINTS - 1) * STEP_SECONDS + seconds;
            lines.computeIfAbsent(metric, key -> new ArrayList<>())
                    .add(String.format(Locale.ROOT, "%s %.6f %d", name, valueAfter.applyAsDouble(seconds), time));
        }
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    private static Map<String, String> with(Map<String, String> labels, Map<String, String> more) {
        Map<String, String> all = new TreeMap<>(labels);
        all.putAll(more);
        return all;
    }
}
