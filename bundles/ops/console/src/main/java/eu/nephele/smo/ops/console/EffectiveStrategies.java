// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.console;

import eu.nephele.smo.api.graph.GraphView;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.core.contract.decision.DecisionService;
import eu.nephele.smo.core.contract.store.DecisionRecord;
import eu.nephele.smo.core.contract.store.DecisionStore;
import java.util.Optional;

/** The strategies that decided last for a graph: defaults, services and fallbacks may have named others than the graph does. */
public final class EffectiveStrategies {

    private static final String UNDECIDED = "-";

    private final Optional<DecisionService> decisions;
    private final CallContext call;

    public EffectiveStrategies(ConsoleServices consoleServices, CallContext call) {
        this.decisions = consoleServices.decisions();
        this.call = call;
    }

    /** Of the decision in force; "-" when nothing is decided. */
    public String placement(GraphView view) {
        return placementDecision(view).map(EffectiveStrategies::text).orElse(UNDECIDED);
    }

    /** Of the latest decision about replicas; "-" when nothing is decided. */
    public String scaling(GraphView view) {
        return scalingDecision(view).map(EffectiveStrategies::text).orElse(UNDECIDED);
    }

    Optional<DecisionRecord> placementDecision(GraphView view) {
        return view.item()
                .decisionId()
                .flatMap(decision ->
                        decisions.flatMap(journal -> journal.find(view.graph().id(), decision, call)));
    }

    Optional<DecisionRecord> scalingDecision(GraphView view) {
        DecisionStore.Query latest =
                new DecisionStore.Query(Optional.of(DecisionRecord.DecisionKind.SCALING), Optional.empty(), 1);
        return decisions.flatMap(journal ->
                journal.list(view.graph().id(), latest, call).stream().findFirst());
    }

    private static String text(DecisionRecord decision) {
        return decision.strategy().id();
    }
}
