// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.docker;

import java.time.Duration;
import java.util.Set;

/**
 * What a played engine is.
 *
 * @param host address on which its containers publish their ports
 * @param images that are there from the beginning
 * @param registry images that can be pulled
 * @param prober agent whose requests to containers are counted
 * @param cgroupVersion 1 or 2: how statistics are told
 * @param delay of each answer, of the engine and of its containers
 */
public record EngineSpec(
        String name,
        String host,
        int cpus,
        long memoryBytes,
        Set<String> images,
        Set<String> registry,
        String prober,
        int cgroupVersion,
        Duration delay) {

    public EngineSpec {
        images = Set.copyOf(images);
        registry = Set.copyOf(registry);
        if (cgroupVersion != 1 && cgroupVersion != 2) {
            throw new IllegalArgumentException("control groups have version 1 or 2");
        }
    }
}
