// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

/** Offers feasible states of a search to an incumbent, each improvement once. Not thread-safe. */
final class BestFound {

    /** A search does not round its costs: less than half a unit may be no difference. */
    private static final double LEAST_GAIN = 0.5;

    private final AssignmentProblem problem;
    private final Incumbent incumbent;
    private double cost = Double.POSITIVE_INFINITY;

    BestFound(AssignmentProblem problem, Incumbent incumbent) {
        this.problem = problem;
        this.incumbent = incumbent;
    }

    void offer(SearchState state) {
        if (state.cost() <= cost - LEAST_GAIN && state.isFeasible()) {
            cost = state.cost();
            incumbent.offer(state.at, problem.vector(state.at));
        }
    }
}
