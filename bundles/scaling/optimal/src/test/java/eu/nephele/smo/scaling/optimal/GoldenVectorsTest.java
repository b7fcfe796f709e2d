// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.optimal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.scaling.ScalingRequest;
import eu.nephele.smo.api.scaling.ScalingResult.Answer;
import eu.nephele.smo.api.scaling.ScalingResult.Infeasible;
import eu.nephele.smo.api.scaling.ScalingResult.Replicas;
import eu.nephele.smo.api.scaling.ScalingTarget;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The reference's scaling vectors, mode reference, with the maximum as a hard bound. */
class GoldenVectorsTest {

    private static final double[] BRUSSELS_ALPHA = {33.33, 0.533, 1.67};
    private static final double[] BRUSSELS_BETA = {-16.66, -0.416, -0.01};
    private static final double[] BRUSSELS_CORES = {.5, 1, 1};

    @ParameterizedTest(name = "{0}")
    @MethodSource("feasible")
    void vectorHasTheKnownOptimum(String id, ScalingRequest request, List<Integer> replicas, double objective) {
        List<Answer> answers = Given.answers(Given.REFERENCE, request);
        assertThat(answers).allMatch(Replicas.class::isInstance);
        List<Integer> decided =
                answers.stream().map(answer -> ((Replicas) answer).replicas()).toList();
        assertThat(decided).isEqualTo(replicas);
        assertThat(objective(request.targets(), decided)).isCloseTo(objective, within(5e-5));
    }

    static Stream<Arguments> feasible() {
        return Stream.of(
                Arguments.of(
                        "S-1",
                        problem(10, new double[] {50, 80}, new int[] {1, 1}, new double[] {.5, 1}, 10, 30, 10, 25, 5),
                        List.of(2, 3),
                        0.28),
                Arguments.of(
                        "S-4, the tie goes to the smaller number",
                        problem(10, new double[] {0}, new int[] {2}, new double[] {1}, 5, 1, 0),
                        List.of(1),
                        0.16),
                Arguments.of("S-5", brussels(8, .5, 1), List.of(1, 2, 1), 0.6),
                Arguments.of("S-6", brussels(8, 1, 1), List.of(1, 3, 1), 0.8667),
                Arguments.of("S-8, ties go to the smaller number", brussels(8, 0, 3), List.of(3, 1, 1), 1.0));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("infeasible")
    void vectorIsInfeasibleAndSaysWhy(String id, ScalingRequest request, String reason) {
        List<Answer> answers = Given.answers(Given.REFERENCE, request);
        assertThat(answers).allMatch(Infeasible.class::isInstance);
        assertThat(answers).anyMatch(answer -> answer.reason().contains(reason));
    }

    static Stream<Arguments> infeasible() {
        return Stream.of(
                Arguments.of(
                        "S-2",
                        problem(10, new double[] {1000, 2000}, new int[] {1, 1}, new double[] {1, 1}, 100, 1, 0, 1, 0),
                        "needs 2000 replicas, the maximum is 100"),
                Arguments.of("S-3", withoutGpu(), "alone on c1: needs 2 GPUs, 0 free"),
                Arguments.of(
                        "S-7 would need 4 of at most 3", brussels(8, 1.2, 3), "needs 4 replicas, the maximum is 3"),
                Arguments.of("S-9", brussels(3, 1, 1), "all services together on c1: needs 4.5 cores, 3 free"));
    }

    @Test
    void s2LacksCapacityToo() {
        ScalingRequest larger =
                problem(10, new double[] {1000, 2000}, new int[] {1, 1}, new double[] {1, 1}, 5000, 1, 0, 1, 0);
        assertThat(Given.answers(Given.REFERENCE, larger)).allSatisfy(answer -> assertThat(answer)
                .isInstanceOf(Infeasible.class)
                .extracting(Answer::reason)
                .asString()
                .contains("on c1: needs", "cores, 10 free"));
    }

    private static ScalingRequest withoutGpu() {
        Resources withGpu = new Resources(500, 0, 0, 1);
        return Given.request(
                Given.cpu(5000), Given.target("g", "s0", "c1", withGpu, 2, 0, 10, OptionalDouble.of(30), 20, 5));
    }

    private static ScalingRequest brussels(double cores, double demand, int present) {
        return request(
                cores,
                3,
                i -> Given.target(
                        "brussels",
                        "s" + i,
                        "c1",
                        Given.cpu(Math.round(BRUSSELS_CORES[i] * 1000)),
                        present,
                        0,
                        3,
                        OptionalDouble.of(demand),
                        BRUSSELS_ALPHA[i],
                        BRUSSELS_BETA[i]));
    }

    /** @param profiles alpha and beta of each service */
    private static ScalingRequest problem(
            double cores, double[] demand, int[] present, double[] cpu, int max, double... profiles) {
        return request(
                cores,
                demand.length,
                i -> Given.target(
                        "g",
                        "s" + i,
                        "c1",
                        Given.cpu(Math.round(cpu[i] * 1000)),
                        present[i],
                        0,
                        max,
                        OptionalDouble.of(demand[i]),
                        profiles[2 * i],
                        profiles[2 * i + 1]));
    }

    private static ScalingRequest request(
            double cores, int services, java.util.function.IntFunction<ScalingTarget> service) {
        return Given.request(
                Given.cpu(Math.round(cores * 1000)),
                IntStream.range(0, services).mapToObj(service).toArray(ScalingTarget[]::new));
    }

    /** The formula of the reference, implemented independently. */
    private static double objective(List<ScalingTarget> targets, List<Integer> replicas) {
        double normaliser = targets.stream()
                .mapToDouble(target ->
                        (double) target.maxReplicas() * target.perReplica().cpuMillis())
                .max()
                .orElseThrow();
        return IntStream.range(0, targets.size())
                .mapToDouble(
                        i -> 0.4 * replicas.get(i) * targets.get(i).perReplica().cpuMillis() / normaliser
                                + 0.4
                                        * Math.abs(
                                                replicas.get(i) - targets.get(i).replicas())
                                        / targets.get(i).maxReplicas())
                .sum();
    }
}
