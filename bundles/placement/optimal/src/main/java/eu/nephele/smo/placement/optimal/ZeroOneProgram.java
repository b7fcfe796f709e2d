// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.optimal;

import eu.nephele.smo.placement.solver.AssignmentProblem;
import eu.nephele.smo.placement.solver.LinkTable;
import java.util.Optional;
import java.util.stream.IntStream;

/** The exact solution by ojAlgo. */
final class ZeroOneProgram implements ExactProgram {

    private final AssignmentProblem problem;
    private final long timeLimitMillis;

    ZeroOneProgram(AssignmentProblem problem, long timeLimitMillis) {
        this.problem = problem;
        this.timeLimitMillis = timeLimitMillis;
    }

    /** Returns the number of variables beside the binaries. */
    static long links(AssignmentProblem problem) {
        LinkTable links = problem.links();
        long pairs = 0;
        for (int item = 0; item < problem.items(); item++) {
            int first = item;
            pairs += IntStream.range(links.start(item), links.start(item + 1))
                    .filter(links::isLink)
                    .map(links::other)
                    .filter(other -> other > first)
                    .distinct()
                    .count();
        }
        return pairs * problem.clusters() * problem.clusters();
    }

    @Override
    public Optional<int[]> minimiseLevel(int level, long[] values) {
        MilpFormulation formulation = new MilpFormulation(problem, timeLimitMillis);
        formulation.limit(values);
        formulation.minimise(level);
        return formulation.solve();
    }

    @Override
    public Optional<int[]> minimiseCluster(int item, long[] values, int[] fixed) {
        MilpFormulation formulation = new MilpFormulation(problem, timeLimitMillis);
        formulation.limit(values);
        formulation.fix(item, fixed);
        formulation.preferFirst(item);
        return formulation.solve();
    }
}
