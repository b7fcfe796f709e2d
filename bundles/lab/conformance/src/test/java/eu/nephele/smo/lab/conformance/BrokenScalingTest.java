// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance;

import static eu.nephele.smo.lab.conformance.Verdicts.AMPLE;
import static eu.nephele.smo.lab.conformance.Verdicts.examined;
import static eu.nephele.smo.lab.conformance.Verdicts.fails;
import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.scaling.ScalingRequest;
import eu.nephele.smo.api.scaling.ScalingResult;
import eu.nephele.smo.api.scaling.ScalingResult.Answer;
import eu.nephele.smo.api.scaling.ScalingResult.Keep;
import eu.nephele.smo.api.scaling.ScalingResult.Replicas;
import eu.nephele.smo.api.scaling.ScalingStrategy;
import eu.nephele.smo.api.scaling.ScalingTarget;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every strategy here is broken in one way, and the check for just that fails. */
class BrokenScalingTest {

    private static final String ORDER = "answers every target, in order";
    private static final String RULES = "keeps bounds and capacities";

    /** Serves the demand where capacity suffices, keeps everything else. */
    private static ScalingResult sound(ScalingRequest request) {
        Map<Object, Resources> used = new HashMap<>();
        request.targets()
                .forEach(target ->
                        used.merge(target.cluster(), target.perReplica().times(target.replicas()), Resources::plus));
        return each(request, target -> {
            if (target.demandPerSecond().isEmpty()) {
                return new Keep("no data");
            }
            int wanted = wanted(target);
            if (wanted > target.replicas()) {
                Resources more = target.perReplica().times(wanted - target.replicas());
                Resources then =
                        used.getOrDefault(target.cluster(), Resources.NONE).plus(more);
                boolean room = request.clusters().stream()
                        .anyMatch(cluster -> cluster.id().equals(target.cluster()) && then.fitsInto(cluster.free()));
                if (!room) {
                    return new Keep("no room");
                }
                used.put(target.cluster(), then);
            }
            return new Replicas(wanted, "for %s/s".formatted(target.demandPerSecond()));
        });
    }

    private static ScalingResult each(ScalingRequest request, Function<ScalingTarget, Answer> answer) {
        List<Answer> answers = new ArrayList<>();
        request.targets().forEach(target -> answers.add(answer.apply(target)));
        return new ScalingResult(answers);
    }

    private static int wanted(ScalingTarget target) {
        double demand = target.demandPerSecond().orElse(0);
        double replicas =
                Math.ceil((demand - target.profile().beta()) / target.profile().alpha());
        return (int) Math.max(target.minReplicas(), Math.min(target.maxReplicas(), replicas));
    }

    static Stream<Arguments> broken() {
        AtomicInteger calls = new AtomicInteger();
        return Stream.of(
                Arguments.of("answers null", (ScalingStrategy) (request, context) -> null, ORDER, "null"),
                Arguments.of(
                        "forgets a target",
                        (ScalingStrategy) (request, context) -> {
                            List<Answer> answers =
                                    new ArrayList<>(sound(request).answers());
                            answers.remove(0);
                            return new ScalingResult(answers);
                        },
                        ORDER,
                        "11 answers for 12 targets"),
                Arguments.of(
                        "answers in the wrong order",
                        (ScalingStrategy) (request, context) -> {
                            List<Answer> answers =
                                    new ArrayList<>(sound(request).answers());
                            Collections.reverse(answers);
                            return new ScalingResult(answers);
                        },
                        ORDER,
                        "its bounds are"),
                Arguments.of(
                        "exceeds bounds",
                        (ScalingStrategy) (request, context) -> each(
                                request,
                                target -> target.minReplicas() == target.maxReplicas()
                                        ? new Keep("fixed")
                                        : new Replicas(target.maxReplicas() + 1, "more is better")),
                        RULES,
                        "its bounds are 1 to 10"),
                Arguments.of(
                        "overbooks",
                        (ScalingStrategy) (request, context) ->
                                each(request, target -> new Replicas(target.maxReplicas(), "as many as may be")),
                        RULES,
                        "would need"),
                Arguments.of(
                        "throws for what it does not expect",
                        (ScalingStrategy) (request, context) -> {
                            request.targets()
                                    .forEach(target -> target.demandPerSecond().orElseThrow());
                            return sound(request);
                        },
                        RULES,
                        "NoSuchElementException"),
                Arguments.of(
                        "expects a past",
                        (ScalingStrategy) (request, context) -> {
                            request.targets().forEach(target -> target.history().value(0));
                            return sound(request);
                        },
                        ORDER,
                        "IndexOutOfBoundsException"),
                Arguments.of(
                        "gives a book as its reason",
                        (ScalingStrategy) (request, context) -> each(request, target -> new Keep("x".repeat(501))),
                        ORDER,
                        "501 characters"),
                Arguments.of(
                        "gives no reason",
                        (ScalingStrategy) (request, context) -> each(request, target -> new Keep(" ")),
                        "says why",
                        "has no reason"),
                Arguments.of(
                        "takes missing data for no demand",
                        (ScalingStrategy) (request, context) -> {
                            ScalingResult sound = sound(request);
                            List<Answer> answers = new ArrayList<>(sound.answers());
                            for (int i = 0; i < answers.size(); i++) {
                                ScalingTarget target = request.targets().get(i);
                                if (target.demandPerSecond().isEmpty() && wanted(target) < target.replicas()) {
                                    answers.set(i, new Replicas(wanted(target), "idle"));
                                }
                            }
                            return new ScalingResult(answers);
                        },
                        "does not take missing data for no demand",
                        "Answer Keep"),
                Arguments.of(
                        "counts its calls",
                        (ScalingStrategy) (request, context) ->
                                each(request, target -> new Keep("call " + calls.incrementAndGet())),
                        "gives the same answer again",
                        "first it answered"),
                Arguments.of(
                        "takes too long for many",
                        (ScalingStrategy) (request, context) -> {
                            while (request.targets().size() > 100
                                    && !Thread.currentThread().isInterrupted()) {
                                LockSupport.parkNanos(1_000_000);
                            }
                            return sound(request);
                        },
                        "stops when it is told to",
                        "no answer within"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void broken(String name, ScalingStrategy strategy, String check, String detail) {
        fails(examined(strategy, AMPLE), check, detail);
    }

    @Test
    void aCorrectScalingStrategyPasses() {
        ScalingStrategy strategy = (request, context) -> sound(request);
        ConformanceReport report = examined(strategy);
        assertThat(report.passed()).as(report.text()).isTrue();
    }
}
