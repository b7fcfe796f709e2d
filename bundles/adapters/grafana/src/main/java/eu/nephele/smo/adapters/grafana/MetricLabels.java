// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.grafana;

import java.util.List;

/**
 * Names of the labels of metrics.
 *
 * @param namespace of a workload; "" if the metrics have none
 * @param container "" in the kubelet's sums for pods
 * @param memoryGroup by which a service's memory is summed
 * @param cpuGroup by which a service's CPU is summed
 * @param instance a node
 */
record MetricLabels(
        String namespace,
        String pod,
        String container,
        String deployment,
        String statefulSet,
        List<String> memoryGroup,
        List<String> cpuGroup,
        String cluster,
        String instance) {

    MetricLabels {
        memoryGroup = List.copyOf(memoryGroup);
        cpuGroup = List.copyOf(cpuGroup);
    }
}
