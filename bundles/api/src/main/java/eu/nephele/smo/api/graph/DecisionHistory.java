// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.graph;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.runtime.CallContext;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Decisions of the core as they are kept, for people. What the caller may not see is not there. Reads only, also on a standby. */
@ProviderType
public interface DecisionHistory {

    /**
     * Why a service is where it is, or why it is nowhere: by its decision in force, else by the last attempt. The members are those of
     * {@code GET …/services/{service}/explanation}: {@code shares} with the chosen clusters, {@code rejected} with every other one and
     * the reason against it, {@code text} in sentences.
     *
     * @return empty when nothing is kept
     */
    Optional<JsonObject> placement(GraphView graph, String service, CallContext call);

    /**
     * The last decisions about the replicas of a service, newest first, over all of its clusters. One that changes nothing and is as the
     * one before is kept from time to time only.
     *
     * @param limit at most this many decisions of its graph are looked at, 1 or more
     */
    List<ReplicaDecision> scaling(GraphId graph, String service, int limit, CallContext call);
}
