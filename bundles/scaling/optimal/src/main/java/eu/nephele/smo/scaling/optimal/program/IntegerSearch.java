// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.optimal.program;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Solves an {@link IntegerProgram}: the relaxation and a rounded answer, then branch and bound on the columns whose values the gap
 * between the two leaves open (the core).
 */
public final class IntegerSearch {

    private IntegerSearch() {}

    /**
     * @param units of each column; empty if there is no answer (proven) or none was found
     * @param gap upper bound of what another answer could save; 0 if proven
     */
    public record Found(Optional<List<Integer>> units, double gap, boolean proven) {}

    public static Found solve(IntegerProgram program, SearchEffort effort) {
        return solve(program, Optional.empty(), effort);
    }

    /** @param known an answer; only a better one is searched for */
    public static Found solve(IntegerProgram program, Optional<List<Integer>> known, SearchEffort effort) {
        Optional<int[]> start = known.map(IntegerSearch::units);
        double below = start.map(program::cost).orElse(Double.POSITIVE_INFINITY);
        TreeSearch root = new TreeSearch(program, below, effort);
        boolean open = root.searchRoot();
        Optional<int[]> best = root.best().or(() -> start);
        double bound = root.rootBound();
        if (!open) {
            return found(best, 0);
        }
        int[] low = root.low();
        int[] high = root.high();
        List<Integer> core = IntStream.range(0, low.length)
                .filter(j -> low[j] < high[j])
                .boxed()
                .toList();
        IntegerProgram rest = program.within(low, high, core);
        int[] fixed = low.clone();
        core.forEach(j -> fixed[j] = 0);
        double fixedCost = program.cost(fixed);
        TreeSearch tree = new TreeSearch(rest, root.bestCost() - fixedCost, effort);
        tree.search();
        Optional<int[]> better = tree.best().map(units -> joined(fixed, core, units));
        double lowest = Math.max(bound, tree.lowestOpen() + fixedCost);
        double cost = better.or(() -> best).map(program::cost).orElse(Double.POSITIVE_INFINITY);
        double gap = cost - lowest;
        return found(better.or(() -> best), Double.isNaN(gap) || gap <= TreeSearch.tolerance(cost) ? 0 : gap);
    }

    private static Found found(Optional<int[]> units, double gap) {
        return new Found(units.map(all -> Arrays.stream(all).boxed().toList()), gap, gap == 0);
    }

    private static int[] joined(int[] fixed, List<Integer> core, int... units) {
        int[] all = fixed.clone();
        for (int i = 0; i < units.length; i++) {
            all[core.get(i)] = units[i];
        }
        return all;
    }

    private static int[] units(List<Integer> list) {
        return list.stream().mapToInt(Integer::intValue).toArray();
    }
}
