// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance;

import static eu.nephele.smo.lab.conformance.Verdicts.examined;
import static eu.nephele.smo.lab.conformance.Verdicts.fails;
import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.placement.PlacementObjective;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every objective here is broken in one way, and the check for just that fails. */
class BrokenObjectiveTest {

    private static final String EVERY = "prices every problem";

    static Stream<Arguments> broken() {
        AtomicInteger calls = new AtomicInteger();
        return Stream.of(
                Arguments.of(
                        "NaN",
                        (PlacementObjective) (request, costs) -> costs.assign(0, 0, Double.NaN),
                        EVERY,
                        "assign(0, 0) is NaN"),
                Arguments.of("negative", (PlacementObjective) (request, costs) -> costs.open(0, -1), EVERY, "is -1.0"),
                Arguments.of(
                        "infinite",
                        (PlacementObjective) (request, costs) -> costs.assign(0, 0, 1 / 0.0),
                        EVERY,
                        "is Infinity"),
                Arguments.of(
                        "a cluster that is not there",
                        (PlacementObjective) (request, costs) ->
                                costs.open(request.clusters().size(), 1),
                        EVERY,
                        "it prices cluster"),
                Arguments.of(
                        "a service that is not there",
                        (PlacementObjective) (request, costs) ->
                                costs.assign(request.services().size(), 0, 1),
                        EVERY,
                        "it prices service"),
                Arguments.of(
                        "expects a signal",
                        (PlacementObjective) (request, costs) -> request.clusters()
                                .forEach(cluster -> costs.open(
                                        0, cluster.signals().carbonGramsPerKwh().orElseThrow())),
                        EVERY,
                        "NoSuchElementException"),
                Arguments.of(
                        "away from itself",
                        (PlacementObjective) (request, costs) -> costs.distance(0, 0, 1),
                        "a cluster is not away from itself",
                        "distance(0, 0) is not 0"),
                Arguments.of(
                        "counts its calls",
                        (PlacementObjective) (request, costs) -> costs.assign(0, 0, calls.incrementAndGet()),
                        "gives the same costs again",
                        "first it answered"),
                Arguments.of(
                        "slow",
                        (PlacementObjective) (request, costs) -> {
                            while (request.services().size() > 20
                                    && !Thread.currentThread().isInterrupted()) {
                                LockSupport.parkNanos(1_000_000);
                            }
                        },
                        "keeps its time",
                        "no answer within"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void broken(String name, PlacementObjective objective, String check, String detail) {
        fails(examined(objective, Verdicts.AMPLE), check, detail);
    }

    @Test
    void aCellThatIsSetAgainMendsOne() {
        PlacementObjective objective = (request, costs) -> {
            costs.assign(0, 0, Double.NaN);
            costs.assign(0, 0, 1);
        };
        assertThat(examined(objective).failed()).isEmpty();
    }
}
