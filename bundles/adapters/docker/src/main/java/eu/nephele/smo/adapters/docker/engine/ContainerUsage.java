// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.engine;

/**
 * One sample of what a container has used.
 *
 * @param cpuNanos processor time since its start
 * @param memoryBytes in use without what the kernel can take back
 */
public record ContainerUsage(long cpuNanos, long memoryBytes) {}
