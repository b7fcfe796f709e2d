// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.scaling;

import eu.nephele.smo.api.model.AnswerLimits;
import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.scaling.ScalingRequest;
import eu.nephele.smo.api.scaling.ScalingResult;
import eu.nephele.smo.api.scaling.ScalingResult.Answer;
import eu.nephele.smo.api.scaling.ScalingResult.Keep;
import eu.nephele.smo.api.scaling.ScalingResult.Replicas;
import eu.nephele.smo.api.scaling.ScalingResult.Unmet;
import eu.nephele.smo.api.scaling.ScalingTarget;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a base strategy leaves as it is may be outside of the bounds that a wrapper has set: it has no data, cools down, finds no room, or
 * could not decide. The bounds count then: down to the maximum, and up to the minimum as far as there is room, for more important graphs
 * first. So a schedule or a rule for replicas has its way whatever it builds on.
 */
final class KeptReplicas {

    private final ScalingRequest request;
    private final Answer[] answers;
    private final Map<ClusterId, Resources> free;
    private final Map<ClusterId, Resources> used = new HashMap<>();

    private KeptReplicas(ScalingRequest request, ScalingResult result) {
        this.request = request;
        this.answers = result.answers().toArray(Answer[]::new);
        this.free = request.clusters().stream().collect(Collectors.toMap(ClusterCapacity::id, ClusterCapacity::free));
    }

    /** @param request with the bounds that count */
    static ScalingResult withinBounds(ScalingRequest request, ScalingResult result) {
        KeptReplicas kept = new KeptReplicas(request, result);
        kept.bound();
        return new ScalingResult(List.of(kept.answers));
    }

    private void bound() {
        for (int i = 0; i < answers.length; i++) {
            ScalingTarget target = request.targets().get(i);
            if (isLeft(i) && target.replicas() > target.maxReplicas()) {
                answers[i] = new Replicas(target.maxReplicas(), reason(i));
            }
            use(target, ScalingCheck.replicasAfter(target, answers[i]));
        }
        IntStream.range(0, answers.length)
                .filter(this::isLeft)
                .filter(i -> request.targets().get(i).replicas()
                        < request.targets().get(i).minReplicas())
                .boxed()
                .sorted(Comparator.comparing(i -> request.targets().get(i).priority(), Comparator.reverseOrder()))
                .forEach(this::grow);
    }

    private void grow(int i) {
        ScalingTarget target = request.targets().get(i);
        Resources there = free.getOrDefault(target.cluster(), Resources.NONE);
        Resources left = there.minusFloored(used.getOrDefault(target.cluster(), Resources.NONE));
        int more = target.minReplicas() - target.replicas();
        int fitting = (int) Math.min(more, target.perReplica().timesInto(left));
        use(target, fitting);
        int replicas = target.replicas() + fitting;
        String reason = reason(i);
        answers[i] = fitting == more
                ? new Replicas(replicas, reason)
                : new Replicas(
                        replicas,
                        reason,
                        Optional.of(new Unmet(
                                needed(target, answers[i]),
                                "needs %d replicas, there is room for %d on %s"
                                        .formatted(
                                                needed(target, answers[i]),
                                                replicas,
                                                target.cluster().name()))));
    }

    /** The minimum, or what serves the demand where the base finds no room for that. */
    private static int needed(ScalingTarget target, Answer answer) {
        double alpha = target.profile().alpha();
        if (answer instanceof Keep || target.demandPerSecond().isEmpty() || alpha <= 0) {
            return target.minReplicas();
        }
        double served =
                (target.demandPerSecond().getAsDouble() - target.profile().beta()) / alpha;
        return (int) Math.max(target.minReplicas(), Math.min(target.maxReplicas(), Math.ceil(served)));
    }

    private boolean isLeft(int i) {
        return !(answers[i] instanceof Replicas);
    }

    private void use(ScalingTarget target, int replicas) {
        used.merge(target.cluster(), target.perReplica().times(replicas), Resources::plus);
    }

    private String reason(int i) {
        ScalingTarget target = request.targets().get(i);
        String bounds = "; %d replicas are out of the bounds, %d to %d"
                .formatted(target.replicas(), target.minReplicas(), target.maxReplicas());
        return AnswerLimits.cut(answers[i].reason(), AnswerLimits.REASON_CHARACTERS - bounds.length()) + bounds;
    }
}
