// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator.world;

import eu.nephele.smo.api.port.WorkloadRef;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Counters of services as measured: requests and seconds of cores. They grow from measurement to measurement, at the rate of
 * the later one. Guarded by the lock of the world.
 */
final class Counters {

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MILLIS_PER_CORE = 1000;
    private static final double IDLE_MEMORY = 0.3;
    private static final double LOADED_MEMORY = 0.4;

    private final double requestsPerCpuSecond;
    private final Map<WorkloadRef, PodCounter> counts = new HashMap<>();

    /** @param requests served since the first measurement */
    record PodCounter(double requests, double cpuSeconds) {
        static final PodCounter NOTHING = new PodCounter(0, 0);
    }

    Counters(double requestsPerCpuSecond) {
        this.requestsPerCpuSecond = requestsPerCpuSecond;
    }

    PodCounter get(WorkloadRef ref) {
        return counts.getOrDefault(ref, PodCounter.NOTHING);
    }

    void advance(WorldState state, Duration time) {
        double seconds = time.toNanos() / NANOS_PER_SECOND;
        Set<WorkloadRef> present =
                state.releases().all().stream().map(InstalledRelease::ref).collect(Collectors.toSet());
        counts.keySet().retainAll(present);
        for (InstalledRelease release : state.releases().all()) {
            if (release.readyReplicas() > 0) {
                double rate = state.loads().rateOf(release.ref(), state.now()).orElse(0);
                PodCounter before = get(release.ref());
                counts.put(
                        release.ref(),
                        new PodCounter(
                                before.requests() + rate * seconds,
                                before.cpuSeconds() + cpuCores(release, rate, requestsPerCpuSecond) * seconds));
            }
        }
    }

    /** Cores in use: a service serves the requests that arrive, as far as its ready replicas can. */
    static double cpuCores(InstalledRelease release, double requestsPerSecond, double requestsPerCpuSecond) {
        double offered = release.readyReplicas() * release.perReplica().cpuMillis() / MILLIS_PER_CORE;
        return Math.min(requestsPerSecond / requestsPerCpuSecond, offered);
    }

    /** Bytes in use: a part for being there, and another that grows with the load. */
    static double memoryBytes(InstalledRelease release, double requestsPerSecond, double requestsPerCpuSecond) {
        double asked = (double) release.readyReplicas() * release.perReplica().memoryBytes();
        double offered = release.readyReplicas() * release.perReplica().cpuMillis() / MILLIS_PER_CORE;
        double load = offered > 0 ? cpuCores(release, requestsPerSecond, requestsPerCpuSecond) / offered : 0;
        return asked * (IDLE_MEMORY + LOADED_MEMORY * load);
    }
}
