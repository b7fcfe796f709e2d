// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.metrics;

import eu.nephele.smo.adapters.docker.control.ServerFleet;
import eu.nephele.smo.adapters.docker.engine.EngineContainer;
import eu.nephele.smo.adapters.docker.metrics.ServerUsage.MeasuredUse;
import eu.nephele.smo.adapters.docker.model.ReplicaView.ReplicaPhase;
import eu.nephele.smo.adapters.docker.server.DockerServer;
import eu.nephele.smo.adapters.docker.server.ReplicaPhases;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.port.MetricQuery;
import eu.nephele.smo.api.port.MetricsSource;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.api.scaling.LoadPoint;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What replicas use, from the statistics of the engines, asked for at an interval, and known as soon as all have
 * answered. A sum is told only if each replica was measured: a part of it would be taken for the whole.
 */
public final class DockerMetrics implements MetricsSource, AutoCloseable {

    /** What is asked of all engines together: a large fleet is asked less often. */
    private static final int MOST_PER_SECOND = 250;

    /** An engine may take its time with some containers; what it said of the others still holds. */
    private static final Duration LEAST_VALIDITY = Duration.ofSeconds(15);

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final ServerFleet fleet;
    private final ReplicaPhases phases;
    private final Clock clock;
    private final Duration interval;
    private final UsageHistory history = new UsageHistory();

    /** One per configured server. */
    private final Map<ClusterId, ServerUsage> usages = new ConcurrentHashMap<>();

    private long sampledNanos;
    private boolean noted = true;
    private volatile Duration validity;

    /** @param interval between two samples */
    public DockerMetrics(ServerFleet fleet, ReplicaPhases phases, Clock clock, Duration interval) {
        this.fleet = fleet;
        this.phases = phases;
        this.clock = clock;
        this.interval = interval;
        this.sampledNanos = System.nanoTime() - interval.toNanos();
        this.validity = validity(interval);
    }

    private static Duration validity(Duration pause) {
        Duration several = pause.multipliedBy(3);
        return several.compareTo(LEAST_VALIDITY) > 0 ? several : LEAST_VALIDITY;
    }

    /** To be called several times a second, by one thread; never blocks. */
    public void tick() {
        long now = System.nanoTime();
        Duration pause = pause();
        boolean over = now - sampledNanos >= pause.toNanos();
        if (!noted && (over || usages.values().stream().allMatch(ServerUsage::hasAnswered))) {
            validity = validity(pause);
            note(now - validity.toNanos());
            noted = true;
        }
        if (over) {
            sampledNanos = now;
            noted = false;
            fleet.servers().forEach(server -> usage(server).sample());
        }
    }

    private Duration pause() {
        long replicas =
                usages.values().stream().mapToLong(ServerUsage::replicas).sum();
        return Duration.ofNanos(Math.max(interval.toNanos(), replicas * NANOS_PER_SECOND / MOST_PER_SECOND));
    }

    private ServerUsage usage(DockerServer server) {
        return usages.computeIfAbsent(server.id(), any -> new ServerUsage(server));
    }

    /** A server is not configured any more. */
    public void gone(DockerServer server) {
        Optional.ofNullable(usages.remove(server.id())).ifPresent(ServerUsage::close);
    }

    /** Cores that a container uses, by its last two samples; empty while there are none. */
    public Optional<Double> cores(DockerServer server, String container) {
        return Optional.ofNullable(usages.get(server.id())).flatMap(usage -> usage.cores(container));
    }

    /** Adds up what was measured since then. */
    private void note(long sinceNanos) {
        Instant at = clock.instant();
        Map<WorkloadRef, WorkloadTotals> totals = new HashMap<>();
        Set<WorkloadRef> unseen = new HashSet<>();
        for (DockerServer server : fleet.servers()) {
            if (server.isReady()) {
                add(server, usage(server).since(sinceNanos), totals);
            } else {
                server.last().ifPresent(seen -> unseen.addAll(seen.workloads()));
            }
        }
        totals.forEach((workload, sum) -> {
            if (!unseen.contains(workload)) {
                sum.cores().ifPresent(cores -> history.add(MetricQuery.CPU_CORES, workload, at, cores));
                sum.bytes().ifPresent(bytes -> history.add(MetricQuery.MEMORY_BYTES, workload, at, bytes));
                history.add(MetricQuery.READY_REPLICAS, workload, at, sum.ready());
            }
        });
        history.forgetBefore(at);
    }

    private void add(DockerServer server, Map<String, MeasuredUse> measured, Map<WorkloadRef, WorkloadTotals> totals) {
        server.believed().ifPresent(seen -> seen.byWorkload().forEach((workload, its) -> {
            for (EngineContainer container : its) {
                if (!container.name().isSpare()) {
                    Optional<MeasuredUse> sample = Optional.ofNullable(measured.get(container.id()));
                    boolean ready = phases.phase(server, container) == ReplicaPhase.READY;
                    totals.merge(
                            workload,
                            WorkloadTotals.replica(container.isRunning(), ready, sample),
                            WorkloadTotals::plus);
                }
            }
        }));
    }

    /** Sums over replicas; empty where one of them was not measured. */
    private record WorkloadTotals(Optional<Double> cores, Optional<Double> bytes, int ready) {

        static WorkloadTotals replica(boolean running, boolean ready, Optional<MeasuredUse> sample) {
            return running
                    ? new WorkloadTotals(
                            sample.flatMap(MeasuredUse::cores),
                            sample.map(each -> (double) each.usage().memoryBytes()),
                            ready ? 1 : 0)
                    : new WorkloadTotals(Optional.of(0.0), Optional.of(0.0), 0);
        }

        WorkloadTotals plus(WorkloadTotals other) {
            return new WorkloadTotals(
                    cores.flatMap(mine -> other.cores.map(theirs -> mine + theirs)),
                    bytes.flatMap(mine -> other.bytes.map(theirs -> mine + theirs)),
                    ready + other.ready);
        }
    }

    @Override
    public Map<MetricQuery, Double> instant(Collection<MetricQuery> queries) {
        fleet.believed();
        Instant oldest = clock.instant().minus(validity);
        Map<MetricQuery, Double> latest = new HashMap<>();
        queries.stream().filter(DockerMetrics::isKnown).forEach(query -> history.latest(
                        query.metric(), query.workload(), oldest)
                .ifPresent(value -> latest.put(query, value)));
        return latest;
    }

    @Override
    public Map<MetricQuery, List<LoadPoint>> range(Collection<MetricQuery> queries, Duration range, Duration step) {
        fleet.believed();
        Instant begin = clock.instant().minus(range);
        Map<MetricQuery, List<LoadPoint>> past = new HashMap<>();
        queries.stream().filter(DockerMetrics::isKnown).forEach(query -> {
            List<LoadPoint> points = history.since(query.metric(), query.workload(), begin, step);
            if (!points.isEmpty()) {
                past.put(query, points);
            }
        });
        return past;
    }

    /** Counters of the kernel, read twice: what jumps has jumped. */
    @Override
    public Optional<Duration> ownWindow() {
        return Optional.of(Duration.ZERO);
    }

    /** A template is a question to another system. */
    private static boolean isKnown(MetricQuery query) {
        return query.template().isEmpty();
    }

    @Override
    public void close() {
        usages.values().forEach(ServerUsage::close);
        usages.clear();
    }
}
