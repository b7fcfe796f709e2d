// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.decision;

import eu.nephele.smo.api.model.StrategySelection.ObjectiveWeight;

/**
 * Contribution of one objective to a placement.
 *
 * @param unit its unit for people, "" when it has none
 * @param weight what it counts
 * @param value its cost of the placement in its own unit, unweighted
 * @param version version of the objective that priced; "" when that is not known
 */
public record ObjectiveTerm(String objective, String unit, ObjectiveWeight weight, double value, String version) {

    /** Of an objective whose version is not known. */
    public ObjectiveTerm(String objective, String unit, ObjectiveWeight weight, double value) {
        this(objective, unit, weight, value, "");
    }
}
