// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.optimal;

import eu.nephele.smo.scaling.optimal.program.CoveringKnapsack;
import eu.nephele.smo.scaling.optimal.program.CoveringKnapsack.Cover;
import eu.nephele.smo.scaling.optimal.program.IntegerProgram;
import eu.nephele.smo.scaling.optimal.program.IntegerSearch;
import eu.nephele.smo.scaling.optimal.program.IntegerSearch.Found;
import eu.nephele.smo.scaling.optimal.program.SearchEffort;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Finds the cheapest replicas that together stay within the capacity of a cluster. While no resource is short, each candidate has
 * its own optimum. One short resource is a covering knapsack; several are a small integer program. Both are solved to the proof, or
 * end with the best answer found and how far it can be from the cheapest one.
 */
final class SharedCapacity {

    private final CapacityUse use;
    private final SearchEffort effort;

    /**
     * @param replicas per candidate
     * @param scarce resources for which replicas had to be given back
     * @param gap upper bound of the saving by another answer; 0 if proven
     */
    record Decision(List<Integer> replicas, List<String> scarce, double gap) {}

    /** Candidates that are alike: the same price and the same use of what is scarce. */
    private record GiverKind(double price, List<Long> frees) {}

    /**
     * @param use holds the use of undecided services; afterwards also of the decided ones
     * @param effort at the end of which the best answer found so far is given
     */
    SharedCapacity(CapacityUse use, SearchEffort effort) {
        this.use = use;
        this.effort = effort;
    }

    /** @param candidates whose least replicas fit together, and which hold nothing */
    Decision decide(List<ReplicaVariable> candidates) {
        int[] replicas = candidates.stream().mapToInt(ReplicaVariable::cheapest).toArray();
        for (int i = 0; i < replicas.length; i++) {
            use.hold(candidates.get(i).need(), replicas[i]);
        }
        List<Integer> rows = IntStream.range(0, use.rows())
                .filter(row -> use.excess(row) > 0
                        && !givers(candidates, replicas, List.of(row)).isEmpty())
                .boxed()
                .toList();
        double gap = 0;
        if (!rows.isEmpty()) {
            List<Integer> givers = givers(candidates, replicas, rows);
            gap = rows.size() == 1
                    ? giveBack(candidates, givers, replicas, rows.get(0))
                    : giveBack(candidates, givers, replicas, rows);
        }
        return new Decision(
                Arrays.stream(replicas).boxed().toList(),
                rows.stream().map(use::resource).toList(),
                gap);
    }

    private static List<Integer> givers(List<ReplicaVariable> candidates, int[] replicas, List<Integer> rows) {
        List<Integer> givers = new ArrayList<>();
        for (int i = 0; i < replicas.length; i++) {
            ReplicaVariable candidate = candidates.get(i);
            if (replicas[i] > candidate.least()
                    && rows.stream().anyMatch(row -> candidate.need().get(row) > 0)) {
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
        Cover cover = covering.atLeast(use.excess(row), effort);
        for (int g = 0; g < givers.size(); g++) {
            reduce(candidates, givers.get(g), replicas, cover.units().get(g));
        }
        return cover.gap();
    }

    private double giveBack(
            List<ReplicaVariable> candidates, List<Integer> givers, int[] replicas, List<Integer> rows) {
        Map<GiverKind, List<Integer>> kinds = new LinkedHashMap<>();
        for (int i : givers) {
            ReplicaVariable giver = candidates.get(i);
            List<Long> frees = rows.stream().map(row -> giver.need().get(row)).toList();
            kinds.computeIfAbsent(new GiverKind(giver.givingBackPrice(), frees), kind -> new ArrayList<>())
                    .add(i);
        }
        IntegerProgram.ProgramBuilder program = new IntegerProgram.ProgramBuilder();
        rows.forEach(row -> program.addRow(use.excess(row)));
        kinds.forEach((kind, members) -> program.addColumn(
                kind.price(),
                0,
                room(candidates, members, replicas),
                kind.frees().stream().mapToLong(Long::longValue).toArray()));
        List<Integer> all = kinds.values().stream()
                .map(members -> room(candidates, members, replicas))
                .toList();
        Found found = IntegerSearch.solve(program.build(), Optional.of(all), effort);
        int column = 0;
        for (List<Integer> members : kinds.values()) {
            int left = found.units().orElse(all).get(column++);
            for (int i : members) {
                int units = Math.min(left, replicas[i] - candidates.get(i).least());
                left -= units;
                reduce(candidates, i, replicas, units);
            }
        }
        return found.gap();
    }

    private static int room(List<ReplicaVariable> candidates, List<Integer> members, int... replicas) {
        return members.stream()
                .mapToInt(i -> replicas[i] - candidates.get(i).least())
                .reduce(0, Math::addExact);
    }

    private void reduce(List<ReplicaVariable> candidates, int i, int[] replicas, int units) {
        replicas[i] -= units;
        use.release(candidates.get(i).need(), units);
    }
}
