// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.decision;

import eu.nephele.smo.api.model.StrategySelection.ObjectiveWeight;

/**
 * What one objective contributed to a placement.
 *
 * @param objective its name
 * @param unit its unit for people, "" when it has none
 * @param weight what it counts
 * @param value its cost of the placement in its own unit, unweighted
 */
public record ObjectiveTerm(String objective, String unit, ObjectiveWeight weight, double value) {}
