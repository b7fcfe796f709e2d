// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.decision;

import eu.nephele.smo.api.model.StrategySelection.ObjectiveWeight;
import eu.nephele.smo.api.placement.PlacementRequest;
import java.util.List;
import java.util.Map;

/** Asks objectives what things cost, also long after a decision, to explain the alternatives. */
public interface ObjectivePricing {

    /** The cost tables of the named objectives; those that are not installed or faulty are missing. */
    List<Priced> price(PlacementRequest request, Map<String, ObjectiveWeight> weights);

    /** The request with its costs as strategies get them; those of objectives that are not installed or faulty are missing. */
    PlacementRequest withCosts(PlacementRequest request, Map<String, ObjectiveWeight> weights);

    /** One objective's costs of one problem, in its own unit. */
    interface Priced {

        String objective();

        String unit();

        ObjectiveWeight weight();

        double assign(int service, int cluster);

        double open(int cluster);

        double distance(int from, int to);
    }
}
