// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.scaling;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.port.MetricQuery;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.api.scaling.ScalingMetric;
import eu.nephele.smo.core.contract.profile.ServiceObservation;
import eu.nephele.smo.core.contract.profile.ServiceProfiles;
import eu.nephele.smo.core.engine.demand.DemandQueries;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What profiles are learned from, read along with the demand: replicas, rate and use of the processor, of each graph twice per
 * window of the rates. Belongs to the thread of the pass.
 */
final class ProfileSampling {

    /** The rate is that of requests which arrive: above this use of the processor some may not be answered. */
    private static final double FULL = 0.95;

    private static final double MILLIS_PER_CORE = 1_000;
    private static final ScalingMetric READY = ScalingMetric.named(MetricQuery.READY_REPLICAS);
    private static final ScalingMetric CPU = ScalingMetric.named(MetricQuery.CPU_CORES);

    private final Supplier<ServiceProfiles> profiles;
    private final DemandQueries queries;
    /** Begins anew with each start, because one sample more does no harm; of the last half window, so gone graphs need not be told. */
    private final Map<GraphId, Instant> sampledAt = new HashMap<>();

    ProfileSampling(Supplier<ServiceProfiles> profiles, DemandQueries queries) {
        this.profiles = profiles;
        this.queries = queries;
    }

    /** A service that is sampled in this pass. */
    record Sampled(
            ScalingPlan.ScaledService service,
            WorkloadRef workload,
            MetricQuery rate,
            MetricQuery ready,
            MetricQuery cpu) {

        Stream<MetricQuery> queries() {
            return Stream.of(rate, ready, cpu);
        }
    }

    /** Of the graphs for which it is time again. Who says its profile or measures something else is left out. */
    List<Sampled> due(List<ScalingCandidate> candidates, Instant now) {
        Duration pause = queries.rateWindow().dividedBy(2);
        sampledAt.values().removeIf(at -> at.isAfter(now) || !now.isBefore(at.plus(pause)));
        if (!profiles.get().isLearning()) {
            return List.of();
        }
        Map<WorkloadRef, Sampled> sampled = new LinkedHashMap<>();
        for (ScalingCandidate candidate : candidates) {
            ScalingPlan.ScaledService service = candidate.service();
            boolean learns = service.scaling().profile().isEmpty()
                    && service.scaling().metricService().isEmpty()
                    && service.needs().perReplica().cpuMillis() > 0;
            if (learns && !sampledAt.containsKey(candidate.graph())) {
                WorkloadRef workload = new WorkloadRef(candidate.graph(), service.service());
                sampled.computeIfAbsent(workload, name -> sampled(candidate, name));
            }
        }
        sampled.keySet().forEach(workload -> sampledAt.put(workload.graph(), now));
        return List.copyOf(sampled.values());
    }

    private Sampled sampled(ScalingCandidate candidate, WorkloadRef workload) {
        ScalingPlan.ScaledService service = candidate.service();
        return new Sampled(
                service,
                workload,
                queries.rate(candidate.graph(), service.service(), service.scaling()),
                queries.metric(candidate.graph(), service.service(), READY),
                queries.metric(candidate.graph(), service.service(), CPU));
    }

    void observe(List<Sampled> sampled, Map<MetricQuery, Double> values, Instant now) {
        List<ServiceObservation> seen = new ArrayList<>();
        for (Sampled one : sampled) {
            double rate = values.getOrDefault(one.rate(), Double.NaN);
            double ready = values.getOrDefault(one.ready(), Double.NaN);
            double cores = values.getOrDefault(one.cpu(), Double.NaN);
            double use = cores
                    * MILLIS_PER_CORE
                    / (ready * one.service().needs().perReplica().cpuMillis());
            if (ready >= 1 && rate >= 0 && use >= 0 && use <= FULL) {
                seen.add(new ServiceObservation(
                        one.service().artifact(), one.workload(), now, (int) Math.rint(ready), rate, use));
            }
        }
        if (!seen.isEmpty()) {
            profiles.get().observe(seen, queries.rateWindow());
        }
    }
}
