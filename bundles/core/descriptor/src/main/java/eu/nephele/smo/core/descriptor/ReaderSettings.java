// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.descriptor;

import java.util.List;

/**
 * Limits and rules of a reader; {@link #STANDARD} has the defaults of the configuration.
 *
 * @param maxDepth deepest nesting, 1 to 100
 * @param maxNodes most objects, arrays and values in one body
 * @param maxValuesBytes largest sum of all {@code valuesOverwrite} of one graph, in bytes of JSON
 * @param rejectUnknownIntents whether an intent without handler is an error; otherwise it is a warning, hard constraints excepted
 * @param reservedProjects names of projects that nobody may use; {@code *} stands for any text
 */
public record ReaderSettings(
        int maxBodyBytes,
        int maxDepth,
        int maxNodes,
        int maxServices,
        int maxValuesBytes,
        boolean rejectUnknownIntents,
        List<String> reservedProjects) {

    public static final ReaderSettings STANDARD = new ReaderSettings(
            5_000_000, 100, 250_000, 1_000, 1_048_576, true, List.of("default", "kube-*", "karmada-*"));

    public ReaderSettings {
        if (maxValuesBytes < 1) {
            throw new IllegalArgumentException("maxValuesBytes=%d, expected 1 or more".formatted(maxValuesBytes));
        }
        reservedProjects = List.copyOf(reservedProjects);
    }

    /** @throws IllegalArgumentException when a value makes no sense; names the property */
    static ReaderSettings from(DescriptorConfig config) {
        return new ReaderSettings(
                config.maxBodyBytes(),
                config.maxDepth(),
                config.maxNodes(),
                config.maxServices(),
                config.maxValuesBytes(),
                rejects(config.unknownIntents()),
                List.of(config.reservedProjects()));
    }

    private static boolean rejects(String unknownIntents) {
        return switch (unknownIntents) {
            case "reject" -> true;
            case "warn" -> false;
            default ->
                throw new IllegalArgumentException(
                        "unknownIntents=%s, expected reject or warn".formatted(unknownIntents));
        };
    }
}
