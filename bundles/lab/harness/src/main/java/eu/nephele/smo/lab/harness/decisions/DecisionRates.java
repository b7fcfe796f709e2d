// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.decisions;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * @param perSecond decisions per second by kind, medians
 * @param total decisions of one round per second, median
 * @param totalPerCpuSecond decisions of one round per second of processor time of the whole process, median; other load on the
 *     machine changes it less
 */
record DecisionRates(int rounds, Map<String, Double> perSecond, double total, double totalPerCpuSecond) {

    private static final double NANOS = 1e9;

    /** @param cpuNanos processor time of the process */
    record Round(Map<String, Long> nanos, long cpuNanos) {}

    static DecisionRates of(List<DecisionBatch> batches, List<Round> rounds) {
        Map<String, Double> perSecond = new LinkedHashMap<>();
        int decisions = 0;
        for (DecisionBatch batch : batches) {
            decisions += batch.decisions();
            perSecond.put(
                    batch.name(),
                    median(rounds.stream()
                            .map(round ->
                                    batch.decisions() * NANOS / round.nanos().getOrDefault(batch.name(), 1L))
                            .toList()));
        }
        int all = decisions;
        return new DecisionRates(
                rounds.size(),
                perSecond,
                median(rounds.stream()
                        .map(round -> all
                                * NANOS
                                / round.nanos().values().stream()
                                        .mapToLong(Long::longValue)
                                        .sum())
                        .toList()),
                median(rounds.stream()
                        .map(round -> all * NANOS / Math.max(1, round.cpuNanos()))
                        .toList()));
    }

    static double median(List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        sorted.sort(null);
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    String json() {
        return "{\"benchmark\":\"decisions\",\"rounds\":%d,\"decisionsPerSecond\":%s,\"decisionsPerCpuSecond\":%s,\"byKind\":{%s}}"
                .formatted(
                        rounds,
                        number(total),
                        number(totalPerCpuSecond),
                        perSecond.entrySet().stream()
                                .map(kind -> "\"%s\":%s".formatted(kind.getKey(), number(kind.getValue())))
                                .collect(Collectors.joining(",")));
    }

    String table() {
        StringBuilder table = new StringBuilder("%-30s %14s%n".formatted("decisions per second", "median"));
        perSecond.forEach((kind, value) -> table.append("%-30s %14s%n".formatted(kind, number(value))));
        table.append("%-30s %14s%n".formatted("all", number(total)));
        return table.append("%-30s %14s%n".formatted("all, per processor second", number(totalPerCpuSecond)))
                .toString();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
