// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.energy;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterSignals;
import eu.nephele.smo.api.model.ClusterState;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.core.contract.decision.IntentTranslator;
import eu.nephele.smo.core.contract.decision.PlacedGraphs;
import eu.nephele.smo.core.contract.decision.TranslatedIntents;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Translates the intents of a graph once: on this day neither the graphs nor the clusters change, and no intent reads signals. */
final class RememberedIntents implements IntentTranslator {

    private final IntentTranslator translator;
    private final Map<GraphId, TranslatedIntents> known = new HashMap<>();

    RememberedIntents(IntentTranslator translator) {
        this.translator = translator;
    }

    @Override
    public TranslatedIntents translate(
            Graph graph, List<ClusterState> clusters, Map<ClusterId, ClusterSignals> signals, PlacedGraphs others) {
        return known.computeIfAbsent(graph.id(), any -> translator.translate(graph, clusters, signals, others));
    }
}
