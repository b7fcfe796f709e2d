// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.store;

import eu.nephele.smo.api.graph.PlaceRequest;

/**
 * A placement decision that somebody asked for. Stored before it is acted upon; answered when the number of the decided state
 * is at least {@code number}.
 *
 * @param number rises with each wish, from 1 (the deployment itself)
 * @param request what was asked for
 */
public record DecisionWish(long number, PlaceRequest request) {}
