// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.rightsizing;

import eu.nephele.smo.api.port.MetricQuery;

/** What a proposal is about, with its member of {@code compute} and its metric. */
enum ComputeResource {
    /** in cores */
    CPU("cpu", "cpu", MetricQuery.CPU_CORES),
    /** in bytes */
    MEMORY("ram", "memory", MetricQuery.MEMORY_BYTES);

    private final String member;
    private final String kubernetesName;
    private final String metric;

    ComputeResource(String member, String kubernetesName, String metric) {
        this.member = member;
        this.kubernetesName = kubernetesName;
        this.metric = metric;
    }

    /** Member of the intent {@code compute}. */
    String member() {
        return member;
    }

    /** Name in requests and limits of a container. */
    String kubernetesName() {
        return kubernetesName;
    }

    /** Total over all replicas. */
    String metric() {
        return metric;
    }
}
