// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.decision;

import eu.nephele.smo.api.model.StrategySelection.ObjectiveWeight;
import eu.nephele.smo.api.placement.PlacementRequest;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

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

        /**
         * How far the cost can differ between two placements of the problem, at most, in its own unit; 0 when it is the same
         * everywhere. Empty when the weight is not normalised.
         */
        OptionalDouble range();

        /** What one unit of the cost counts: the weight; if that is normalised, the weight per range, and nothing without range. */
        default double factor() {
            double range = range().orElse(1);
            return range > 0 ? weight().weight() / range : 0;
        }

        double assign(int service, int cluster);

        double open(int cluster);

        double distance(int from, int to);
    }
}
