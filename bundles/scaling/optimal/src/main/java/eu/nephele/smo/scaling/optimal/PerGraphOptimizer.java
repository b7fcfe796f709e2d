// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.optimal;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.scaling.ScalingResult.Infeasible;
import eu.nephele.smo.api.scaling.ScalingResult.Keep;
import eu.nephele.smo.api.scaling.ScalingTarget;
import eu.nephele.smo.scaling.optimal.program.SearchEffort;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Mode reference: the services of one graph on a cluster are one problem, because they share the normaliser; it is solved for all
 * of them or for none. Graphs are decided in order; those still to come hold their present replicas.
 */
final class PerGraphOptimizer {

    /** The reference never scales to zero. */
    private static final int LEAST_REPLICAS = 1;

    private final ScalingBatch batch;
    private final OptimalParameters parameters;

    PerGraphOptimizer(ScalingBatch batch, OptimalParameters parameters) {
        this.batch = batch;
        this.parameters = parameters;
    }

    /** @param cluster one alone */
    void decide(ClusterComponent cluster, SearchEffort effort) {
        List<ScalingTarget> targets =
                cluster.targets().stream().map(batch::target).toList();
        CapacityUse use = batch.uses(cluster).values().iterator().next();
        targets.forEach(target -> use.hold(use.needOf(target), target.replicas()));
        Map<GraphId, List<Integer>> graphs = cluster.targets().stream()
                .collect(Collectors.groupingBy(i -> batch.target(i).graph(), TreeMap::new, Collectors.toList()));
        int left = graphs.size();
        for (List<Integer> group : graphs.values()) {
            decideGraph(group, use, effort.part(left--));
        }
    }

    private void decideGraph(List<Integer> indices, CapacityUse use, SearchEffort effort) {
        double normaliser = indices.stream().mapToDouble(this::largestUse).max().orElse(0);
        List<ReplicaVariable> candidates = new ArrayList<>();
        List<String> obstacles = new ArrayList<>();
        for (int index : indices) {
            ScalingTarget target = batch.target(index);
            ReplicaRange range = ReplicaRange.of(target, LEAST_REPLICAS, parameters.utilization());
            if (range instanceof ReplicaRange.Between between) {
                candidates.add(candidate(index, target, between, normaliser, use));
            } else if (range instanceof ReplicaRange.NoData noData) {
                batch.answer(index, new Keep(noData.reason()));
            } else if (range instanceof ReplicaRange.AboveMaximum above) {
                batch.answer(index, new Infeasible(above.reason()));
                obstacles.add(target.service());
            } else if (range instanceof ReplicaRange.Unreachable unreachable) {
                batch.answer(index, new Infeasible(unreachable.reason()));
                obstacles.add(target.service());
            }
        }
        if (!obstacles.isEmpty()) {
            refuseAll(
                    candidates,
                    "not decided alone: %s of the same graph cannot be served".formatted(String.join(", ", obstacles)));
        } else if (leastFits(candidates, use)) {
            candidates.forEach(replicaVariable -> use.release(replicaVariable.need(), replicaVariable.present()));
            batch.answer(candidates, new SharedCapacity(use, effort).decide(candidates));
        }
    }

    private void refuseAll(List<ReplicaVariable> candidates, String reason) {
        candidates.forEach(replicaVariable -> batch.answer(replicaVariable.index(), new Infeasible(reason)));
    }

    /** Returns whether the least replicas of all fit; else all are refused. The present replicas stay held. */
    private boolean leastFits(List<ReplicaVariable> candidates, CapacityUse use) {
        for (ReplicaVariable replicaVariable : candidates) {
            OptionalInt row = use.tooSmallFor(replicaVariable.need(), replicaVariable.least());
            if (row.isPresent()) {
                String text = use.shortageText(row.getAsInt(), replicaVariable.need(), replicaVariable.least());
                refuseAll(candidates, replicaVariable.target().service() + ": " + text);
                return false;
            }
        }
        candidates.forEach(
                replicaVariable -> swap(replicaVariable, replicaVariable.present(), replicaVariable.least(), use));
        OptionalInt row = candidates.stream()
                .map(replicaVariable -> use.overfull(replicaVariable.need()))
                .flatMapToInt(OptionalInt::stream)
                .findFirst();
        row.ifPresent(overfull -> candidates.forEach(replicaVariable -> batch.answer(
                replicaVariable.index(),
                new Infeasible(ReasonTexts.shortage(
                        replicaVariable.target(), replicaVariable.least(), use.shortageText(overfull))))));
        candidates.forEach(
                replicaVariable -> swap(replicaVariable, replicaVariable.least(), replicaVariable.present(), use));
        return row.isEmpty();
    }

    private static void swap(ReplicaVariable replicaVariable, int from, int to, CapacityUse use) {
        use.release(replicaVariable.need(), from);
        use.hold(replicaVariable.need(), to);
    }

    private double largestUse(int index) {
        ScalingTarget target = batch.target(index);
        return (double) target.maxReplicas() * target.perReplica().cpuMillis();
    }

    private ReplicaVariable candidate(
            int index, ScalingTarget target, ReplicaRange.Between range, double normaliser, CapacityUse use) {
        double usePrice = normaliser == 0
                ? 0
                : parameters.useWeight() * target.perReplica().cpuMillis() / normaliser;
        double changePrice = parameters.changeWeight() / target.maxReplicas();
        return new ReplicaVariable(
                index, target, range.least(), range.most(), usePrice, changePrice, use, use.needOf(target));
    }
}
