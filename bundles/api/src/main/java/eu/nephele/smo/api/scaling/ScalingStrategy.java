// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.scaling;

import eu.nephele.smo.api.model.DecisionContext;
import eu.nephele.smo.api.model.NoParameters;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Decides how many replicas each service has.
 *
 * <p>Publish an implementation as a service with the property {@link #ID}. A strategy is a pure function: no I/O, no clock, no
 * state between calls, safe to call from several threads. Every answer is checked against bounds and capacities.
 */
@ConsumerType
public interface ScalingStrategy {

    /** Service property (String, required): the id used in descriptors and configuration, for example {@code threshold}. */
    String ID = "smo.strategy.id";

    /** Service property (String): as {@link eu.nephele.smo.api.placement.PlacementStrategy#EXAMINED_WITH}. */
    String EXAMINED_WITH = "smo.conformance.parameters";

    /** Service property (String): version of the strategy; the version of its bundle when missing. */
    String VERSION = "smo.strategy.version";

    /** Service property (String+): what the strategy needs or can do beyond the basics, out of the constants below. */
    String CAPABILITIES = "smo.strategy.capabilities";

    /** Capability: wants the past demand of each target, as far back as {@code historyMinutes} is configured. */
    String HISTORY = "history";

    /** The record that parameters are bound to; its components carry {@link eu.nephele.smo.api.model.Parameter}. */
    default Class<? extends Record> parametersType() {
        return NoParameters.class;
    }

    /**
     * What the strategy wants to know with these parameters, beside the present request rate. A pure function.
     *
     * @param parameters of the type {@link #parametersType()}
     */
    default ScalingInputs inputs(Record parameters) {
        return ScalingInputs.NONE;
    }

    /**
     * @param request the problem; at least one target
     * @param context time, budget, seed, parameters
     * @return one answer per target, in order
     * @throws RuntimeException only for a defect; the replicas then stay as they are, and the decision says so
     */
    ScalingResult scale(ScalingRequest request, DecisionContext context);
}
