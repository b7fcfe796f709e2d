// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

/** Places item by item by a rule. An item that no cluster admits may send one other elsewhere; that alone reverts a choice. */
final class RuleConstruction {

    private static final int NOWHERE = AssignmentProblem.NOWHERE;

    private final AssignmentProblem problem;
    private final RuleProgress state;
    private final PlacementRule rule;
    private final EjectionMove ejection;
    private final WorkBudget work;

    // by item: what was found when it was evaluated last
    private final int[] best;
    private final int[] second;
    private final long[] bestScore;

    /** The largest number where no second cluster admits it. */
    private final long[] secondScore;

    /** By item: the last step in which it was a neighbour of the placed one. */
    private final int[] neighbourIn;

    private int step;

    RuleConstruction(RequestProblem read, RuleProgress state, PlacementRule rule, WorkBudget work) {
        this.problem = read.problem();
        this.state = state;
        this.rule = rule;
        this.ejection = new EjectionMove(problem, state, work);
        this.work = work;
        this.best = new int[problem.items];
        this.second = new int[problem.items];
        this.bestScore = new long[problem.items];
        this.secondScore = new long[problem.items];
        this.neighbourIn = new int[problem.items];
    }

    /** Returns whether an item had to send another one elsewhere. */
    boolean hasEjected() {
        return ejection.moves() > 0;
    }

    /** @return the item that found no cluster; {@link AssignmentProblem#NOWHERE} if all did */
    int inOrder(int[] order) {
        return inOrder(order, order.length);
    }

    private int inOrder(int[] order, int count) {
        for (int i = 0; i < count; i++) {
            if (!place(order[i]) && !ejection.makeRoom(order[i])) {
                return order[i];
            }
        }
        return NOWHERE;
    }

    /** Returns whether a cluster admits the item; then it is on the best one. */
    boolean place(int item) {
        evaluate(item);
        if (best[item] == NOWHERE) {
            return false;
        }
        state.put(item, best[item]);
        return true;
    }

    /**
     * Always the item that would lose most with its second best cluster is next; when the work ends, the others follow in their order.
     *
     * @param order among items that would lose the same
     * @return the item that found no cluster; {@link AssignmentProblem#NOWHERE} if all did
     */
    int byRegret(int[] order) {
        int[] waiting = order.clone();
        int count = waiting.length;
        evaluate(waiting, count);
        while (count > 0 && work.spend(1)) {
            int position = mostToLose(waiting, count);
            int item = waiting[position];
            count--;
            System.arraycopy(waiting, position + 1, waiting, position, count - position);
            if (best[item] != NOWHERE) {
                state.put(item, best[item]);
                lookAgain(waiting, count, item);
            } else if (ejection.makeRoom(item)) {
                evaluate(waiting, count);
            } else {
                return item;
            }
        }
        return inOrder(waiting, count);
    }

    private void evaluate(int[] waiting, int count) {
        for (int i = 0; i < count; i++) {
            evaluate(waiting[i]);
        }
    }

    /** Returns the position of an item without any cluster left, else of the one that would lose most, else of the first. */
    private int mostToLose(int[] waiting, int count) {
        int position = 0;
        long most = regret(waiting[0]);
        for (int i = 0; i < count; i++) {
            int item = waiting[i];
            if (best[item] == NOWHERE) {
                return i;
            }
            long regret = regret(item);
            if (regret > most) {
                most = regret;
                position = i;
            }
        }
        return position;
    }

    private long regret(int item) {
        return second[item] == NOWHERE ? Long.MAX_VALUE : secondScore[item] - bestScore[item];
    }

    /** Only neighbours, and items for which the cluster is among the best two or has become so, can choose differently. */
    private void lookAgain(int[] waiting, int count, int placed) {
        int cluster = state.clusterOf(placed);
        LinkTable links = problem.links;
        step++;
        for (int entry = links.start[placed]; entry < links.start[placed + 1]; entry++) {
            neighbourIn[links.other[entry]] = step;
        }
        for (int i = 0; i < count; i++) {
            int item = waiting[i];
            if (neighbourIn[item] == step || best[item] == cluster || second[item] == cluster || gains(item, cluster)) {
                evaluate(item);
            }
        }
    }

    private boolean gains(int item, int cluster) {
        return problem.allowed(item, cluster)
                && rule.score(state, item, cluster) <= secondScore[item]
                && state.admits(item, cluster);
    }

    private void evaluate(int item) {
        int first = NOWHERE;
        int next = NOWHERE;
        long least = Long.MAX_VALUE;
        long nextLeast = Long.MAX_VALUE;
        for (int cluster = 0; cluster < problem.clusters; cluster++) {
            if (state.admits(item, cluster)) {
                long score = rule.score(state, item, cluster);
                if (first == NOWHERE || score < least || (score == least && winsTie(item, cluster, first))) {
                    next = first;
                    nextLeast = least;
                    first = cluster;
                    least = score;
                } else if (score < nextLeast) {
                    next = cluster;
                    nextLeast = score;
                }
            }
        }
        best[item] = first;
        second[item] = next;
        bestScore[item] = least;
        secondScore[item] = nextLeast;
    }

    private boolean winsTie(int item, int cluster, int against) {
        return rule.scoreAmongEquals(state, item, cluster) < rule.scoreAmongEquals(state, item, against);
    }
}
