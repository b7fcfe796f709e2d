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
import eu.nephele.smo.api.scaling.ScalingResult.Unmet;
import eu.nephele.smo.api.scaling.ScalingTarget;
import eu.nephele.smo.core.contract.decision.ScalingOutcome;
import eu.nephele.smo.core.contract.store.DecidedGraph;
import eu.nephele.smo.core.contract.store.DecidedGraph.EffectiveService;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Divides new replicas of services that are, or have to be, on several clusters in the proportion of their division. A strategy
 * decides cluster by cluster; the sum of its numbers counts, or the number nearest to it that the clusters and the division allow. No
 * share becomes smaller while the sum grows, or larger while it shrinks. A service that cannot grow at all where it is asks for another
 * placement. One with weights grows onto all clusters that have one, and its last replica on one of them may go: that share stays, with 0.
 */
final class DividedReplicas {

    /** Clusters that are named where a service finds no room. */
    private static final int MOST_OBSTACLES = 5;

    private final DecidedGraph decided;
    private final Map<ClusterId, Resources> free;
    private final Function<String, List<ClusterId>> unusedWeights;

    /**
     * @param free capacity beside everything that is reserved, the graph included
     * @param unusedWeights clusters onto which a service with weights may grow, and on which it has no share
     */
    DividedReplicas(
            DecidedGraph decided, Map<ClusterId, Resources> free, Function<String, List<ClusterId>> unusedWeights) {
        this.decided = decided;
        this.free = new HashMap<>(free);
        this.unusedWeights = unusedWeights;
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
        EffectiveService effective = decided.effective(service);
        int present = decided.placement().replicasOf(service);
        int change = outcomes.stream()
                .mapToInt(outcome -> wanted(outcome) - outcome.target().replicas())
                .sum();
        int wished = Math.min(Math.max(present + change, effective.minReplicas()), effective.maxReplicas());
        List<Share> own = decided.placement().of(service);
        List<Share> all = isWeighted(effective) && wished > present ? withUnused(service, own) : own;
        int total = wished;
        boolean elsewhere = false;
        Optional<List<Share>> divided = wished == 0 ? nowhere(own, outcomes) : Optional.empty();
        while (divided.isEmpty() && total != present) {
            int sum = total;
            boolean possible = effective.division().isPossible(total);
            elsewhere |= possible && total > present;
            divided = possible
                    ? divide(effective, all, outcomes, sum)
                            .or(() ->
                                    all.size() > own.size() ? divide(effective, own, outcomes, sum) : Optional.empty())
                    : Optional.empty();
            total += divided.isPresent() ? 0 : Integer.signum(present - total);
        }
        if (divided.isEmpty() && elsewhere && !isWeighted(effective)) {
            return impossible(outcomes, wished, present);
        }
        Map<ClusterId, Integer> to = new TreeMap<>();
        divided.orElse(own).forEach(share -> to.put(share.cluster(), share.replicas()));
        List<ScalingOutcome> next = new ArrayList<>(replaced(outcomes, to, total));
        if (isWeighted(effective) && wished > total) {
            next.set(0, lacking(next.get(0), wished, total, obstacles(effective, all, to, total)));
        }
        return next;
    }

    /** A service that nobody needs has nothing to divide; empty where a cluster is not decided now. */
    private static Optional<List<Share>> nowhere(List<Share> own, List<ScalingOutcome> outcomes) {
        boolean decided = own.stream()
                .allMatch(share -> share.replicas() == 0
                        || outcomes.stream()
                                .anyMatch(outcome -> outcome.target().cluster().equals(share.cluster())));
        return decided
                ? Optional.of(
                        own.stream().map(share -> new Share(share.cluster(), 0)).toList())
                : Optional.empty();
    }

    private static boolean isWeighted(EffectiveService effective) {
        return effective.division().proportion() == Proportion.WEIGHTS;
    }

    private List<Share> withUnused(String service, List<Share> own) {
        return Stream.concat(own.stream(), unusedWeights.apply(service).stream().map(cluster -> new Share(cluster, 0)))
                .sorted(Comparator.comparing(Share::cluster))
                .toList();
    }

    /** Empty if the limits or the capacities exclude that number as long as the others stay. */
    private Optional<List<Share>> divide(
            EffectiveService effective, List<Share> shares, List<ScalingOutcome> outcomes, int total) {
        ReplicaDivision division = effective.division();
        boolean grows = total > shares.stream().mapToInt(Share::replicas).sum();
        int[] least = new int[shares.size()];
        int[] most = new int[shares.size()];
        double[] weights = new double[shares.size()];
        for (int i = 0; i < least.length; i++) {
            Share share = shares.get(i);
            boolean decidable = isUnused(share.cluster(), outcomes)
                    || outcomes.stream()
                            .anyMatch(outcome -> outcome.target().cluster().equals(share.cluster()));
            least[i] = grows || !decidable ? share.replicas() : Math.min(fewest(effective), share.replicas());
            int more = grows ? room(share.cluster(), effective) : 0;
            most[i] = decidable ? Math.min(division.mostPerCluster(total), share.replicas() + more) : share.replicas();
            weights[i] = weight(division, share);
        }
        return ReplicaDivision.divide(total, weights, least, most)
                .filter(to -> division.flaw(Arrays.stream(to).boxed().toList()).isEmpty())
                .map(to -> IntStream.range(0, to.length)
                        .mapToObj(i -> new Share(shares.get(i).cluster(), to[i]))
                        .toList());
    }

