// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

/**
 * An anytime search that solves small problems to the proof: the exact search runs first for a moment, then with capacity prices, and
 * again when the rounds have found nothing better, and an exact search with knapsacks did not end. Used once.
 */
public final class ProvingSearch {

    /** Pairs of item and allowed cluster up to which a proof is tried. */
    private static final int MOST_BINARIES = 1_000;

    private static final long FEW_NODES = 300;
    private static final long FIRST_NODES = 5_000;
    private static final long TIE_NODES = 2_000;
    private static final long NODES = 1_000_000;
    private static final long KNAPSACK_UNITS = 4_000_000;
    private static final int IDLE_ROUNDS = 6;

    /** Each takes half as long again as the one before: together thousands of times as long as the first of them. */
    private static final int MOST_IDLE_ROUNDS = 20;

    private final AnytimeSearch search;
    private final Incumbent incumbent;
    private final boolean small;

    /**
     * @param problem each item of it is allowed somewhere
     * @param incumbent is improved
     */
    public ProvingSearch(AssignmentProblem problem, Incumbent incumbent, long seed, WorkBudget work) {
        this.incumbent = incumbent;
        this.search = new AnytimeSearch(problem, incumbent, seed, work);
        this.small = problem.binaries() <= MOST_BINARIES;
    }

    /** @return whether the incumbent is proven to be the best; without one, that none exists */
    public boolean run() {
        return run(IDLE_ROUNDS);
    }

    /** As {@link #run}, but as long as the work lasts, unless nothing better is found for very long. */
    public boolean runToTheEnd() {
        return run(MOST_IDLE_ROUNDS);
    }

    private boolean run(int idleRounds) {
        search.begin();
        boolean complete = small && search.prove(FEW_NODES);
        if (!complete) {
            search.price();
            complete = small && (search.isProven() || search.prove(FIRST_NODES));
        }
        if (!complete) {
            search.improve(IDLE_ROUNDS);
            complete = small && (search.proveByKnapsacks(KNAPSACK_UNITS) || search.prove(NODES));
        }
        // without a placement the time that is left is for what would make it fit
        if (!complete && idleRounds > IDLE_ROUNDS && incumbent.exists()) {
            search.improve(idleRounds);
            complete = small && search.isProven();
        }
        return complete;
    }

    /** After a proof: the first among equals in the order of cluster names replaces the incumbent. @return whether that is sure */
    public boolean settleTie() {
        return search.settleTie(TIE_NODES);
    }

    public AnytimeSearch anytime() {
        return search;
    }
}
