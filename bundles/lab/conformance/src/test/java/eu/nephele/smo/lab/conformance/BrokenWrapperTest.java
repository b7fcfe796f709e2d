// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance;

import static eu.nephele.smo.lab.conformance.Verdicts.AMPLE;
import static eu.nephele.smo.lab.conformance.Verdicts.examined;
import static eu.nephele.smo.lab.conformance.Verdicts.fails;
import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.scaling.ScalingRequest;
import eu.nephele.smo.api.scaling.ScalingTarget;
import eu.nephele.smo.api.scaling.ScalingWrapper;
import eu.nephele.smo.api.scaling.ScalingWrapper.Prepared;
import eu.nephele.smo.api.scaling.ServiceLoad;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every strategy here prepares a problem for another one, is broken in one way, and the check for just that fails. */
class BrokenWrapperTest {

    private static final String ORDER = "prepares every target, in order";
    private static final String RULES = "changes demand, and bounds to narrower ones, and nothing else";

    private static Prepared each(ScalingRequest request, UnaryOperator<ScalingTarget> change) {
        List<ScalingTarget> targets = request.targets().stream().map(change).toList();
        return new Prepared(
                targets,
                targets.stream().map(target -> Optional.of("twice as much")).toList());
    }

    private static ScalingTarget doubled(ScalingTarget target) {
        return target.demandPerSecond().isEmpty()
                ? target
                : target.change()
                        .demand(2 * target.demandPerSecond().getAsDouble())
                        .bounds(target.minReplicas(), target.maxReplicas())
                        .build();
    }

    private static ScalingWrapper changing(UnaryOperator<ScalingTarget> change) {
        return (request, context) -> each(request, change);
    }

    static Stream<Arguments> broken() {
        AtomicInteger calls = new AtomicInteger();
        return Stream.of(
                Arguments.of("prepares null", (ScalingWrapper) (request, context) -> null, ORDER, "null"),
                Arguments.of(
                        "forgets the notes",
                        (ScalingWrapper) (request, context) -> new Prepared(request.targets(), List.of()),
                        ORDER,
                        "12 targets and 0 notes for 12 targets"),
                Arguments.of(
                        "prepares in the wrong order",
                        (ScalingWrapper) (request, context) -> {
                            Prepared prepared = each(request, BrokenWrapperTest::doubled);
                            List<ScalingTarget> targets = new ArrayList<>(prepared.targets());
                            Collections.reverse(targets);
                            return new Prepared(targets, prepared.notes());
                        },
                        ORDER,
                        "in its place"),
                Arguments.of(
                        "widens bounds",
                        changing(target -> target.change()
                                .bounds(target.minReplicas(), target.maxReplicas() + 1)
                                .build()),
                        ORDER,
                        "expected within"),
                Arguments.of(
                        "changes replicas",
                        changing(target ->
                                target.change().replicas(target.replicas() + 1).build()),
                        ORDER,
                        "replicas, resources, profile or priority changed"),
                Arguments.of(
                        "makes a number of missing data",
                        changing(target -> target.change()
                                .demand(2 * target.demandPerSecond().orElse(Double.NaN))
                                .build()),
                        RULES,
                        "a demand of NaN"),
                Arguments.of(
                        "gives a book as its note",
                        (ScalingWrapper) (request, context) -> new Prepared(
                                request.targets(),
                                Collections.nCopies(request.targets().size(), Optional.of("x".repeat(501)))),
                        ORDER,
                        "501 characters"),
                Arguments.of(
                        "expects forecasts",
                        (ScalingWrapper) (request, context) -> {
                            List<ServiceLoad> loads = request.targets().stream()
                                    .map(target -> request.load(target.graph(), target.service())
                                            .orElseThrow())
                                    .toList();
                            return each(request, loads.isEmpty() ? target -> target : BrokenWrapperTest::doubled);
                        },
                        ORDER,
                        "NoSuchElementException"),
                Arguments.of(
                        "counts its calls",
                        (ScalingWrapper) (request, context) -> {
                            int call = calls.incrementAndGet();
                            return each(
                                    request,
                                    target -> target.change().demand(call).build());
                        },
                        "prepares the same again",
                        "first it answered"),
                Arguments.of(
                        "takes too long for many",
                        (ScalingWrapper) (request, context) -> {
                            while (request.targets().size() > 100
                                    && !Thread.currentThread().isInterrupted()) {
                                LockSupport.parkNanos(1_000_000);
                            }
                            return each(request, BrokenWrapperTest::doubled);
                        },
                        "stops preparing when it is told to",
                        "no answer within"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void broken(String name, ScalingWrapper wrapper, String check, String detail) {
        fails(examined(wrapper, AMPLE), check, detail);
    }

    @Test
    void aCorrectWrapperPasses() {
        ScalingWrapper wrapper = changing(BrokenWrapperTest::doubled);
        ConformanceReport report = examined(wrapper);
        assertThat(report.passed()).as(report.text()).isTrue();
    }
}
