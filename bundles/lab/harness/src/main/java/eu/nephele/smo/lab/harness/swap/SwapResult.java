// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.swap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.lab.harness.command.RunCommand;
import eu.nephele.smo.lab.harness.swap.SwappedPlugin.Swap;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Result of a run.
 *
 * @param swaps number of changes by kind
 * @param waitMillisP99 from the moment at which a request was due to its answer, over the whole run
 * @param pauseMillis the longest such wait around each replacement
 * @param outPauseMillis the longest such wait around each plugin that was removed and added again
 * @param dropToActiveMillis from the complete file to the first decision of that version, for each change
 */
public record SwapResult(
        DecisionAudit decisions,
        double seconds,
        Map<String, Long> swaps,
        double waitMillisP99,
        List<Double> pauseMillis,
        List<Double> outPauseMillis,
        List<Double> dropToActiveMillis)
        implements RunCommand.RunResult {

    private static final double MICROS_PER_MILLI = 1_000;
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long BEFORE_MICROS = 50_000;
    private static final long AFTER_MICROS = 300_000;
    private static final double P50 = 0.50;
    private static final double P99 = 0.99;

    static SwapResult of(JsonNode report, List<Swap> swaps) {
        long begin = report.path("begin").asLong();
        long perSecond = report.path("perSecond").asLong();
        int[] waited = numbers(report.path("waitedMicros"));
        return new SwapResult(
                DecisionAudit.of(report, swaps),
                (double) waited.length / perSecond,
                swaps.stream().collect(Collectors.groupingBy(Swap::what, TreeMap::new, Collectors.counting())),
                percentile(Arrays.stream(waited).asDoubleStream().boxed().toList(), P99) / MICROS_PER_MILLI,
                pauses(waited, perSecond, swaps, false, begin),
                pauses(waited, perSecond, swaps, true, begin),
                swaps.stream()
                        .map(swap -> (swap.firstMicros() - swap.completeMicros()) / MICROS_PER_MILLI)
                        .toList());
    }

    private static List<Double> pauses(int[] waited, long perSecond, List<Swap> swaps, boolean out, long begin) {
        return swaps.stream()
                .filter(swap -> swap.wasOut() == out)
                .map(swap -> longest(waited, perSecond, swap, swaps, begin) / MICROS_PER_MILLI)
                .toList();
    }

    /**
     * Returns the longest wait; requests that wait for an absent plugin delay others, and do not count against a replacement
     * just before or after it.
     */
    private static double longest(int[] waited, long perSecond, Swap swap, List<Swap> swaps, long begin) {
        long from = swap.droppedMicros() - BEFORE_MICROS;
        long to = swap.firstMicros() + AFTER_MICROS;
        for (Swap other : swap.wasOut() ? List.<Swap>of() : swaps) {
            if (other.wasOut() && other.droppedMicros() >= swap.firstMicros()) {
                to = Math.min(to, other.droppedMicros());
            } else if (other.wasOut() && other.firstMicros() <= swap.droppedMicros()) {
                from = Math.max(from, other.firstMicros());
            }
        }
        return LongStream.range(
                        Math.max(0, (from - begin) * perSecond / MICROS_PER_SECOND),
                        Math.min(waited.length, (to - begin) * perSecond / MICROS_PER_SECOND))
                .mapToInt(index -> waited[(int) index])
                .max()
                .orElse(0);
    }

    /** The smallest value that this share of all values does not exceed; 0 without values. */
    static double percentile(List<Double> values, double share) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.isEmpty() ? 0 : sorted.get((int) Math.ceil(share * sorted.size()) - 1);
    }

    static int[] numbers(JsonNode array) {
        return IntStream.range(0, array.size()).map(i -> array.get(i).asInt()).toArray();
    }

    public long swapped() {
        return swaps.values().stream().mapToLong(Long::longValue).sum();
    }

    public double askedPerSecond() {
        return seconds == 0 ? 0 : decisions.asked() / seconds;
    }

    @Override
    public boolean isGood() {
        return decisions.areGood();
    }

    @Override
    public String json() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("benchmark", "swap");
        node.put("asked", decisions.asked());
        node.put("recorded", decisions.recorded());
        node.put("fallbacks", decisions.fallbacks());
        node.put("fallbacksWhileReplaced", decisions.fallbacksWhileReplaced());
        node.put("failed", decisions.failed());
        node.put("mixed", decisions.mixed());
        node.put("swaps", swapped());
        node.put("pauseMillisP99", rounded(percentile(pauseMillis, P99)));
        node.put("pauseMillisMax", rounded(percentile(pauseMillis, 1)));
        node.put("outPauseMillisP99", rounded(percentile(outPauseMillis, P99)));
        node.put("dropToActiveMillisP99", rounded(percentile(dropToActiveMillis, P99)));
        node.put("waitMillisP99", rounded(waitMillisP99));
        node.put("askedPerSecond", rounded(askedPerSecond()));
        node.put("seconds", rounded(seconds));
        return node.toString();
    }

    @Override
    public String table() {
        StringBuilder text = new StringBuilder();
        row(text, "seconds", rounded(seconds));
        row(text, "decisions asked", "%d, %.0f per second".formatted(decisions.asked(), askedPerSecond()));
        row(text, "decisions recorded", decisions.recorded());
        row(text, "of them by a fallback", decisions.fallbacks());
        row(text, "of these while it was replaced", decisions.fallbacksWhileReplaced());
        row(text, "failed", decisions.failed());
        row(text, "mixed", decisions.mixed());
        row(text, "changes of plugins", swapped() + "  " + swaps);
        row(text, "wait for an answer, P99", rounded(waitMillisP99) + " ms");
        row(text, "pause around a replacement", spread(pauseMillis));
        row(text, "pause while one is out", spread(outPauseMillis));
        row(text, "complete file to first decision", spread(dropToActiveMillis));
        decisions.examples().forEach(example -> text.append("mixed: %s%n".formatted(example)));
        return text.toString();
    }

    private static String spread(List<Double> values) {
        return "median %s, P99 %s, at most %s ms"
                .formatted(
                        rounded(percentile(values, P50)),
                        rounded(percentile(values, P99)),
                        rounded(percentile(values, 1)));
    }

    private static void row(StringBuilder text, String name, Object value) {
        text.append("%-34s %s%n".formatted(name, value));
    }

    private static double rounded(double value) {
        return Math.round(value * 10) / 10.0;
    }
}
