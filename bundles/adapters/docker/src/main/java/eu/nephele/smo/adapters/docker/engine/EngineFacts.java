// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.engine;

/**
 * What an engine says of its server.
 *
 * @param cpus processors
 * @param memoryBytes in total
 * @param version for people
 * @param storageDriver for people
 * @param images how many it has
 */
public record EngineFacts(int cpus, long memoryBytes, String version, String storageDriver, int images) {}
