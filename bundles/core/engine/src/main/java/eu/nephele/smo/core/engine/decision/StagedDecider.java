// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.decision;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterSignals;
import eu.nephele.smo.api.model.ClusterState;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.StrategySelection.ObjectiveWeight;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.core.contract.decision.IntentTranslator;
import eu.nephele.smo.core.contract.decision.PlacedGraphs;
import eu.nephele.smo.core.contract.decision.PlacementDecider;
import eu.nephele.smo.core.contract.decision.PlacementOutcome;
import eu.nephele.smo.core.contract.decision.SourcedSelection;
import eu.nephele.smo.core.contract.decision.TranslatedIntents;
import eu.nephele.smo.core.engine.context.Stages;
import java.util.List;
import java.util.Map;

/** The deciders of placements as stages of the work on a graph. */
record StagedDecider(PlacementDecider placement, IntentTranslator intents, Stages stages)
        implements PlacementDecider, IntentTranslator {

    @Override
    public PlacementOutcome decide(
            PlacementRequest request, List<SourcedSelection> wishes, Map<String, ObjectiveWeight> intentWeights) {
        return stages.run("place", span -> placement.decide(request, wishes, intentWeights));
    }

    @Override
    public TranslatedIntents translate(
            Graph graph, List<ClusterState> clusters, Map<ClusterId, ClusterSignals> signals, PlacedGraphs others) {
        return stages.run("translate", span -> intents.translate(graph, clusters, signals, others));
    }

    @Override
    public Map<String, Long> handlers() {
        return intents.handlers();
    }
}
