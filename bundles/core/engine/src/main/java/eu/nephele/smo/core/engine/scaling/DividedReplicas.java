// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.scaling;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.placement.ReplicaDivision;
import eu.nephele.smo.api.placement.ReplicaDivision.Proportion;
import eu.nephele.smo.api.scaling.ScalingResult.Answer;
import eu.nephele.smo.api.scaling.ScalingResult.Infeasible;
import eu.nephele.smo.api.scaling.ScalingResult.Replicas;
import eu.nephele.smo.core.contract.decision.ScalingOutcome;
import eu.nephele.smo.core.contract.store.DecidedGraph;
import eu.nephele.smo.core.contract.store.DecidedGraph.EffectiveService;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Divides new replicas of services that are, or have to be, on several clusters in the proportion of their division. A strategy
 * decides cluster by cluster; the sum of its numbers counts, or the number nearest to it that the clusters and the division allow. No
 * share becomes smaller while the sum grows, or larger while it shrinks. A service that cannot grow at all where it is asks for another
 * placement.
 */
final class DividedReplicas {

    private final DecidedGraph decided;
    private final Map<ClusterId, Resources> free;

    /** @param free capacity beside everything that is reserved, the graph included */
    DividedReplicas(DecidedGraph decided, Map<ClusterId, Resources> free) {
        this.decided = decided;
        this.free = new HashMap<>(free);
    }

    List<ScalingOutcome> divide(List<ScalingOutcome> outcomes) {
        Map<String, List<ScalingOutcome>> byService = new LinkedHashMap<>();
        outcomes.forEach(outcome -> byService
                .computeIfAbsent(outcome.target().service(), any -> new ArrayList<>())
                .add(outcome));
        // services that share a cluster share what is free there
        outcomes.stream()
                .filter(outcome -> !isDivided(decided, outcome.target().service()))
                .forEach(this::take);
        List<ScalingOutcome> divided = new ArrayList<>();
        byService.forEach((service, its) -> {
            boolean changes = its.stream().anyMatch(DividedReplicas::changes);
            List<ScalingOutcome> next = changes && isDivided(decided, service) ? divide(service, its) : its;
            next.stream().filter(outcome -> isDivided(decided, service)).forEach(this::take);
            divided.addAll(next);
        });
        return divided;
    }

    /** Returns whether the service is, or has to be with more replicas, on several clusters. */
    static boolean isDivided(DecidedGraph decided, String service) {
        return decided.placement().of(service).size() > 1
                || !decided.effective(service).division().equals(ReplicaDivision.WHOLE);
    }

    private void take(ScalingOutcome outcome) {
        int more = wanted(outcome) - outcome.target().replicas();
        if (more > 0) {
            Resources taken =
                    decided.effective(outcome.target().service()).perReplica().times(more);
            free.computeIfPresent(outcome.target().cluster(), (cluster, amount) -> amount.minusFloored(taken));
        }
    }

    private static boolean changes(ScalingOutcome outcome) {
        return wanted(outcome) != outcome.target().replicas();
    }

    private static int wanted(ScalingOutcome outcome) {
        return outcome.answer() instanceof Replicas replicas
                ? replicas.replicas()
                : outcome.target().replicas();
    }

    private List<ScalingOutcome> divide(String service, List<ScalingOutcome> outcomes) {
        List<Share> shares = decided.placement().of(service);
        EffectiveService effective = decided.effective(service);
        int present = decided.placement().replicasOf(service);
        int change = outcomes.stream()
                .mapToInt(outcome -> wanted(outcome) - outcome.target().replicas())
                .sum();
        int wished = Math.min(Math.max(present + change, effective.minReplicas()), effective.maxReplicas());
        int total = wished;
        boolean elsewhere = false;
        Optional<int[]> divided = Optional.empty();
        while (divided.isEmpty() && total != present) {
            boolean possible = effective.division().isPossible(total);
            elsewhere |= possible && total > present;
            divided = possible ? divide(effective, shares, outcomes, total) : Optional.empty();
            total += divided.isPresent() ? 0 : Integer.signum(present - total);
        }
        if (divided.isEmpty() && elsewhere) {
            return outcomes.stream().map(outcome -> impossible(outcome, wished)).toList();
        }
        int[] to = divided.orElseGet(
                () -> shares.stream().mapToInt(Share::replicas).toArray());
        int all = total;
        return outcomes.stream()
                .map(outcome ->
                        replaced(outcome, to[indexOf(shares, outcome.target().cluster())], all))
                .toList();
    }

    /** Empty if the limits or the capacities exclude that number as long as the others stay. */
    private Optional<int[]> divide(
            EffectiveService effective, List<Share> shares, List<ScalingOutcome> outcomes, int total) {
        ReplicaDivision division = effective.division();
        boolean grows = total > shares.stream().mapToInt(Share::replicas).sum();
        int[] least = new int[shares.size()];
        int[] most = new int[shares.size()];
        double[] weights = new double[shares.size()];
        for (int i = 0; i < least.length; i++) {
            Share share = shares.get(i);
            boolean decidable = outcomes.stream()
                    .anyMatch(outcome -> outcome.target().cluster().equals(share.cluster()));
            least[i] = grows || !decidable ? share.replicas() : Math.min(division.minPerCluster(), share.replicas());
            int more = grows ? room(share.cluster(), effective) : 0;
            most[i] = decidable ? Math.min(division.mostPerCluster(total), share.replicas() + more) : share.replicas();
            weights[i] = weight(division, share);
        }
        return ReplicaDivision.divide(total, weights, least, most)
                .filter(to -> division.flaw(Arrays.stream(to).boxed().toList()).isEmpty());
    }

    private static double weight(ReplicaDivision division, Share share) {
        return division.proportion() == Proportion.FREE_CAPACITY
                ? Math.max(1, share.replicas())
                : Math.max(1, division.weightOf(share.cluster()));
    }

    private int room(ClusterId cluster, EffectiveService effective) {
        return (int) Math.min(
                effective.maxReplicas(), effective.perReplica().timesInto(free.getOrDefault(cluster, Resources.NONE)));
    }

    private static int indexOf(List<Share> shares, ClusterId cluster) {
        return shares.stream().map(Share::cluster).toList().indexOf(cluster);
    }

    /** The service is placed anew then, with replicas for its demand. */
    private static ScalingOutcome impossible(ScalingOutcome outcome, int total) {
        return with(
                outcome,
                new Infeasible("%s; %d replicas cannot be divided over the clusters on which it is"
                        .formatted(outcome.answer().reason(), total)));
    }

    private static ScalingOutcome replaced(ScalingOutcome outcome, int replicas, int total) {
        return replicas == wanted(outcome)
                ? outcome
                : with(
                        outcome,
                        new Replicas(
                                replicas,
                                "%s; %d replicas in all, divided over its clusters"
                                        .formatted(outcome.answer().reason(), total),
                                UnmetDemand.of(outcome.answer()).filter(unmet -> unmet.needed() > replicas)));
    }

    private static ScalingOutcome with(ScalingOutcome outcome, Answer answer) {
        return new ScalingOutcome(
                outcome.target(),
                answer,
                outcome.decidedBy(),
                outcome.fallback(),
                outcome.faults(),
                outcome.effective(),
                outcome.at(),
                outcome.duration());
    }
}
