// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.loops;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/** Mean times of one operation, as a table and as a line of JSON. */
final class LoopTimes {

    private static final String UNIT = "us/op";

    private final List<LoopTime> times;

    /** @throws IllegalArgumentException if a benchmark measures something else than microseconds per operation */
    LoopTimes(Collection<RunResult> results) {
        this.times = results.stream().map(LoopTimes::time).toList();
    }

    /**
     * @param name class, method, and parameters if there are any
     * @param error half of the 99.9 % confidence interval; NaN with fewer than three iterations
     */
    private record LoopTime(String name, double micros, double error) {}

    private static LoopTime time(RunResult result) {
        Result<?> primary = result.getPrimaryResult();
        if (!primary.getScoreUnit().equals(UNIT)) {
            throw new IllegalArgumentException("%s is measured in %s, expected %s"
                    .formatted(result.getParams().getBenchmark(), primary.getScoreUnit(), UNIT));
        }
        return new LoopTime(name(result.getParams()), primary.getScore(), primary.getScoreError());
    }

    private static String name(BenchmarkParams params) {
        String benchmark = params.getBenchmark();
        int method = benchmark.lastIndexOf('.');
        String name = benchmark.substring(benchmark.lastIndexOf('.', method - 1) + 1);
        return params.getParamsKeys().isEmpty()
                ? name
                : name
                        + params.getParamsKeys().stream()
                                .map(params::getParam)
                                .collect(Collectors.joining(",", "(", ")"));
    }

    String table() {
        StringBuilder table = new StringBuilder("%-44s %14s %12s%n".formatted("", "microseconds", "+-"));
        for (LoopTime time : times) {
            table.append("%-44s %14s %12s%n".formatted(time.name(), rounded(time.micros()), rounded(time.error())));
        }
        return table.toString();
    }

    String json(boolean quick) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("benchmark", "loops").put("quick", quick);
        ArrayNode rows = root.putArray("rows");
        for (LoopTime time : times) {
            ObjectNode row = rows.addObject().put("loop", time.name()).put("micros", time.micros());
            if (!Double.isNaN(time.error())) {
                row.put("errorMicros", time.error());
            }
        }
        return root.toString();
    }

    /** Four digits that count, for times from nanoseconds to seconds. */
    private static String rounded(double micros) {
        return Double.isNaN(micros) ? "" : String.format(Locale.ROOT, "%.4g", micros);
    }
}
