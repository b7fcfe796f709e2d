// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import java.util.Optional;

/** Item by item the first cluster with room: finds what the simplest strategy finds. Used once. */
final class FirstFitConstruction {

    private final AssignmentProblem problem;

    FirstFitConstruction(AssignmentProblem problem) {
        this.problem = problem;
    }

    /** Returns a feasible assignment; empty if an item fits nowhere beside those before it. */
    Optional<int[]> build() {
        Assignment assignment = new Assignment(problem);
        for (int item = 0; item < problem.items; item++) {
            int cluster = 0;
            while (cluster < problem.clusters && !assignment.admits(item, cluster)) {
                cluster++;
            }
            if (cluster == problem.clusters) {
                return Optional.empty();
            }
            assignment.put(item, cluster);
        }
        return Optional.of(assignment.at);
    }
}
