// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.optimal;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.scaling.ScalingRequest;
import eu.nephele.smo.api.scaling.ScalingResult;
import eu.nephele.smo.api.scaling.ScalingResult.Answer;
import eu.nephele.smo.api.scaling.ScalingResult.Replicas;
import eu.nephele.smo.api.scaling.ScalingResult.Unmet;
import eu.nephele.smo.api.scaling.ScalingTarget;
import eu.nephele.smo.scaling.optimal.SharedCapacity.Decision;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The targets of a request and the answers for them. */
final class ScalingBatch {

    private final ScalingRequest request;
    private final ScalingTarget[] targets;
    private final Answer[] answers;
    private final ReasonTexts reasons = new ReasonTexts();

    /** By target, what its maximum does not serve. */
    private final Map<Integer, Unmet> unmet = new HashMap<>();

    /** Number of the cluster of each target. */
    private final int[] clusterOf;

    ScalingBatch(ScalingRequest request) {
        this.request = request;
        this.targets = request.targets().toArray(ScalingTarget[]::new);
        this.answers = new Answer[targets.length];
        this.clusterOf = new int[answers.length];
        Map<ClusterId, Integer> numbers = new HashMap<>();
        for (ClusterCapacity cluster : request.clusters()) {
            numbers.put(cluster.id(), numbers.size());
        }
        for (int i = 0; i < clusterOf.length; i++) {
            boolean asBefore = i > 0 && target(i).cluster().equals(target(i - 1).cluster());
            clusterOf[i] =
                    asBefore ? clusterOf[i - 1] : known(numbers, target(i).cluster());
        }
    }

    /** Returns the number of the cluster of a target, in the order of the request. */
    int cluster(int target) {
        return clusterOf[target];
    }

    /** The clusters that have targets, in the order of their names, each by itself. */
    List<ClusterComponent> clusters() {
        boolean[] open = new boolean[clusterCount()];
        Arrays.fill(open, true);
        return components(false, open);
    }

    /**
     * The clusters that have targets, in the order of their names; those that run the same service are together.
     *
     * @param open clusters that still have to be decided; all or none of those that run the same service
     */
    List<ClusterComponent> components(boolean... open) {
        return components(true, open);
    }

    private List<ClusterComponent> components(boolean joined, boolean... open) {
        int[] first = new int[request.clusters().size()];
        Arrays.setAll(first, c -> c);
        for (int i = 0; i < answers.length; i++) {
            if (joined && i > 0 && open[clusterOf[i]] && isSameService(i - 1, i)) {
                join(first, clusterOf[i - 1], clusterOf[i]);
            }
        }
        List<ClusterComponent> components = new ArrayList<>();
        int[] componentOf = new int[first.length];
        for (int c = 0; c < first.length; c++) {
            if (first[c] == c) {
                componentOf[c] = components.size();
                components.add(new ClusterComponent(new ArrayList<>(), new ArrayList<>()));
            }
            components.get(componentOf[first(first, c)]).clusters().add(c);
        }
        for (int i = 0; i < answers.length; i++) {
            if (open[clusterOf[i]]) {
                components
                        .get(componentOf[first(first, clusterOf[i])])
                        .targets()
                        .add(i);
            }
        }
        components.removeIf(component -> component.targets().isEmpty());
        return components;
    }

    /** The first of the clusters that are together stands for all. */
    private static void join(int[] first, int one, int other) {
        int a = first(first, one);
        int b = first(first, other);
        first[Math.max(a, b)] = Math.min(a, b);
    }

    private static int first(int[] first, int cluster) {
        int at = cluster;
        while (first[at] != at) {
            at = first[at];
        }
        return at;
    }

    /** Returns an empty use of each cluster of the component. */
    Map<Integer, CapacityUse> uses(ClusterComponent component) {
        Map<Integer, List<ScalingTarget>> byCluster = new HashMap<>();
        component.targets().forEach(i -> byCluster
                .computeIfAbsent(clusterOf[i], cluster -> new ArrayList<>())
                .add(target(i)));
        Map<Integer, CapacityUse> uses = new LinkedHashMap<>();
        for (int cluster : component.clusters()) {
            uses.put(
                    cluster,
                    new CapacityUse(request.clusters().get(cluster), byCluster.getOrDefault(cluster, List.of())));
        }
        return uses;
    }

    boolean isSameService(int one, int other) {
        return target(one).service().equals(target(other).service())
                && target(one).graph().equals(target(other).graph());
    }

    int size() {
        return targets.length;
    }

    int clusterCount() {
        return request.clusters().size();
    }

    Resources free(int cluster) {
        return request.clusters().get(cluster).free();
    }

    ScalingTarget target(int index) {
        return targets[index];
    }

    void answer(int index, Answer answer) {
        answers[index] = answer;
    }

    /** The demand is above what the maximum of replicas serves; a number of replicas is answered beside. */
    void isUnmet(int index, Unmet demand) {
        unmet.put(index, demand);
    }

    /** The number that is cheapest whatever the capacity. */
    void answerCheapest(int index, int least, int most, int replicas) {
        answers[index] = new Replicas(replicas, reasons.explain(targets[index], least, most, replicas));
    }

    void answer(LackingDemand lacking) {
        ServiceDemand demand = lacking.held().demand();
        String need = Optional.ofNullable(unmet.get(demand.index()))
                .map(Unmet::reason)
                .orElseGet(() -> ReasonTexts.need(demand));
        for (int c = 0; c < demand.shares().size(); c++) {
            answer(demand.shares().get(c).index(), lacking.answer(c, need));
        }
    }

    void answer(List<ReplicaVariable> candidates, Decision decision) {
        for (int i = 0; i < candidates.size(); i++) {
            ReplicaVariable candidate = candidates.get(i);
            int replicas = decision.replicas().get(i);
            answers[candidate.index()] =
                    new Replicas(replicas, reasons.explain(candidate, replicas, decision.scarce(), decision.gap()));
        }
    }

    /** @param replicas by demand and share */
    void answer(List<ServiceDemand> demands, List<int[]> replicas, List<String> scarce, double gap) {
        for (int i = 0; i < replicas.size(); i++) {
            List<ReplicaVariable> shares = demands.get(i).shares();
            int[] each = replicas.get(i);
            String reason = shares.size() == 1
                    ? reasons.explain(shares.get(0), each[0], scarce, gap)
                    : reasons.explain(demands.get(i), each, scarce, gap);
            for (int c = 0; c < each.length; c++) {
                answers[shares.get(c).index()] = new Replicas(each[c], reason);
            }
        }
    }

    ScalingResult result() {
        unmet.forEach((index, demand) -> {
            if (answers[index] instanceof Replicas replicas) {
                String reason = replicas.unmet().map(Unmet::reason).orElse(demand.reason());
                answer(
                        index,
                        new Replicas(replicas.replicas(), reason, Optional.of(new Unmet(demand.needed(), reason))));
            }
        });
        return new ScalingResult(Arrays.asList(answers));
    }

    private static int known(Map<ClusterId, Integer> numbers, ClusterId id) {
        Integer number = numbers.get(id);
        if (number == null) {
            throw new IllegalArgumentException("Cluster %s has targets but is not part of the request, which has %s"
                    .formatted(id, numbers.keySet()));
        }
        return number;
    }
}
