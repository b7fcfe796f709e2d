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
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
        boolean oneProject = targets.stream()
                        .map(target -> target.graph().project())
                        .distinct()
                        .limit(2)
                        .count()
                < 2;
        for (int i = 0; i < targets.size(); i++) {
            ScalingTarget target = targets.get(i);
            String who = who(oneProject, targets, i);
            Optional<String> text =
                    AnswerLimits.flaw("the reason for " + who, answers.get(i).reason(), AnswerLimits.REASON_CHARACTERS);
            if (text.isPresent()) {
                return text;
            }
            Optional<String> unmet = unmetFlaw(who, answers.get(i));
            if (unmet.isPresent()) {
                return unmet;
            }
            if (answers.get(i) instanceof Replicas replicas
                    && (replicas.replicas() < target.minReplicas() || replicas.replicas() > target.maxReplicas())) {
                return Optional.of("%s: %d replicas, expected %d to %d"
                        .formatted(who, replicas.replicas(), target.minReplicas(), target.maxReplicas()));
            }
        }
        return overbooked(request, answers);
    }

    /** The flaw is shown to readers of every graph of the call: where these are of several projects, it names none of them. */
    private static String who(boolean oneProject, List<ScalingTarget> targets, int index) {
        return oneProject
                ? "service " + targets.get(index).service()
                : "answer %d of %d".formatted(index + 1, targets.size());
    }

    private static Optional<String> unmetFlaw(String who, Answer answer) {
        return answer instanceof Replicas replicas
                ? replicas.unmet()
                        .flatMap(unmet -> unmet.needed() <= replicas.replicas()
                                ? Optional.of("%s: unmet demand needs %d replicas, and there are %d"
                                        .formatted(who, unmet.needed(), replicas.replicas()))
                                : AnswerLimits.flaw(
                                        "what is unmet of " + who, unmet.reason(), AnswerLimits.REASON_CHARACTERS))
                : Optional.empty();
    }

    /** What is overfull already may stay so, as long as nothing that needs it grows. */
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
            Resources of = ofThem(needed.getOrDefault(cluster.id(), Resources.NONE), grown);
            if (!of.fitsInto(cluster.free())) {
                return Optional.of("cluster %s: %s".formatted(cluster.id().name(), of.shortage(cluster.free())));
            }
        }
        return Optional.empty();
    }

    private static Resources ofThem(Resources all, Map<String, Long> named) {
        Map<String, Long> amounts = new HashMap<>(all.byName());
        amounts.keySet().removeIf(name -> named.getOrDefault(name, 0L) == 0);
        return Resources.ofNames(amounts);
    }

    /** Returns the resulting replicas; an answer without a number changes nothing. */
    static int replicasAfter(ScalingTarget target, Answer answer) {
        return answer instanceof Replicas replicas ? replicas.replicas() : target.replicas();
    }
}
