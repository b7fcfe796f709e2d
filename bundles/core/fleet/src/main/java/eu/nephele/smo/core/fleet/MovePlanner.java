// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.fleet;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Finds steps from where the services are towards a better placement, within a budget of moves. A move for which there is no room
 * waits for others that make room; one that gains too little for itself is made when the move that it makes room for pays for both.
 */
final class MovePlanner {

    private final FleetProblem problem;
    private final FleetCost cost;
    private final MoveSelection selection;
    private final int[] target;
    private final FleetState state;
    private final Set<FleetGraph> open = new LinkedHashSet<>();
    private final List<PricedMove> steps = new ArrayList<>();
    private int left;

    /** @param budget most services that move */
    MovePlanner(FleetProblem problem, FleetCost cost, int[] target, int budget) {
        this.problem = problem;
        this.cost = cost;
        this.selection = new MoveSelection(cost);
        this.target = target.clone();
        this.state = new FleetState(problem);
        this.left = budget;
        problem.graphs().stream()
                .filter(graph -> MoveSelection.whole(state, graph, target).size() > 0)
                .forEach(open::add);
    }

    /**
     * A step.
     *
     * @param gain by how much the weighted cost falls with it; negative when it makes room for a later one
     */
    record PricedMove(FleetMove move, double gain) {}

    /**
     * Steps in their order, one for each graph at most; moves that would gain something with the reason why they are not made; the
     * column of each row after the steps.
     */
    static final class PlannedMoves {

        private final List<PricedMove> steps;
        private final Map<FleetMove, String> leftOut;
        private final int[] after;

        PlannedMoves(List<PricedMove> steps, Map<FleetMove, String> leftOut, int[] after) {
            this.steps = steps;
            this.leftOut = leftOut;
            this.after = after;
        }

        List<PricedMove> steps() {
            return steps;
        }

        Map<FleetMove, String> leftOut() {
            return leftOut;
        }

        int[] after() {
            return after;
        }
    }

    PlannedMoves plan() {
        Set<FleetGraph> blocked = new LinkedHashSet<>();
        boolean progress = true;
        while (progress && left > 0) {
            Set<FleetGraph> candidates = new LinkedHashSet<>(open);
            candidates.removeAll(blocked);
            List<FleetMove> selected = selection.select(state, candidates, target, left);
            List<FleetMove> waiting = carryOut(selected);
            boolean moved = waiting.size() < selected.size();
            if (moved || selected.isEmpty()) {
                progress = moved || unblock(blocked);
                blocked.clear();
            }
            waiting.forEach(move -> blocked.add(move.graph()));
        }
        return new PlannedMoves(List.copyOf(steps), leftOut(), state.at());
    }

    /** @return those for which there is no room */
    private List<FleetMove> carryOut(List<FleetMove> moves) {
        return MoveOrder.carryOut(state, moves, this::record);
    }

    private void record(FleetMove move) {
        steps.add(new PricedMove(move, -state.change(move, cost)));
        open.remove(move.graph());
        left -= move.size();
    }

    /** Makes room for one of the moves by a move of another graph, if both together gain something. */
    private boolean unblock(Set<FleetGraph> blocked) {
        for (FleetGraph graph : blocked) {
            List<FleetMove> wanted = selection.select(state, List.of(graph), target, left);
            Optional<FleetMove> room = wanted.stream()
                    .flatMap(move -> open.stream()
                            .filter(other -> !other.equals(graph))
                            .map(other -> MoveSelection.whole(state, other, target))
                            .filter(other -> makesRoom(other, move)))
                    .findFirst();
            if (room.isPresent()) {
                carryOut(List.of(room.get(), wanted.get(0)));
                return true;
            }
        }
        return false;
    }

    private boolean makesRoom(FleetMove room, FleetMove move) {
        boolean leaves = room.to().keySet().stream().anyMatch(row -> move.to().containsValue(state.at(row)));
        boolean may = room.size() <= room.graph().member().movesLeft().orElse(Integer.MAX_VALUE)
                && room.size() + move.size() <= left;
        if (!leaves || !may || !state.fits(room) || !state.holdsAfter(room)) {
            return false;
        }
        double change = state.change(room, cost);
        FleetMove back = back(room);
        state.carryOut(room);
        boolean pays = state.fits(move) && change + state.change(move, cost) < -MoveSelection.LEAST_GAIN;
        state.carryOut(back);
        return pays;
    }

    private FleetMove back(FleetMove move) {
        Map<Integer, Integer> places = new TreeMap<>();
        move.to().keySet().forEach(row -> places.put(row, state.at(row)));
        return new FleetMove(move.graph(), places);
    }

    private Map<FleetMove, String> leftOut() {
        Map<FleetMove, String> reasons = new LinkedHashMap<>();
        for (FleetMove move : selection.select(state, open, target, problem.services())) {
            String shortage = state.shortage(move);
            String why = shortage.isEmpty()
                    ? "the budget of moves is used up"
                    : "it does not fit beside what is there (" + shortage + ")";
            reasons.put(move, why);
        }
        return reasons;
    }
}
