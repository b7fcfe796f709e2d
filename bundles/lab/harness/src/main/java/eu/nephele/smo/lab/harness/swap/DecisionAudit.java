// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.swap;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.lab.harness.swap.SwappedPlugin.Swap;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Audit of the decisions of a run.
 *
 * @param fallbacks decisions by another strategy
 * @param fallbacksWhileReplaced fallbacks whose strategy was not removed at that time
 * @param failed errors, answers without a place, and decisions that are not in the database
 * @param mixed decisions of another version than the one that they name
 */
public record DecisionAudit(
        long asked,
        long recorded,
        long fallbacks,
        long fallbacksWhileReplaced,
        long failed,
        long mixed,
        List<String> examples) {

    static DecisionAudit of(JsonNode report, List<Swap> swaps) {
        long asked = report.path("asked").asLong();
        long recorded = report.path("recorded").asLong();
        return new DecisionAudit(
                asked,
                recorded,
                report.path("fallbacks").asLong(),
                whileReplaced(report.path("fallbacksOf"), swaps),
                report.path("failed").asLong() + Math.abs(asked - recorded),
                report.path("mixed").asLong(),
                texts(report.path("examples")));
    }

    /** A fallback is expected while the plugin is removed, and at no other time. */
    private static long whileReplaced(JsonNode fallbacks, List<Swap> swaps) {
        return IntStream.range(0, fallbacks.size())
                .mapToObj(fallbacks::get)
                .filter(fallback -> swaps.stream()
                        .filter(Swap::wasOut)
                        .filter(swap ->
                                swap.plugin().equals(fallback.path("plugin").asText()))
                        .noneMatch(swap -> fallback.path("from").asLong() <= swap.firstMicros()
                                && fallback.path("to").asLong() >= swap.droppedMicros()))
                .count();
    }

    private static List<String> texts(JsonNode array) {
        return IntStream.range(0, array.size())
                .mapToObj(i -> array.get(i).asText())
                .toList();
    }

    /** Returns whether nothing was lost or mixed, and replaced plugins decided until their successors did. */
    boolean areGood() {
        return asked == recorded && failed == 0 && mixed == 0 && fallbacksWhileReplaced == 0;
    }
}
