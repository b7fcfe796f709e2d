// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.rightsizing;

import java.time.Duration;

/**
 * @param history how far back metrics are read
 * @param step distance of the values
 * @param leastData what must be known since the last change of a service
 * @param startUp how long after a change of replicas, or of the graph, a replica counts as starting
 * @param cpuQuantile of the use of CPU that counts, above 0 and at most 1
 * @param cpuHeadroom part of this use that is asked for in addition
 * @param memoryMargin part of the highest use of memory that is asked for in addition
 */
public record RightsizingSettings(
        Duration history,
        Duration step,
        Duration leastData,
        Duration startUp,
        double cpuQuantile,
        double cpuHeadroom,
        double memoryMargin) {

    public static final RightsizingSettings STANDARD = new RightsizingSettings(
            Duration.ofDays(7), Duration.ofMinutes(5), Duration.ofHours(24), Duration.ofMinutes(5), 0.95, 0.15, 0.2);
}
