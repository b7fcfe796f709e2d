// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.optimal;

import eu.nephele.smo.scaling.optimal.CoveringKnapsack.Cover;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * Finds the cheapest replicas that together stay within the capacity of a cluster. While no resource is short, each candidate has
 * its own optimum. One short resource is a covering problem, solved exactly. Several are solved one after the other, CPU first,
 * and replicas given back in vain are added again: never beyond a capacity, but not proven to be the cheapest.
 */
final class SharedCapacity {

    private final CapacityUse use;
    private final BooleanSupplier stop;

    /**
     * @param replicas per candidate
     * @param scarce resources for which replicas had to be given back
     * @param gap upper bound of the saving by another answer; 0 if proven, NaN if unknown
     */
    record Decision(List<Integer> replicas, List<String> scarce, double gap) {}

    /**
     * @param use holds the use of undecided services; afterwards also of the decided ones
     * @param stop whether to stop with the best answer found so far
     */
    SharedCapacity(CapacityUse use, BooleanSupplier stop) {
        this.use = use;
        this.stop = stop;
    }

    /** @param candidates whose least replicas fit together, and which hold nothing */
    Decision decide(List<ReplicaVariable> candidates) {
        int[] replicas = candidates.stream().mapToInt(ReplicaVariable::cheapest).toArray();
        for (int i = 0; i < replicas.length; i++) {
            use.hold(candidates.get(i).need(), replicas[i]);
        }
        List<String> scarce = new ArrayList<>();
        double gap = 0;
        for (int row = 0; row < use.rows(); row++) {
            List<Integer> givers = givers(candidates, replicas, row);
            if (use.excess(row) > 0 && !givers.isEmpty()) {
                double gapOfRow = giveBack(candidates, givers, replicas, row);
                gap = scarce.isEmpty() ? gapOfRow : Double.NaN;
                scarce.add(use.resource(row));
            }
        }
        if (scarce.size() > 1) {
            takeAgain(candidates, replicas);
        }
        return new Decision(Arrays.stream(replicas).boxed().toList(), scarce, gap);
    }

    private static List<Integer> givers(List<ReplicaVariable> candidates, int[] replicas, int row) {
        List<Integer> givers = new ArrayList<>();
        for (int i = 0; i < replicas.length; i++) {
            if (candidates.get(i).need().get(row) > 0
                    && replicas[i] > candidates.get(i).least()) {
                givers.add(i);
            }
        }
        return givers;
    }

    private double giveBack(List<ReplicaVariable> candidates, List<Integer> givers, int[] replicas, int row) {
        CoveringKnapsack covering = new CoveringKnapsack(
                givers.stream()
                        .mapToLong(i -> candidates.get(i).need().get(row))
                        .toArray(),
                givers.stream()
                        .mapToInt(i -> replicas[i] - candidates.get(i).least())
                        .toArray(),
                givers.stream()
                        .mapToDouble(i -> candidates.get(i).givingBackPrice())
                        .toArray());
        Cover cover = covering.atLeast(use.excess(row), stop);
        for (int g = 0; g < givers.size(); g++) {
            int i = givers.get(g);
            replicas[i] -= cover.units().get(g);
            use.release(candidates.get(i).need(), cover.units().get(g));
        }
        return cover.proven() ? 0 : cover.gap();
    }

    private void takeAgain(List<ReplicaVariable> candidates, int[] replicas) {
        List<Integer> dearestFirst = IntStream.range(0, replicas.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -candidates.get(i).givingBackPrice()))
                .toList();
        for (int i : dearestFirst) {
            ReplicaVariable replicaVariable = candidates.get(i);
            int more = use.roomFor(replicaVariable.need(), replicaVariable.cheapest() - replicas[i]);
            replicas[i] += more;
            use.hold(replicaVariable.need(), more);
        }
    }
}
