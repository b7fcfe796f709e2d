// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance.scaling;

import eu.nephele.smo.api.model.AnswerLimits;
import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.scaling.ScalingRequest;
import eu.nephele.smo.api.scaling.ScalingResult;
import eu.nephele.smo.api.scaling.ScalingResult.Answer;
import eu.nephele.smo.api.scaling.ScalingResult.Replicas;
import eu.nephele.smo.api.scaling.ScalingTarget;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Explains the flaws of the answers of a scaling strategy. */
final class ScalingJudge {

    private ScalingJudge() {}

    /** Reason why the answers cannot be judged; empty when they can. */
    static Optional<String> noAnswer(ScalingRequest request, ScalingResult result) {
        if (result == null) {
            return Optional.of("it answered null; expected one answer per target");
        }
        int targets = request.targets().size();
        if (result.answers().size() != targets) {
            return Optional.of("%d answers for %d targets; expected one each, in their order"
                    .formatted(result.answers().size(), targets));
        }
        // missing reasons are the matter of another check
        return result.answers().stream()
                .flatMap(answer -> Stream.ofNullable(answer.reason()))
                .flatMap(reason -> AnswerLimits.flaw("a reason", reason, AnswerLimits.REASON_CHARACTERS).stream())
                .findFirst()
                .map("its answer is beyond the limits: "::concat);
    }

    static Optional<String> brokenRule(ScalingRequest request, ScalingResult result) {
        List<ScalingTarget> targets = request.targets();
        for (int i = 0; i < targets.size(); i++) {
            ScalingTarget target = targets.get(i);
            if (result.answers().get(i) instanceof Replicas replicas
                    && (replicas.replicas() < target.minReplicas() || replicas.replicas() > target.maxReplicas())) {
                return Optional.of(
                        "service %s got %d replicas, its bounds are %d to %d; answer Infeasible when they do not do"
                                .formatted(
                                        target.service(),
                                        replicas.replicas(),
                                        target.minReplicas(),
                                        target.maxReplicas()));
            }
        }
        return overbooked(request, result.answers());
    }

    /** What is overfull may stay so, as long as nothing that needs it grows. */
    private static Optional<String> overbooked(ScalingRequest request, List<Answer> answers) {
        Map<ClusterId, Resources> needed = new HashMap<>();
        Map<ClusterId, Resources> growing = new HashMap<>();
        for (int i = 0; i < answers.size(); i++) {
            ScalingTarget target = request.targets().get(i);
            int replicas = replicasAfter(target, answers.get(i));
            needed.merge(target.cluster(), target.perReplica().times(replicas), Resources::plus);
            if (replicas > target.replicas()) {
                growing.merge(target.cluster(), target.perReplica(), Resources::max);
            }
        }
        for (ClusterCapacity cluster : request.clusters()) {
            Map<String, Long> grown =
                    growing.getOrDefault(cluster.id(), Resources.NONE).byName();
            Map<String, Long> need = new TreeMap<>(
                    needed.getOrDefault(cluster.id(), Resources.NONE).byName());
            need.keySet().removeIf(name -> grown.getOrDefault(name, 0L) == 0);
            if (!Resources.ofNames(need).fitsInto(cluster.free())) {
                return Optional.of(
                        "cluster %s would need %s for all replicas on it, and has %s; free() includes what the present replicas use"
                                .formatted(
                                        cluster.id().name(),
                                        need,
                                        cluster.free().byName()));
            }
        }
        return Optional.empty();
    }

    static int replicasAfter(ScalingTarget target, Answer answer) {
        return answer instanceof Replicas replicas ? replicas.replicas() : target.replicas();
    }

    /** An answer without a reason; empty when all have one. */
    static Optional<String> poorExplanation(ScalingRequest request, ScalingResult result) {
        List<ScalingTarget> targets = request.targets();
        for (int i = 0; i < Math.min(targets.size(), result.answers().size()); i++) {
            String reason = result.answers().get(i).reason();
            if (reason == null || reason.isBlank()) {
                return Optional.of("the answer for service %s has no reason: %s"
                        .formatted(targets.get(i).service(), result.answers().get(i)));
            }
        }
        return Optional.empty();
    }
}
