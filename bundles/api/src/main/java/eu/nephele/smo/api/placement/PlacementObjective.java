// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.placement;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * One aspect of what a placement costs: moves, carbon, price, latency, balance. Publish an implementation as a service with the
 * property {@link #NAME}; it counts wherever a weight for that name is given. A pure function, safe to call from several
 * threads. What is <em>forbidden</em> is not a cost: that is the business of intents.
 */
@ConsumerType
public interface PlacementObjective {

    /** Service property (String, required): the name used for weights, for example {@code carbon}. */
    String NAME = "smo.objective.name";

    /** Service property (String): unit of the costs for people, for example {@code kg CO2eq/h}. */
    String UNIT = "smo.objective.unit";

    /**
     * Fills in this objective's costs, once per request and in bulk: of a service on a cluster, of using a cluster at all, and
     * of the distance between two clusters, which is multiplied by the traffic of each link.
     *
     * @param request the problem; its costs are not known yet
     * @param costs receives the costs
     * @throws RuntimeException only for a defect; the objective is then left out of the decision, which says so
     */
    void price(PlacementRequest request, CostTable costs);
}
