// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

/** Keeps the best feasible state of a search, and offers it to an incumbent when a step of the search has ended. Not thread-safe. */
final class BestFound {

    /** A search does not round its costs: less than half a unit may be no difference. */
    private static final double LEAST_GAIN = 0.5;

    private final AssignmentProblem problem;
    private final Incumbent incumbent;
    private final int[] at;
    private double cost = Double.POSITIVE_INFINITY;
    private boolean pending;

    BestFound(AssignmentProblem problem, Incumbent incumbent) {
        this.problem = problem;
        this.incumbent = incumbent;
        this.at = new int[problem.items];
    }

    void offer(SearchState state) {
        if (state.cost() <= cost - LEAST_GAIN && state.isFeasible()) {
            cost = state.cost();
            System.arraycopy(state.at, 0, at, 0, at.length);
            pending = true;
        }
    }

    /** Returns whether the state is feasible and costs no more than the best. */
    boolean matches(SearchState state) {
        return state.isFeasible() && state.cost() < cost + LEAST_GAIN;
    }

    void publish() {
        if (pending) {
            incumbent.offer(at, problem.vector(at));
            pending = false;
        }
    }
}
