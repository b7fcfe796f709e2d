// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Kills of a server by its step.
 *
 * @param duringStart kills before it was ready
 * @param hits kills in the middle of each step; one kill may hit several
 * @param startMillis duration of each start after a kill, without starts that were killed
 */
public record Kills(int duringStart, Map<ServerStep, Integer> hits, List<Long> startMillis) {

    public Kills {
        hits = Map.copyOf(hits);
        startMillis = startMillis.stream().sorted().toList();
    }

    int count(ServerStep step) {
        return hits.getOrDefault(step, 0);
    }

    String steps() {
        return Arrays.stream(ServerStep.values())
                .map(step -> "%s %d".formatted(ChaosResult.lower(step), count(step)))
                .collect(Collectors.joining(", "));
    }

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
