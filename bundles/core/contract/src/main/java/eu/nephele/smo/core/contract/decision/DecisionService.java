// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.decision;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.core.contract.store.DecisionRecord;
import eu.nephele.smo.core.contract.store.DecisionStore;
import java.util.List;
import java.util.Optional;

/** Shows decisions and explains them. Decisions that the caller may not see are not found. */
public interface DecisionService {

    Optional<DecisionRecord> find(GraphId graph, String id, CallContext call);

    /** Decisions about one graph, newest first, without their inputs. */
    List<DecisionRecord> list(GraphId graph, DecisionStore.Query query, CallContext call);

    /**
     * Explains the placement of a service by its decision in force: the chosen cluster with its objective terms; every
     * other cluster with the reason against it (reported by the strategy, not allowed, no capacity, higher cost with
     * its difference and terms); the fixed part of the placement, the strategy that decided, its inputs; and all of
     * that in plain words.
     *
     * @return empty when there is no such decision
     */
    Optional<JsonObject> explain(GraphId graph, String decisionId, String service, CallContext call);

    /**
     * The same for a service that has no decision in force, on the strength of the last attempt to place its graph.
     *
     * @return empty when no attempt is kept
     */
    Optional<JsonObject> explainAttempt(GraphId graph, String service, CallContext call);

    /**
     * Verifies a placement: constraints, costs and lower bound are recomputed from the recorded inputs and the recorded proof, without
     * the strategy. The answer has the id of the decision, its {@code verdict} ({@code verified}; {@code bound by search, not
     * verifiable}; {@code rejected}; {@code not tried}), {@code flaws}, {@code text}, and as far as known {@code valueMicros},
     * {@code lowerBoundMicros}, {@code verifiedBoundMicros}, {@code gapPercent}.
     *
     * @return empty when there is no such decision
     */
    Optional<JsonObject> verify(GraphId graph, String decisionId, CallContext call);

    /**
     * Explains the number of replicas of a service by the last scaling decision.
     *
     * @return empty when none is kept
     */
    Optional<JsonObject> explainScaling(GraphId graph, String service, CallContext call);
}
