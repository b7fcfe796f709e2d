// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.scaling;

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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Trusts no answer: one per target, within bounds, and no growth beyond what a cluster has. */
final class ScalingCheck {
    private ScalingCheck() {}

    /** @return violation of the answers, empty when they may be used */
    static Optional<String> flaw(ScalingRequest request, ScalingResult result) {
        List<ScalingTarget> targets = request.targets();
        List<Answer> answers = result.answers();
        if (answers.size() != targets.size()) {
            return Optional.of("%d answers for %d targets".formatted(answers.size(), targets.size()));
        }
        for (int i = 0; i < targets.size(); i++) {
            ScalingTarget target = targets.get(i);
            Optional<String> text = AnswerLimits.flaw(
                    "the reason for service " + target.service(),
                    answers.get(i).reason(),
                    AnswerLimits.REASON_CHARACTERS);
            if (text.isPresent()) {
                return text;
            }
            Optional<String> unmet = unmetFlaw(target, answers.get(i));
            if (unmet.isPresent()) {
                return unmet;
            }
            if (answers.get(i) instanceof Replicas replicas
                    && (replicas.replicas() < target.minReplicas() || replicas.replicas() > target.maxReplicas())) {
                return Optional.of("service %s: %d replicas, expected %d to %d"
                        .formatted(target.service(), replicas.replicas(), target.minReplicas(), target.maxReplicas()));
            }
        }
        return overbooked(request, answers);
    }

    private static Optional<String> unmetFlaw(ScalingTarget target, Answer answer) {
        return answer instanceof Replicas replicas
                ? replicas.unmet()
                        .flatMap(unmet -> unmet.needed() <= replicas.replicas()
                                ? Optional.of("service %s: unmet demand needs %d replicas, and there are %d"
                                        .formatted(target.service(), unmet.needed(), replicas.replicas()))
                                : AnswerLimits.flaw(
                                        "what is unmet of service " + target.service(),
                                        unmet.reason(),
                                        AnswerLimits.REASON_CHARACTERS))
                : Optional.empty();
    }

    /** A cluster that is overfull already may stay so, as long as nothing on it grows. */
    private static Optional<String> overbooked(ScalingRequest request, List<Answer> answers) {
        Map<ClusterId, Resources> needed = new HashMap<>();
        Set<ClusterId> growing = new HashSet<>();
        for (int i = 0; i < answers.size(); i++) {
            ScalingTarget target = request.targets().get(i);
            int replicas = replicasAfter(target, answers.get(i));
            needed.merge(target.cluster(), target.perReplica().times(replicas), Resources::plus);
            if (replicas > target.replicas()) {
                growing.add(target.cluster());
            }
        }
        return request.clusters().stream()
                .filter(cluster -> growing.contains(cluster.id()))
                .filter(cluster -> !needed(needed, cluster).fitsInto(cluster.free()))
                .findFirst()
                .map(cluster -> "cluster %s: %s"
                        .formatted(cluster.id().name(), needed(needed, cluster).shortage(cluster.free())));
    }

    private static Resources needed(Map<ClusterId, Resources> needed, ClusterCapacity cluster) {
        return needed.getOrDefault(cluster.id(), Resources.NONE);
    }

    /** Returns the resulting replicas; an answer without a number changes nothing. */
    static int replicasAfter(ScalingTarget target, Answer answer) {
        return answer instanceof Replicas replicas ? replicas.replicas() : target.replicas();
    }
}
