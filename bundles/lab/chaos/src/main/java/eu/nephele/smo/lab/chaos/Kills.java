// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.chaos;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Kills of a server by its step.
 *
 * @param duringStart how many came before it was ready
 * @param hits how many came in the middle of each step; one kill may hit several
 * @param startMillis how long each start after a kill took that was not cut off itself
 */
public record Kills(int duringStart, Map<ServerStep, Integer> hits, List<Long> startMillis) {

    public Kills {
        hits = Map.copyOf(hits);
        startMillis = startMillis.stream().sorted().toList();
    }

    int count(ServerStep step) {
        return hits.getOrDefault(step, 0);
    }

    /** How many came in the middle of each step, for people. */
    String steps() {
        return Arrays.stream(ServerStep.values())
                .map(step -> "%s %d".formatted(ChaosResult.lower(step), count(step)))
                .collect(Collectors.joining(", "));
    }

    /** How long starts took, for people. */
    String starts() {
        return startMillis.isEmpty()
                ? "-"
                : "%d to %d ms, median %d ms"
                        .formatted(
                                startMillis.get(0),
                                startMillis.get(startMillis.size() - 1),
                                startMillis.get(startMillis.size() / 2));
    }
}
