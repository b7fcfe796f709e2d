// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.fleet;

import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.placement.PlacementLink;
import java.util.Map;
import java.util.TreeMap;

/** Where services are while moves are made one after the other, and what that uses. Not thread-safe. */
final class FleetState {

    private final FleetProblem problem;
    private final int[] at;
    private final Resources[] used;
    private final int[] users;

    /** Everything where it is now. */
    FleetState(FleetProblem problem) {
        this.problem = problem;
        this.at = problem.current();
        this.used = problem.used(at);
        this.users = new int[problem.clusters()];
        for (int column : at) {
            if (column != FleetProblem.NOWHERE) {
                users[column]++;
            }
        }
    }

    int at(int row) {
        return at[row];
    }

    int[] at() {
        return at.clone();
    }

    /** What the columns need while the services are at both places: by column, in addition to what is there. */
    Map<Integer, Resources> needed(FleetMove move) {
        Map<Integer, Resources> more = new TreeMap<>();
        move.to().forEach((row, column) -> {
            if (at[row] != column) {
                more.merge(column, problem.demand(row), Resources::plus);
            }
        });
        return more;
    }

    /** Made before break: returns whether the new places fit while the old ones are still taken. */
    boolean fits(FleetMove move) {
        return needed(move).entrySet().stream()
                .allMatch(
                        entry -> used[entry.getKey()].plus(entry.getValue()).fitsInto(problem.offered(entry.getKey())));
    }

    /** Why it does not fit, for people; "" when it does. */
    String shortage(FleetMove move) {
        StringBuilder text = new StringBuilder();
        needed(move).forEach((column, more) -> {
            String shortage = more.shortage(problem.offered(column).minusFloored(used[column]));
            if (!shortage.isEmpty()) {
                text.append(text.isEmpty() ? "" : "; ")
                        .append(problem.cluster(column).name())
                        .append(": ")
                        .append(shortage);
            }
        });
        return text.toString();
    }

    /** Returns whether the rules of the graph hold after the move. */
    boolean holdsAfter(FleetMove move) {
        Map<Integer, Integer> before = new TreeMap<>();
        move.to().forEach((row, column) -> {
            before.put(row, at[row]);
            at[row] = column;
        });
        boolean holds = problem.holds(move.graph(), at);
        before.forEach((row, column) -> at[row] = column);
        return holds;
    }

    /** The move is done: the old places are free. */
    void carryOut(FleetMove move) {
        move.to().forEach((row, column) -> {
            int from = at[row];
            Resources demand = problem.demand(row);
            if (from != FleetProblem.NOWHERE) {
                used[from] = used[from].minusFloored(demand);
            }
            used[column] = used[column].plus(demand);
            place(row, column);
        });
    }

    /** By how much the cost changes with the move. */
    double change(FleetMove move, FleetCost cost) {
        Map<Integer, Integer> before = new TreeMap<>();
        double change = 0;
        for (Map.Entry<Integer, Integer> entry : move.to().entrySet()) {
            before.put(entry.getKey(), at[entry.getKey()]);
            change += change(move.graph(), entry.getKey(), entry.getValue(), cost);
            place(entry.getKey(), entry.getValue());
        }
        before.forEach(this::place);
        return change;
    }

    private double change(FleetGraph graph, int row, int to, FleetCost cost) {
        int from = at[row];
        if (from == to) {
            return 0;
        }
        double change = cost.assign(row, to) + (users[to] == 0 ? cost.open(to) : 0);
        if (from != FleetProblem.NOWHERE) {
            change -= cost.assign(row, from) + (users[from] == 1 ? cost.open(from) : 0);
        }
        for (PlacementLink link : problem.linksOf(row)) {
            int one = graph.first() + link.from();
            int other = graph.first() + link.to();
            change += link.traffic()
                    * (distance(cost, one == row ? to : at[one], other == row ? to : at[other])
                            - distance(cost, at[one], at[other]));
        }
        return change;
    }

    private static double distance(FleetCost cost, int from, int to) {
        return from == FleetProblem.NOWHERE || to == FleetProblem.NOWHERE ? 0 : cost.distance(from, to);
    }

    private void place(int row, int column) {
        if (at[row] != FleetProblem.NOWHERE) {
            users[at[row]]--;
        }
        if (column != FleetProblem.NOWHERE) {
            users[column]++;
        }
        at[row] = column;
    }
}
