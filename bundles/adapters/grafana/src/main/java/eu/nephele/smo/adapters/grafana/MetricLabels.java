// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.grafana;

import java.util.List;

/**
 * Names of the labels of metrics.
 *
 * @param namespace namespace of a workload; "" if the metrics have none
 * @param pod name of a pod
 * @param container name of a container, "" in the kubelet's sums for pods
 * @param deployment name of a Deployment
 * @param statefulSet name of a StatefulSet
 * @param memoryGroup labels by which a service's memory is summed
 * @param cpuGroup labels by which a service's CPU is summed
 * @param cluster name of a cluster
 * @param instance a node of a cluster
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
