// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.scaling.ScalingTarget;
import eu.nephele.smo.core.contract.decision.DecisionObserver.ScalingCall;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Observed calls of scaling strategies, until their decisions are recorded: a call decides many graphs, a decision is
 * of one graph. Calls that are never recorded are evicted by later ones.
 */
final class ObservedScalingCalls {

    private static final int GRAPHS = 20_000;
    private static final int CALLS_PER_GRAPH = 8;

    private final Map<GraphId, Deque<Slice>> byGraph = new LinkedHashMap<>();

    /** Part of one graph in a call, by the positions of its targets in the request. */
    record Slice(ObservedScalingCall shown, List<Integer> positions) {

        /** Returns the position of the target in the request; empty when it was decided by another call. */
        Optional<Integer> position(ScalingTarget target) {
            List<ScalingTarget> targets = shown.call().request().targets();
            return positions.stream()
                    .filter(position -> targets.get(position).equals(target))
                    .findFirst();
        }
    }

    synchronized void show(ScalingCall call) {
        ObservedScalingCall shown = new ObservedScalingCall(call);
        Map<GraphId, List<Integer>> positions = new LinkedHashMap<>();
        List<ScalingTarget> targets = call.request().targets();
        for (int i = 0; i < targets.size(); i++) {
            positions
                    .computeIfAbsent(targets.get(i).graph(), any -> new ArrayList<>())
                    .add(i);
        }
        positions.forEach((graph, of) -> keep(graph, new Slice(shown, List.copyOf(of))));
    }

    private void keep(GraphId graph, Slice slice) {
        Deque<Slice> slices = byGraph.computeIfAbsent(graph, any -> new ArrayDeque<>());
        slices.addFirst(slice);
        if (slices.size() > CALLS_PER_GRAPH) {
            slices.removeLast();
        }
        if (byGraph.size() > GRAPHS) {
            byGraph.remove(byGraph.keySet().iterator().next());
        }
    }

    /** Removes and returns the observed calls of a graph, newest first. */
    synchronized List<Slice> take(GraphId graph) {
        Deque<Slice> slices = byGraph.remove(graph);
        return slices == null ? List.of() : List.copyOf(slices);
    }
}