    /** On one cluster of a service that shrinks. */
    private static int fewest(EffectiveService effective) {
        int each = effective.division().minPerCluster();
        return isWeighted(effective) && each == 1 ? 0 : each;
    }

    private boolean isUnused(ClusterId cluster, List<ScalingOutcome> outcomes) {
        return !decided.placement()
                .clustersOf(outcomes.get(0).target().service())
                .contains(cluster);
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

    /** Why no cluster takes one more, for people. */
    private String obstacles(EffectiveService effective, List<Share> shares, Map<ClusterId, Integer> to, int total) {
        return shares.stream()
                .limit(MOST_OBSTACLES)
                .map(share -> "%s: %s"
                        .formatted(
                                share.cluster().name(),
                                obstacle(effective, share, to.getOrDefault(share.cluster(), 0), total)))
                .collect(Collectors.joining("; "));
    }

    private String obstacle(EffectiveService effective, Share share, int replicas, int total) {
        Resources left = free.getOrDefault(share.cluster(), Resources.NONE)
                .minusFloored(effective.perReplica().times(Math.max(0, replicas - share.replicas())));
        String shortage = effective.perReplica().shortage(left);
        return shortage.isEmpty()
                ? "its division allows %d there"
                        .formatted(Math.max(replicas, effective.division().mostPerCluster(total + 1)))
                : shortage;
    }

    /**
     * The service is placed anew then, with replicas for its demand: by the rate of requests, or as many as other metrics ask for, of
     * which the rate says nothing.
     */
    private static List<ScalingOutcome> impossible(List<ScalingOutcome> outcomes, int wished, int present) {
        boolean byRate =
                outcomes.stream().allMatch(outcome -> outcome.target().metrics().isEmpty());
        List<ScalingOutcome> next = new ArrayList<>();
        for (ScalingOutcome outcome : outcomes) {
            String reason = "%s; %d replicas cannot be divided over the clusters on which it is"
                    .formatted(outcome.answer().reason(), wished);
            int here = outcome.target().replicas();
            // the first asks for all that are missing
            Optional<Unmet> unmet =
                    next.isEmpty() ? Optional.of(new Unmet(here + wished - present, reason)) : Optional.empty();
            next.add(with(outcome, byRate ? new Infeasible(reason) : new Replicas(here, reason, unmet)));
        }
        return next;
    }

    /** Those of the clusters with a share, and one for each that gets its first. */
    private List<ScalingOutcome> replaced(List<ScalingOutcome> outcomes, Map<ClusterId, Integer> to, int total) {
        Stream<ScalingOutcome> present = outcomes.stream()
                .map(outcome ->
                        replaced(outcome, to.getOrDefault(outcome.target().cluster(), wanted(outcome)), total));
        Stream<ScalingOutcome> first = to.entrySet().stream()
                .filter(entry -> entry.getValue() > 0 && isUnused(entry.getKey(), outcomes))
                .map(entry -> first(outcomes.get(0), entry.getKey(), entry.getValue(), total));
        return Stream.concat(present, first).toList();
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

    private static ScalingOutcome first(ScalingOutcome other, ClusterId cluster, int replicas, int total) {
        ScalingTarget there = other.target();
        ScalingTarget target = ScalingTarget.builder(there.graph(), there.service(), cluster)
                .perReplica(there.perReplica())
                .replicas(0)
                .bounds(0, replicas)
                .priority(there.priority())
                .portion(0)
                .build();
        String reason = "%s; its first %d of %d replicas here, where it has a weight"
                .formatted(other.answer().reason(), replicas, total);
        return new ScalingOutcome(
                target,
                new Replicas(replicas, reason),
                other.decidedBy(),
                other.fallback(),
                other.faults(),
                other.effective(),
                other.at(),
                other.duration());
    }

    private static ScalingOutcome lacking(ScalingOutcome outcome, int wished, int total, String obstacles) {
        int here = wanted(outcome);
        return with(
                outcome,
                new Replicas(
                        here,
                        outcome.answer().reason(),
                        Optional.of(new Unmet(
                                here + wished - total,
                                "%s; %d of %d replicas fit on the clusters with a weight: %s"
                                        .formatted(outcome.answer().reason(), total, wished, obstacles)))));
    }

    static ScalingOutcome with(ScalingOutcome outcome, Answer answer) {
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
