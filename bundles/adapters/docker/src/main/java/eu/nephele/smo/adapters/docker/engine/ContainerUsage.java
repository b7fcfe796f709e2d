// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.engine;

import java.time.Instant;
import java.util.Optional;

/**
 * One sample of what a container has used.
 *
 * @param cpuNanos processor time since its start
 * @param memoryBytes in use without what the kernel can take back
 * @param readAt when the counters were read, by the clock of the engine; empty where it does not say
 */
public record ContainerUsage(long cpuNanos, long memoryBytes, Optional<Instant> readAt) {}
