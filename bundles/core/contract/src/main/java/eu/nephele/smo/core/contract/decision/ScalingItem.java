// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.decision;

import eu.nephele.smo.api.scaling.ScalingTarget;
import java.util.List;

/**
 * A scaling target with the selections of strategies for it.
 *
 * @param wishes most important first
 */
public record ScalingItem(ScalingTarget target, List<SourcedSelection> wishes) {

    public ScalingItem {
        wishes = List.copyOf(wishes);
    }
}
