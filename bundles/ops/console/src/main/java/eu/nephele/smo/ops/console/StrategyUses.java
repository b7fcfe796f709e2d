// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.console;

import eu.nephele.smo.api.graph.GraphService;
import eu.nephele.smo.api.graph.GraphView;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.core.contract.decision.Journal;
import eu.nephele.smo.core.contract.decision.StrategyRef;
import eu.nephele.smo.core.contract.store.DecisionRecord;
import eu.nephele.smo.core.contract.store.DecisionStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which graphs follow which strategy: the decisions in force, and the latest scaling decisions, of the first graphs. */
public final class StrategyUses {

    /** Each graph costs two looks into the journal. */
    private static final int MOST_GRAPHS = 200;

    private final Map<StrategyRef, List<String>> graphs = new HashMap<>();
    private final boolean complete;

    private StrategyUses(List<GraphView> views, Optional<Journal> journal) {
        journal.ifPresent(book -> views.stream().limit(MOST_GRAPHS).forEach(view -> note(view, book)));
        this.complete = views.size() <= MOST_GRAPHS;
    }

    /** Looks now. */
    public static StrategyUses of(Rooms rooms) {
        return new StrategyUses(rooms.graphs().map(GraphService::list).orElse(List.of()), rooms.journal());
    }

    /** Graphs that follow it, as project/name. */
    public List<String> of(StrategyRef ref) {
        return List.copyOf(graphs.getOrDefault(ref, List.of()));
    }

    /** Whether all graphs were looked at. */
    public boolean complete() {
        return complete;
    }

    private void note(GraphView view, Journal journal) {
        GraphId id = view.graph().id();
        view.item().decisionId().flatMap(decision -> journal.find(id, decision)).ifPresent(this::note);
        journal.list(id, new DecisionStore.Query(Optional.of(DecisionRecord.Kind.SCALING), Optional.empty(), 1))
                .forEach(this::note);
    }

    private void note(DecisionRecord decision) {
        String kind = decision.kind() == DecisionRecord.Kind.PLACEMENT ? StrategyRef.PLACEMENT : StrategyRef.SCALING;
        graphs.computeIfAbsent(
                        new StrategyRef(
                                kind,
                                decision.strategy().id(),
                                decision.strategy().version()),
                        ref -> new ArrayList<>())
                .add(decision.graph().toString());
    }
}
