// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.placement;

import eu.nephele.smo.api.model.DecisionContext;
import eu.nephele.smo.api.model.NoParameters;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Decides on which cluster each service of a graph runs.
 *
 * <p>Publish an implementation as a service with the property {@link #ID}; graphs select it by that name while the server runs.
 * A strategy is a pure function: no I/O, no clock, no state between calls, safe to call from several threads. It returns soon
 * after {@link DecisionContext#shouldStop()} says so. Every answer is checked; none that exceeds a capacity or breaks a
 * constraint is ever applied.
 */
@ConsumerType
public interface PlacementStrategy {

    /** Service property (String, required): the id used in descriptors and configuration, for example {@code greedy}. */
    String ID = "smo.strategy.id";

    /** Service property (String): version of the strategy; the version of its bundle when missing. */
    String VERSION = "smo.strategy.version";

    /** Service property (String+): what the strategy can do beyond the basics, out of the constants below. */
    String CAPABILITIES = "smo.strategy.capabilities";

    /**
     * Service property (String): parameters as a JSON object, in the form of a descriptor, with which the conformance kit examines
     * the strategy, in its own build and in the server alike; what it does not name has its default. For a strategy that by default
     * leaves room free, say, and does not solve the problems that fit exactly: {@code {"headroomShare": 0}}.
     */
    String EXAMINED_WITH = "smo.conformance.parameters";

    /** Capability: can spread the replicas of one service over several clusters. */
    String SPLITS = "splits";

    /** Capability: minimises several cost levels one after the other. */
    String LEVELS = "levels";

    /** The record that parameters are bound to; its components carry {@link eu.nephele.smo.api.model.Parameter}. */
    default Class<? extends Record> parametersType() {
        return NoParameters.class;
    }

    /**
     * @param request the problem; at least one service and one cluster
     * @param context time, budget, seed, parameters
     * @return a placement of all services, or why there is none
     * @throws RuntimeException only for a defect; the fallback strategy then decides, and the decision says so
     */
    PlacementResult place(PlacementRequest request, DecisionContext context);
}
