// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.rules;

import java.util.Collection;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Two readings of the counters of one container.
 *
 * @param containerNanos processor time of the container between them
 * @param systemNanos that of the whole server, over all processors
 * @param processors of the server
 */
public record CpuUse(long containerNanos, long systemNanos, int processors) {

    private static final double PER_CENT = 100;

    /** Per cent of one processor, so 200 for two that are busy; empty when the readings do not fit together. */
    public OptionalDouble percent() {
        if (containerNanos < 0 || systemNanos <= 0 || processors < 1) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of((double) containerNanos / systemNanos * processors * PER_CENT);
    }

    /**
     * The mean over the containers of a service that have a reading; 0 when none has.
     *
     * @param uses one per container, empty where there was no reading
     */
    public static double mean(Collection<Optional<CpuUse>> uses) {
        return uses.stream()
                .flatMap(Optional::stream)
                .map(CpuUse::percent)
                .filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble)
                .average()
                .orElse(0);
    }
}
