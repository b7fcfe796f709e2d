// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.scaling;

import eu.nephele.smo.core.strategies.selection.EffectiveSelection;
import java.util.List;

/**
 * Targets that one call decides: same strategy, version and parameters, on clusters that hang together.
 *
 * @param items indexes of the items, in the order of the request: graph, service, cluster
 */
record ScalingGroup(EffectiveSelection selection, List<EffectiveSelection> standIns, List<Integer> items) {
    ScalingGroup {
        standIns = List.copyOf(standIns);
        items = List.copyOf(items);
    }
}
