// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.decision;

import eu.nephele.smo.api.model.StrategySelection.ObjectiveWeight;
import eu.nephele.smo.core.contract.decision.ObjectivePricing.Priced;
import java.util.OptionalDouble;

/**
 * Contribution of one objective to a placement.
 *
 * @param unit its unit for people, "" when it has none
 * @param weight what it counts
 * @param value its cost of the placement in its own unit, unweighted
 * @param version version of the objective that priced; "" when that is not known
 * @param range how far its cost can differ in the problem, in its own unit, where its weight is a share of that; empty where it
 *     is not
 */
public record ObjectiveTerm(
        String objective, String unit, ObjectiveWeight weight, double value, String version, OptionalDouble range) {

    /** Of an objective whose weight counts its cost in its own unit. */
    public ObjectiveTerm(String objective, String unit, ObjectiveWeight weight, double value, String version) {
        this(objective, unit, weight, value, version, OptionalDouble.empty());
    }

    /** @param value the cost of a placement by the objective, in its own unit */
    public static ObjectiveTerm of(Priced objective, double value, String version) {
        return new ObjectiveTerm(
                objective.objective(), objective.unit(), objective.weight(), value, version, objective.range());
    }

    /** Of an objective whose version is not known. */
    public ObjectiveTerm(String objective, String unit, ObjectiveWeight weight, double value) {
        this(objective, unit, weight, value, "");
    }
}
