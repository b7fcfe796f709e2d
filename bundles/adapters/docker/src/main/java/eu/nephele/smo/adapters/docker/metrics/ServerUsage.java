// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.metrics;

import eu.nephele.smo.adapters.docker.engine.ContainerUsage;
import eu.nephele.smo.adapters.docker.engine.EngineContainer;
import eu.nephele.smo.adapters.docker.server.DockerServer;
import eu.nephele.smo.adapters.docker.server.TaskLane;
import eu.nephele.smo.api.port.AdapterException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The statistics of the replicas on one server: each asked alone, several at a time, none twice at the same time. */
final class ServerUsage implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ServerUsage.class);
    /** Each needs a connection, which stays open; an engine that measures for two seconds before it answers is read less often. */
    private static final int AT_ONCE = 4;

    /** Two samples are never so far apart; the clock was set. */
    private static final Duration LONGEST = Duration.ofDays(1);

    private final DockerServer server;
    private final TaskLane threads;

    /** The last two samples as a rate, by container id; only of those that run. */
    private final Map<String, MeasuredUse> measured = new ConcurrentHashMap<>();

    /** Containers that are being asked. */
    private final Set<String> asked = ConcurrentHashMap.newKeySet();

    private volatile int replicas;

    ServerUsage(DockerServer server) {
        this.server = server;
        this.threads = server.statisticsLane(AT_ONCE);
    }

    /**
     * @param cores in use; empty after a first sample
     * @param atNanos when the last sample came
     */
    record MeasuredUse(ContainerUsage usage, Optional<Double> cores, long atNanos) {

        MeasuredUse next(ContainerUsage now, long nanos) {
            long used = now.cpuNanos() - usage.cpuNanos();
            double between = between(now, nanos);
            // less than before: it was started again
            Optional<Double> rate = used < 0 || between <= 0 ? Optional.empty() : Optional.of(used / between);
            return new MeasuredUse(now, rate, nanos);
        }

        /**
         * Of the readings: after a late answer a punctual one comes too soon. Where they are much nearer to each other than the answers
         * the clock of the engine was set back.
         */
        private double between(ContainerUsage now, long nanos) {
            double answers = nanos - atNanos;
            return usage.readAt()
                    .flatMap(before -> now.readAt().map(after -> Duration.between(before, after)))
                    .filter(readings -> readings.compareTo(LONGEST) < 0)
                    .map(readings -> (double) readings.toNanos())
                    .filter(readings -> readings > 0 && readings >= answers / 2)
                    .orElse(answers);
        }
    }

    /** Asks for all replicas that run; never blocks. */
    void sample() {
        List<EngineContainer> replicas = server.believed().stream()
                .flatMap(seen -> seen.byWorkload().values().stream())
                .flatMap(List::stream)
                .filter(EngineContainer::isRunning)
                .toList();
        this.replicas = replicas.size();
        measured.keySet().retainAll(replicas.stream().map(EngineContainer::id).collect(Collectors.toSet()));
        replicas.forEach(replica -> {
            if (asked.add(replica.id())) {
                submit(replica.id());
            }
        });
    }

    /** Whether nothing is being asked. */
    boolean hasAnswered() {
        return asked.isEmpty();
    }

    /** How many are asked for at a time. */
    int replicas() {
        return replicas;
    }

    private void submit(String id) {
        try {
            threads.execute(() -> ask(id));
        } catch (RejectedExecutionException ending) {
            asked.remove(id);
            LOG.debug(
                    "statistics not asked for server={}; it is not configured any more",
                    server.settings().name());
        }
    }

    private void ask(String id) {
        try {
            Optional<ContainerUsage> usage = server.engine().usage(id);
            long now = System.nanoTime();
            usage.ifPresentOrElse(
                    sample -> measured.merge(
                            id,
                            new MeasuredUse(sample, Optional.empty(), now),
                            (before, first) -> before.next(sample, now)),
                    () -> measured.remove(id));
        } catch (AdapterException failed) {
            measured.remove(id);
            LOG.debug(
                    "statistics missing server={} container={}",
                    server.settings().name(),
                    id,
                    failed);
        } finally {
            asked.remove(id);
        }
    }

    Optional<Double> cores(String id) {
        return Optional.ofNullable(measured.get(id)).flatMap(MeasuredUse::cores);
    }

    /** Of all containers that were measured since then. */
    Map<String, MeasuredUse> since(long nanos) {
        Map<String, MeasuredUse> fresh = new HashMap<>(measured);
        fresh.values().removeIf(sample -> sample.atNanos() - nanos < 0);
        return fresh;
    }

    @Override
    public void close() {
        threads.close();
    }
}
