// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.port;

import eu.nephele.smo.api.scaling.LoadPoint;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Answers batched questions about what is measured. Of several sources that with the highest service ranking is asked first, and a later
 * one only for what the former have no data for; one that fails takes nothing away from the others. So a source has no entry for
 * workloads that it does not know, and no 0. Failures are {@link AdapterException}s. A load of a while ago would mislead the scaling, so
 * no answer is {@link StaleIfError}: no data is better.
 */
@Port(name = "metrics")
@ConsumerType
public interface MetricsSource {

    /**
     * Present values, in one call to the outside where the system allows it.
     *
     * @return one entry per query that has data; no entry means no data, which is not 0
     */
    @Idempotent
    @OnStandby
    Map<MetricQuery, Double> instant(Collection<MetricQuery> queries);

    /**
     * Values of the past, oldest first.
     *
     * @param range how far back
     * @param step distance of the points, which are at multiples of it since the epoch, so that those of two calls are the same moments
     * @return one entry per query that has data
     */
    @Idempotent
    @OnStandby
    Map<MetricQuery, List<LoadPoint>> range(Collection<MetricQuery> queries, Duration range, Duration step);

    /**
     * The window that present values are means of, if it is the source's own and not that of the query. A value that is far above all of the
     * last minutes is believed when another one confirms it that shares no sample with it, so a window later; with 0 at once: a source that
     * reads counters twice, at times that it knows, does not err.
     */
    @NonBlocking
    default Optional<Duration> ownWindow() {
        return Optional.empty();
    }

    /**
     * Calls back, on a thread of the source, about a workload for which requests wait, as none of its replicas can take them: replicas
     * are decided then, and not an interval later. Again about once a second as long as it is so; quick, never blocking. A source that
     * cannot tell never calls.
     */
    @NonBlocking
    default Subscription subscribeToWaiting(Consumer<WorkloadRef> onWaiting) {
        return () -> {};
    }
}
