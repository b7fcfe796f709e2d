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

    private static final double PERCENT = 100;

    /** @throws IllegalArgumentException when a property has a value that is not allowed */
    static RightsizingSettings read(RightsizingConfig config) {
        within("historyDays", config.historyDays(), 1, 30);
        within("stepSeconds", config.stepSeconds(), 300, 3_600);
        within("leastDataHours", config.leastDataHours(), 1, 720);
        within("startUpSeconds", config.startUpSeconds(), 60, 3_600);
        within("cpuQuantilePercent", config.cpuQuantilePercent(), 50, 100);
        within("cpuHeadroomPercent", config.cpuHeadroomPercent(), 10, 400);
        within("memoryMarginPercent", config.memoryMarginPercent(), 10, 400);
        Duration history = Duration.ofDays(config.historyDays());
        Duration leastData = Duration.ofHours(config.leastDataHours());
        if (leastData.compareTo(history) > 0) {
            throw new IllegalArgumentException(
                    "leastDataHours=%d is more than historyDays=%d have: nothing would ever be proposed"
                            .formatted(config.leastDataHours(), config.historyDays()));
        }
        return new RightsizingSettings(
                history,
                Duration.ofSeconds(config.stepSeconds()),
                leastData,
                Duration.ofSeconds(config.startUpSeconds()),
                config.cpuQuantilePercent() / PERCENT,
                config.cpuHeadroomPercent() / PERCENT,
                config.memoryMarginPercent() / PERCENT);
    }

    private static void within(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException("%s=%d, expected %d to %d".formatted(name, value, least, most));
        }
    }
}
