// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.engine;

/**
 * What an engine says of its server.
 *
 * @param cpus processors
 * @param memoryBytes in total
 * @param version for people
 */
public record EngineFacts(int cpus, long memoryBytes, String version) {}
