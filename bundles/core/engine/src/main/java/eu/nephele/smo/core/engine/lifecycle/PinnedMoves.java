// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.lifecycle;

import eu.nephele.smo.api.graph.Change;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.runtime.RequestOrigin;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.engine.graph.DesiredGraphFactory.PlanPins;
import java.util.Map;
import java.util.Set;

/** Places running graphs exactly where somebody else has planned them, if they are still as the plan found them. */
public final class PinnedMoves {

    private final GraphQueries visible;
    private final GraphLifecycle lifecycle;

    PinnedMoves(GraphQueries visible, GraphLifecycle lifecycle) {
        this.visible = visible;
        this.lifecycle = lifecycle;
    }

    /** The state that a plan of the graph starts from. */
    public static String basis(GraphRecord record) {
        return ChangeDraftFactory.basis(record);
    }

    /**
     * @param places of all services
     * @throws SmoException {@code CONFLICT} when the graph has changed since, or does not move now
     */
    public Change move(GraphId graph, String basis, Map<String, ClusterId> places, String plan, RequestOrigin origin) {
        visible.present(graph);
        return lifecycle.place(graph, basis, new PlanPins(places, plan, Map.<String, Set<String>>of()), origin);
    }
}
