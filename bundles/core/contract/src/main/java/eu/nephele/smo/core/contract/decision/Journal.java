// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.decision;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.core.contract.store.DecisionRecord;
import eu.nephele.smo.core.contract.store.DecisionStore;
import java.util.List;
import java.util.Optional;

/** Remembers decisions and explains them. */
public interface Journal {

    /** Makes the record of a placement decision; the engine stores it together with the decision itself. */
    DecisionRecord recordOf(PlacementOutcome outcome, long generation);

    /** Takes note of a placement decision that changes nothing, an infeasible one for example. */
    void note(PlacementOutcome outcome, long generation);

    /**
     * Takes note of scaling decisions. Never blocks on the database: records are written in batches behind the caller's back;
     * none is lost on an orderly end, and the queue is bounded (a full one makes the caller wait).
     */
    void note(List<ScalingOutcome> outcomes, long generation);

    Optional<DecisionRecord> find(GraphId graph, String id);

    /** Decisions about one graph, newest first, without their inputs. */
    List<DecisionRecord> list(GraphId graph, DecisionStore.Query query);

    /**
     * Why a service is where it is, on the strength of its placement decision in force: chosen cluster with its objective terms,
     * every other cluster with the reason against it (told by the strategy, not allowed, no room, dearer by how much and by which
     * terms), what was held fixed for that, what decided, from which inputs, and all of that in plain words.
     *
     * @return empty when there is no such decision
     */
    Optional<JsonObject> explain(GraphId graph, String decisionId, String service);

    /**
     * The same for a service that has no decision in force, on the strength of the last attempt to place its graph.
     *
     * @return empty when no attempt is kept
     */
    Optional<JsonObject> explainAttempt(GraphId graph, String service);

    /**
     * Why a service has as many replicas as it has, on the strength of the last scaling decision.
     *
     * @return empty when none is kept
     */
    Optional<JsonObject> explainScaling(GraphId graph, String service);
}
