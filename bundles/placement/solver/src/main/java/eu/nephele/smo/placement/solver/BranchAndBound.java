// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import java.util.Arrays;
import java.util.Optional;

/** Exact depth-first search. Every node is one unit of work. */
public final class BranchAndBound {

    private final AssignmentProblem problem;
    private final WorkBudget workBudget;
    private final SearchNode node;
    private final SearchTree tree;
    private long maxNodes;
    private long nodes;
    private boolean stopped;

    BranchAndBound(AssignmentProblem problem, WorkBudget workBudget, SearchNode node) {
        this.problem = problem;
        this.workBudget = workBudget;
        this.node = node;
        this.tree = new SearchTree(problem.items);
    }

    /** Returns the inner nodes of the last search for something better. */
    SearchTree tree() {
        return tree;
    }

    /**
     * Improves the incumbent until nothing better exists.
     *
     * @return whether that is proven; the tie between equal objective vectors is not settled yet
     */
    public boolean improve(Incumbent incumbent, long maxNodes) {
        this.maxNodes = maxNodes;
        nodes = 0;
        tree.clear();
        return descend(0, Assignment.NOWHERE, incumbent);
    }

    /**
     * Settles the tie between assignments that are as good as the incumbent, which is proven: the first in the order of cluster names
     * replaces it.
     *
     * @return whether the search for it was complete
     */
    public boolean settleTie(Incumbent incumbent, long maxNodes) {
        Optional<int[]> first = firstInOrder(incumbent.vector(), incumbent.at(), maxNodes);
        first.ifPresent(at -> incumbent.offer(at, problem.vector(at)));
        return first.isPresent();
    }

    /**
     * Finds, among the assignments with this (optimal) objective vector, the first one in the order of cluster names: item by
     * item, it checks whether a cluster before the known one has the same cost.
     *
     * @param known an assignment with that vector
     * @return empty if the work budget ended before
     */
    private Optional<int[]> firstInOrder(long[] optimum, int[] known, long maxNodes) {
        this.maxNodes = maxNodes;
        nodes = 0;
        stopped = false;
        int[] best = known;
        int item = 0;
        boolean complete = true;
        while (item < problem.items && complete) {
            int cluster = 0;
            while (cluster < best[item] && complete) {
                if (node.isCandidate(item, cluster)) {
                    Optional<int[]> better = completion(item, cluster, optimum);
                    complete = better.isPresent() || !stopped;
                    best = better.orElse(best);
                }
                cluster++;
            }
            node.place(item, best[item]);
            item++;
        }
        while (item > 0) {
            item--;
            node.remove(item);
        }
        return complete ? Optional.of(best) : Optional.empty();
    }

    private Optional<int[]> completion(int item, int cluster, long[] optimum) {
        node.place(item, cluster);
        Optional<int[]> found = anyWithin(item + 1, optimum);
        node.remove(item);
        return found;
    }

    /** Returns an assignment that costs no more, empty if none exists or the work budget ended. */
    private Optional<int[]> anyWithin(int depth, long[] optimum) {
        if (!mayGoOn()) {
            return Optional.empty();
        }
        long[] bound = new long[problem.objective.levels];
        int item = node.pick(bound);
        boolean hopeless = (item == Assignment.NOWHERE && depth < problem.items) || Arrays.compare(bound, optimum) > 0;
        if (hopeless) {
            return Optional.empty();
        }
        if (depth == problem.items) {
            return Optional.of(node.at());
        }
        for (int cluster : node.within(item, node.byCost(item), node.pricedBound(), optimum[0])) {
            node.place(item, cluster);
            Optional<int[]> found = anyWithin(depth + 1, optimum);
            node.remove(item);
            if (found.isPresent() || stopped) {
                return found;
            }
        }
        return Optional.empty();
    }

    private boolean mayGoOn() {
        stopped = nodes++ >= maxNodes || !workBudget.spend(1);
        return !stopped;
    }

    /** @param via cluster of the item that was placed last */
    private boolean descend(int depth, int via, Incumbent incumbent) {
        if (!mayGoOn()) {
            return false;
        }
        if (depth == problem.items) {
            incumbent.offer(node.at(), node.placed());
            return true;
        }
        long[] bound = new long[problem.objective.levels];
        int item = node.pick(bound);
        if (item == Assignment.NOWHERE || incumbent.rulesOut(bound)) {
            return true;
        }
        tree.add(depth, via, item);
        long pricedBound = node.pricedBound();
        for (int cluster : node.within(item, node.byCost(item), pricedBound, incumbent.cost(0))) {
            node.place(item, cluster);
            boolean complete = descend(depth + 1, cluster, incumbent);
            node.remove(item);
            if (!complete) {
                return false;
            }
        }
        return true;
    }
}
