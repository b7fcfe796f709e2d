// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.measure;

/** What a metric is for those who query it. */
public enum MetricType {
    /** Only grows, from the start of the process. */
    COUNTER,
    /** A present value, read when somebody looks. */
    GAUGE,
    /** Durations, with buckets from 5 ms to 30 s, {@code _count}, {@code _sum} and {@code _max}. */
    HISTOGRAM
}
