// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.decision;

import eu.nephele.smo.api.scaling.ScalingTarget;
import java.util.List;

/**
 * A scaling target with the selections of strategies for it.
 *
 * @param wishes most important first
 * @param origins where values of the target come from, for the record of the decision
 */
public record ScalingItem(ScalingTarget target, List<SourcedSelection> wishes, List<EffectiveValue> origins) {

    public ScalingItem {
        wishes = List.copyOf(wishes);
        origins = List.copyOf(origins);
    }

    public ScalingItem(ScalingTarget target, List<SourcedSelection> wishes) {
        this(target, wishes, List.of());
    }
}
