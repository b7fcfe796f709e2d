// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

final class ConfigurationBounds {

    private ConfigurationBounds() {}

    static long atLeastOne(String key, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(
                    "Configuration eu.nephele.smo.core.journal: %s=%d, expected at least 1".formatted(key, value));
        }
        return value;
    }
}
