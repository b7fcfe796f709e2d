// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.loops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.results.AverageTimeResult;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.ResultRole;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.IterationType;
import org.openjdk.jmh.runner.WorkloadParams;
import org.openjdk.jmh.runner.options.TimeValue;

class LoopTimesTest {

    private static RunResult result(String benchmark, String size, TimeUnit unit, double... times) {
        WorkloadParams workload = new WorkloadParams();
        if (!size.isEmpty()) {
            workload.put("size", size, 0);
        }
        IterationParams iteration = new IterationParams(IterationType.MEASUREMENT, 1, TimeValue.seconds(1), 1);
        BenchmarkParams params = new BenchmarkParams(
                benchmark,
                "generated",
                true,
                1,
                new int[] {1},
                List.of(),
                1,
                0,
                iteration,
                iteration,
                Mode.AverageTime,
                workload,
                unit,
                1,
                "java",
                List.of(),
                "17",
                "vm",
                "17",
                "1.37",
                TimeValue.seconds(1));
        List<IterationResult> iterations = DoubleStream.of(times)
                .mapToObj(micros -> {
                    IterationResult each = new IterationResult(params, iteration, null);
                    each.addResult(
                            new AverageTimeResult(ResultRole.PRIMARY, "loop", 1_000, (long) (micros * 1e6), unit));
                    return each;
                })
                .toList();
        return new RunResult(params, List.of(new BenchmarkResult(params, iterations)));
    }

    @Test
    void timesAreInATableAndInJson() throws Exception {
        LoopTimes times = new LoopTimes(List.of(
                result("a.b.SolverBenchmark.pass", "", TimeUnit.MICROSECONDS, 1, 2, 3),
                result("a.b.DecisionBenchmark.decision", "5x5", TimeUnit.MICROSECONDS, 7.5)));
        assertThat(times.table().lines().map(line -> line.strip().replaceAll(" +", " ")))
                .containsExactly(
                        "microseconds +-", "SolverBenchmark.pass 2.000 18.24", "DecisionBenchmark.decision(5x5) 7.500");
        JsonNode json = JsonMapper.builder().build().readTree(times.json(true));
        assertThat(json.path("benchmark").asText()).isEqualTo("loops");
        assertThat(json.path("quick").asBoolean()).isTrue();
        assertThat(json.path("rows").get(0).path("loop").asText()).isEqualTo("SolverBenchmark.pass");
        assertThat(json.path("rows").get(0).path("micros").asDouble()).isEqualTo(2);
        assertThat(json.path("rows").get(0).path("errorMicros").asDouble()).isBetween(18.0, 18.5);
        assertThat(json.path("rows").get(1).has("errorMicros")).isFalse();
    }

    @Test
    void anotherUnitIsRefused() {
        assertThatThrownBy(() -> new LoopTimes(List.of(result("a.B.c", "", TimeUnit.SECONDS, 1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a.B.c is measured in s/op, expected us/op");
    }
}
