// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.threshold;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.scaling.ScalingRequest;
import eu.nephele.smo.api.scaling.ScalingResult.Answer;
import eu.nephele.smo.api.scaling.ScalingResult.Infeasible;
import eu.nephele.smo.api.scaling.ScalingResult.Keep;
import eu.nephele.smo.api.scaling.ScalingResult.Replicas;
import eu.nephele.smo.api.scaling.ScalingResult.Unmet;
import eu.nephele.smo.api.scaling.ScalingTarget;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Grants requested replicas within the capacity of the clusters. Shrinking targets come first; growing ones follow by priority, then in
 * order. A refused target keeps its present replicas.
 */
final class CapacityAllocator {

    private final Map<ClusterId, FreeCapacity> freeCapacities = new HashMap<>();

    /** Amounts by resource name. */
    private record FreeCapacity(String cluster, Map<String, Long> free, Map<String, Long> used) {

        long freeOf(String name) {
            return free.getOrDefault(name, 0L);
        }

        long usedOf(String name) {
            return used.getOrDefault(name, 0L);
        }
    }

    CapacityAllocator(ScalingRequest request) {
        for (ClusterCapacity cluster : request.clusters()) {
            FreeCapacity freeCapacity =
                    new FreeCapacity(cluster.id().name(), cluster.free().byName(), new HashMap<>());
            freeCapacities.put(cluster.id(), freeCapacity);
        }
    }

    /** Returns one answer per request, in order. */
    List<Answer> grant(List<DesiredReplicas> wishes) {
        boolean[] refused = new boolean[wishes.size()];
        wishes.forEach(desiredReplicas -> use(
                desiredReplicas.target(),
                desiredReplicas.grows() ? desiredReplicas.target().replicas() : desiredReplicas.replicas()));
        refuseWhatStaysOverfull(wishes, refused);
        Answer[] answers = new Answer[wishes.size()];
        IntStream.range(0, answers.length)
                .boxed()
                .sorted(Comparator.comparing(i -> wishes.get(i).target().priority(), Comparator.reverseOrder()))
                .forEach(i -> answers[i] = answer(wishes.get(i), refused[i]));
        return List.of(answers);
    }

    /**
     * Refuses overfull requests until nothing changes: a refused target keeps more than it requested, which may leave too
     * little for another one.
     */
    private void refuseWhatStaysOverfull(List<DesiredReplicas> wishes, boolean[] refused) {
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int i = 0; i < refused.length; i++) {
                DesiredReplicas desiredReplicas = wishes.get(i);
                boolean decided = !desiredReplicas.kept() && !desiredReplicas.grows() && !refused[i];
                if (decided && shortage(desiredReplicas.target()).isPresent()) {
                    refused[i] = true;
                    changed = true;
                    use(desiredReplicas.target(), desiredReplicas.target().replicas() - desiredReplicas.replicas());
                }
            }
        }
    }

    private Answer answer(DesiredReplicas desired, boolean refused) {
        if (desired.kept()) {
            return new Keep(desired.reason());
        }
        ScalingTarget target = desired.target();
        int more = Math.max(0, desired.replicas() - target.replicas());
        int granted = Math.min(more, fitting(target, more));
        use(target, more);
        Optional<String> shortage = shortage(target);
        use(target, -more);
        boolean enough = granted == more || (granted > 0 && target.replicas() + granted >= desired.least());
        if (refused || !enough || (more == 0 && shortage.isPresent())) {
            return new Infeasible("%s; %d replicas do not fit: %s"
                    .formatted(desired.reason(), desired.replicas(), shortage.orElse("the cluster is overfull")));
        }
        use(target, granted);
        if (granted == more) {
            return new Replicas(desired.replicas(), desired.reason(), desired.unmet());
        }
        int replicas = target.replicas() + granted;
        return new Replicas(
                replicas,
                "%s; there is room for %d".formatted(desired.reason(), replicas),
                Optional.of(new Unmet(
                        desired.replicas(),
                        "needs %d replicas, %d fit: %s"
                                .formatted(desired.replicas(), replicas, shortage.orElse("the cluster is full")))));
    }

    /** Replicas beside all that is used, up to a number. */
    private int fitting(ScalingTarget target, int most) {
        FreeCapacity capacity = roomOf(target);
        long fitting = most;
        for (Map.Entry<String, Long> each : target.perReplica().byName().entrySet()) {
            if (each.getValue() > 0) {
                long left = capacity.freeOf(each.getKey()) - capacity.usedOf(each.getKey());
                fitting = Math.min(fitting, Math.max(0, left) / each.getValue());
            }
        }
        return (int) fitting;
    }

    private void use(ScalingTarget target, int replicas) {
        Map<String, Long> used = roomOf(target).used();
        target.perReplica()
                .byName()
                .forEach((name, amount) ->
                        used.merge(name, Math.multiplyExact(amount, (long) replicas), Math::addExact));
    }

    private Optional<String> shortage(ScalingTarget target) {
        FreeCapacity freeCapacity = roomOf(target);
        return target.perReplica().byName().keySet().stream()
                .filter(name -> freeCapacity.usedOf(name) > freeCapacity.freeOf(name))
                .findFirst()
                .map(name -> "all services together on %s: %s"
                        .formatted(
                                freeCapacity.cluster(),
                                amount(name, freeCapacity.usedOf(name))
                                        .shortage(amount(name, freeCapacity.freeOf(name)))));
    }

    private static Resources amount(String name, long amount) {
        return Resources.ofNames(Map.of(name, amount));
    }

    private FreeCapacity roomOf(ScalingTarget target) {
        FreeCapacity freeCapacity = freeCapacities.get(target.cluster());
        if (freeCapacity == null) {
            throw new IllegalArgumentException("Cluster %s of service %s is not part of the request"
                    .formatted(target.cluster(), target.service()));
        }
        return freeCapacity;
    }
}
