// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.grafana;

import eu.nephele.smo.adapters.grafana.Panel.Grid;
import eu.nephele.smo.adapters.grafana.Panel.PanelQuery;
import java.util.List;

/** The four panels of a service. */
final class ServicePanels {

    private static final int HEIGHT = 8;
    private static final int WIDTH = 24;

    private final MetricLabels labels;
    private final RateWindows windows;

    ServicePanels(MetricLabels labels, RateWindows windows) {
        this.labels = labels;
        this.windows = windows;
    }

    /** @param name of the service, or its variable */
    List<Panel> create(String name, String namespace, String pods) {
        return List.of(
                panel(name + " pods", 0, FieldConfig.of(""), ready(name, namespace) + " OR on() vector(0)"),
                panel(name + " CPU utilization", 1, FieldConfig.of("percent").softRange(0, 100), cpu(namespace, pods)),
                panel(name + " RAM usage", 2, FieldConfig.of("decbytes"), memory(name, namespace, pods)),
                panel(name + " throttling", 3, FieldConfig.of(""), throttling(namespace, pods)));
    }

    private static Panel panel(String title, int row, FieldConfig field, String expr) {
        return Panel.lines(title, new Grid(0, row * HEIGHT, WIDTH, HEIGHT), field, new PanelQuery(expr, ""));
    }

    private String ready(String name, String namespace) {
        return "sum(%s or %s)"
                .formatted(
                        in(namespace, "kube_deployment_status_replicas_ready").is(labels.deployment(), name),
                        in(namespace, "kube_statefulset_status_replicas_ready").is(labels.statefulSet(), name));
    }

    private String cpu(String namespace, String pods) {
        String group = group(labels.cpuGroup());
        return "round(100 * sum%s(rate(%s)) / sum%s(%s))"
                .formatted(
                        group,
                        containers(namespace, "container_cpu_usage_seconds_total", pods)
                                .over(windows.serviceCpu()),
                        group,
                        in(namespace, "kube_pod_container_resource_limits")
                                .matches(labels.pod(), pods)
                                .is("resource", "cpu"));
    }

    private String memory(String name, String namespace, String pods) {
        return "sum%s(%s) AND on() (%s) >= 1"
                .formatted(
                        group(labels.memoryGroup()),
                        containers(namespace, "container_memory_usage_bytes", pods),
                        ready(name, namespace));
    }

    private String throttling(String namespace, String pods) {
        String by = "sum by (" + labels.container() + ")";
        return "%s(increase(%s)) / %s(increase(%s))"
                .formatted(
                        by,
                        containers(namespace, "container_cpu_cfs_throttled_periods_total", pods)
                                .over(windows.throttling()),
                        by,
                        containers(namespace, "container_cpu_cfs_periods_total", pods)
                                .over(windows.throttling()));
    }

    /** Excludes the sums for pods, which would count everything twice. */
    private PromQlSelector containers(String namespace, String metric, String pods) {
        return in(namespace, metric).matches(labels.pod(), pods).isNot(labels.container(), "");
    }

    private PromQlSelector in(String namespace, String metric) {
        return PromQlSelector.of(metric).is(labels.namespace(), namespace);
    }

    private static String group(List<String> by) {
        return by.isEmpty() ? "" : " by (" + String.join(", ", by) + ") ";
    }
}
