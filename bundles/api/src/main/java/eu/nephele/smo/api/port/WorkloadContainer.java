// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.port;

import eu.nephele.smo.api.model.ClusterId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One container of a workload.
 *
 * @param id of the engine, whole
 * @param name of the engine
 * @param server on which it is
 * @param state in the word of the engine: {@code running}, {@code exited}, {@code created}, …
 * @param health as the probes see it
 * @param ports published port by port of the container
 * @param createdAt when it was made
 * @param cpuPercent processor time in use, per cent of one core; empty while there is no measurement
 * @param image reference as it was asked for
 * @param imageDigest {@code sha256:…} of what runs, "" where the engine does not say
 * @param lastExit how it ended last; empty when it never did
 */
public record WorkloadContainer(
        String id,
        String name,
        ClusterId server,
        String state,
        ContainerHealth health,
        Map<Integer, Integer> ports,
        Instant createdAt,
        OptionalDouble cpuPercent,
        String image,
        String imageDigest,
        Optional<LastExit> lastExit) {

    public WorkloadContainer {
        ports = Map.copyOf(ports);
    }

    /** What the probes say. */
    public enum ContainerHealth {
        /** not judged yet, or nothing judges it */
        UNKNOWN,
        HEALTHY,
        UNHEALTHY
    }

    /**
     * The end of a run.
     *
     * @param code of its first process
     * @param told what the engine says of it, for people: {@code Exited (137) 3 minutes ago}
     */
    public record LastExit(int code, String told) {}
}
