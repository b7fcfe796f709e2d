// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.console;

import eu.nephele.smo.api.graph.GraphView;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.core.contract.decision.StrategyRef;
import eu.nephele.smo.core.contract.store.DecisionRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Graphs by strategy: the decisions in force, and the latest scaling decisions, of the first graphs. */
public final class StrategyUses {

    /** Maximum number of graphs, because each costs two reads of the journal. */
    private static final int MOST_GRAPHS = 200;

    private final Map<StrategyRef, List<String>> graphs = new HashMap<>();
    private final boolean complete;

    private StrategyUses(List<GraphView> views, EffectiveStrategies strategies) {
        views.stream().limit(MOST_GRAPHS).forEach(view -> record(view, strategies));
        this.complete = views.size() <= MOST_GRAPHS;
    }

    public static StrategyUses create(ConsoleServices consoleServices, CallContext call) {
        List<GraphView> views =
                consoleServices.graphs().map(graphs -> graphs.list(call)).orElse(List.of());
        return new StrategyUses(views, new EffectiveStrategies(consoleServices, call));
    }

    /** As project/name. */
    public List<String> find(StrategyRef ref) {
        return List.copyOf(graphs.getOrDefault(ref, List.of()));
    }

    /** Returns whether all graphs were checked. */
    public boolean complete() {
        return complete;
    }

    private void record(GraphView view, EffectiveStrategies strategies) {
        strategies.placementDecision(view).ifPresent(this::record);
        strategies.scalingDecision(view).ifPresent(this::record);
    }

    private void record(DecisionRecord decision) {
        String kind =
                decision.kind() == DecisionRecord.DecisionKind.PLACEMENT ? StrategyRef.PLACEMENT : StrategyRef.SCALING;
        graphs.computeIfAbsent(
                        new StrategyRef(
                                kind,
                                decision.strategy().id(),
                                decision.strategy().version()),
                        ref -> new ArrayList<>())
                .add(decision.graph().toString());
    }
}
