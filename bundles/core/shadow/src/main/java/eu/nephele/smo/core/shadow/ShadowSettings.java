// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.shadow;

import java.time.Duration;

/**
 * Bounds of the shadows.
 *
 * @param queueCapacity decisions that may wait for the shadows; further ones are dropped and counted
 */
public record ShadowSettings(
        int queueCapacity, int shadows, long placementBudgetMillis, long scalingBudgetMillis, Duration flushEvery) {

    public static final ShadowSettings DEFAULTS = new ShadowSettings(200, 10, 1_000, 100, Duration.ofSeconds(2));

    static ShadowSettings from(ShadowConfig config) {
        return new ShadowSettings(
                (int) atLeastOne("queueCapacity", config.queueCapacity()),
                (int) atLeastOne("shadows", config.shadows()),
                atLeastOne("placementBudgetMillis", config.placementBudgetMillis()),
                atLeastOne("scalingBudgetMillis", config.scalingBudgetMillis()),
                Duration.ofMillis(atLeastOne("flushMillis", config.flushMillis())));
    }

    private static long atLeastOne(String key, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(
                    "Configuration eu.nephele.smo.core.shadow: %s=%d, expected at least 1".formatted(key, value));
        }
        return value;
    }
}
