// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.cputhreshold;

import eu.nephele.smo.api.scaling.ScalingResult.Answer;
import eu.nephele.smo.api.scaling.ScalingResult.Infeasible;
import eu.nephele.smo.api.scaling.ScalingResult.Keep;
import eu.nephele.smo.api.scaling.ScalingResult.Replicas;
import eu.nephele.smo.api.scaling.ScalingResult.Unmet;
import eu.nephele.smo.api.scaling.ScalingTarget;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Brings the clusters of a service to what the rule asks for, as far as there is room: the least loaded grows, the most loaded shrinks. */
final class StepAllocation {

    private final List<ScalingTarget> targets;
    private final RemainingCapacity room;
    private final int[] replicas;

    StepAllocation(ServiceTargets service, RemainingCapacity room) {
        this.targets = service.targets();
        this.room = room;
        this.replicas = targets.stream().mapToInt(ScalingTarget::replicas).toArray();
    }

    /** One answer per target. */
    List<Answer> answers(CpuThresholdRule rule) {
        if (rule.kept()) {
            return targets.stream()
                    .<Answer>map(target -> new Keep(rule.reason()))
                    .toList();
        }
        targets.forEach(this::moveIntoBounds);
        while (total() > rule.replicas()
                && change(-1, i -> replicas[i] > target(i).minReplicas())) {
            // until the step is done
        }
        while (total() < rule.replicas()
                && change(1, i -> replicas[i] < target(i).maxReplicas() && room.takeOne(target(i)))) {
            // until the step is done, or there is no room
        }
        int unplaced = Math.max(0, rule.replicas() - total());
        int growing = growing();
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < replicas.length; i++) {
            answers.add(answer(i, rule, i == growing ? unplaced : 0));
        }
        return answers;
    }

    private void moveIntoBounds(ScalingTarget target) {
        int i = targets.indexOf(target);
        replicas[i] = Math.min(replicas[i], target.maxReplicas());
        while (replicas[i] < target.minReplicas() && room.takeOne(target)) {
            replicas[i]++;
        }
    }

    /** Changes the cluster with the fewest replicas, or with the most when one goes, that can be; the first of equals. */
    private boolean change(int by, IntPredicate possible) {
        Optional<Integer> chosen = IntStream.range(0, replicas.length)
                .boxed()
                .sorted(Comparator.comparingInt(i -> by * replicas[i]))
                .filter(possible::test)
                .findFirst();
        chosen.ifPresent(i -> replicas[i] += by);
        return chosen.isPresent();
    }

    private Answer answer(int i, CpuThresholdRule rule, int noRoomFor) {
        ScalingTarget target = target(i);
        String here = replicas.length == 1 ? "" : "; %d of %d replicas here".formatted(replicas[i], total());
        if (replicas[i] < target.minReplicas()) {
            return new Infeasible("%s; %d replicas do not fit %s"
                    .formatted(
                            rule.reason(),
                            target.minReplicas(),
                            room.shortage(target, target.minReplicas() - replicas[i])));
        }
        if (noRoomFor > 0) {
            int needed = replicas[i] + noRoomFor;
            String shortage = "%s; %d replicas do not fit %s"
                    .formatted(rule.reason(), total() + noRoomFor, room.shortage(target, noRoomFor));
            return new Replicas(
                    replicas[i],
                    "%s; there is room for %d%s".formatted(rule.reason(), total(), here),
                    Optional.of(new Unmet(needed, shortage)));
        }
        boolean atMaximum = rule.missing() > 0 && replicas.length == 1;
        return new Replicas(
                replicas[i],
                rule.reason() + here,
                atMaximum ? Optional.of(new Unmet(replicas[i] + rule.missing(), rule.reason())) : Optional.empty());
    }

    /** The first target whose bounds would let it grow. */
    private int growing() {
        return IntStream.range(0, replicas.length)
                .filter(i -> replicas[i] < target(i).maxReplicas())
                .findFirst()
                .orElse(-1);
    }

    private ScalingTarget target(int i) {
        return targets.get(i);
    }

    private int total() {
        return IntStream.of(replicas).sum();
    }
}
