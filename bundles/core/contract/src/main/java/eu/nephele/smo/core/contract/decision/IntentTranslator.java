// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.decision;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterSignals;
import eu.nephele.smo.api.model.ClusterState;
import eu.nephele.smo.api.model.Graph;
import java.util.List;
import java.util.Map;

/** Lets the installed handlers say what the intents of a graph mean. */
public interface IntentTranslator {

    /**
     * @param clusters all clusters, ready or not; constraints are worked out against these
     * @param signals of the clusters, as far as anybody knows them
     * @param others where other graphs are
     * @throws eu.nephele.smo.api.runtime.SmoException {@code INVALID} when a handler refuses a value; {@code UNAVAILABLE} when the
     *     handler of a hard constraint is not there now or fails
     */
    TranslatedIntents translate(
            Graph graph, List<ClusterState> clusters, Map<ClusterId, ClusterSignals> signals, PlacedGraphs others);

    /**
     * The handlers that decide now what intents mean; none where nobody tells.
     *
     * @return intent → a number that another handler does not have
     */
    default Map<String, Long> handlers() {
        return Map.of();
    }

    /** A translation without other graphs. */
    default TranslatedIntents translate(
            Graph graph, List<ClusterState> clusters, Map<ClusterId, ClusterSignals> signals) {
        return translate(graph, clusters, signals, PlacedGraphs.NONE);
    }
}
