// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.port;

import java.time.Duration;
import java.util.Optional;

/**
 * One value wanted from a metrics source.
 *
 * @param metric what is measured, for example {@link #REQUEST_RATE}
 * @param workload of which service
 * @param window over which the rate is taken; at least four scrape intervals, else there may be no data
 * @param template PromQL template that replaces the source's own for this metric, with {@code $service}, {@code $namespace},
 *     {@code $window}
 */
public record MetricQuery(String metric, WorkloadRef workload, Duration window, Optional<String> template) {

    /** Requests per second that arrive at a service. */
    public static final String REQUEST_RATE = "request_rate";

    /** Cores in use over all replicas of a service. */
    public static final String CPU_CORES = "cpu_cores";

    /** Bytes of memory in use (working set) over all replicas of a service. */
    public static final String MEMORY_BYTES = "memory_bytes";

    /** Requests that wait for a replica at this moment: no rate, so that it may jump. */
    public static final String QUEUE_LENGTH = "queue_length";

    /** Mean time of the latest answers of the replicas, in milliseconds. */
    public static final String RESPONSE_TIME_MILLIS = "response_time_millis";

    /** Replicas of a service that are ready. */
    public static final String READY_REPLICAS = "ready_replicas";
}
