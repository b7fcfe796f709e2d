// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import java.util.Optional;

/** Item by item the first cluster with room: finds what the simplest strategy finds. Used once. */
public final class FirstFitConstruction {

    private final AssignmentProblem problem;
    private final Assignment assignment;

    public FirstFitConstruction(AssignmentProblem problem) {
        this.problem = problem;
        this.assignment = new Assignment(problem);
    }

    /** @return the first item that fits nowhere beside those before it; {@link AssignmentProblem#NOWHERE} if all are placed */
    public int run() {
        for (int item = 0; item < problem.items; item++) {
            int cluster = 0;
            while (cluster < problem.clusters && !assignment.admits(item, cluster)) {
                cluster++;
            }
            if (cluster == problem.clusters) {
                return item;
            }
            assignment.put(item, cluster);
        }
        return AssignmentProblem.NOWHERE;
    }

    /** Returns the clusters by item so far; a copy. */
    public int[] at() {
        return assignment.at.clone();
    }

    /** Returns a feasible assignment; empty if an item fits nowhere beside those before it. */
    public Optional<int[]> build() {
        return run() == AssignmentProblem.NOWHERE ? Optional.of(assignment.at) : Optional.empty();
    }
}
