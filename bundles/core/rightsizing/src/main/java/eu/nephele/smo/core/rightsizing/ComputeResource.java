// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.rightsizing;

import eu.nephele.smo.api.port.MetricQuery;

/** What a proposal is about, with its member of {@code compute} and its metric. */
enum ComputeResource {
    /** in cores */
    CPU("cpu", MetricQuery.CPU_CORES),
    /** in bytes */
    MEMORY("ram", MetricQuery.MEMORY_BYTES);

    private final String member;
    private final String metric;

    ComputeResource(String member, String metric) {
        this.member = member;
        this.metric = metric;
    }

    /** Member of the intent {@code compute}. */
    String member() {
        return member;
    }

    /** Total over all replicas. */
    String metric() {
        return metric;
    }
}
