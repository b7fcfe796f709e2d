// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.decision;

import eu.nephele.smo.api.model.ClusterCapacity;
import java.util.List;

/** Decides replicas of many services at once; what shares strategy and parameters is decided in one call. */
public interface ScalingDecider {

    /** Returns whether a strategy scales this target: false when no selection and no configuration names one. */
    boolean scales(String project, List<SourcedSelection> wishes);

    /** Returns whether the strategy that would decide wants the past demand. */
    boolean wantsHistory(String project, List<SourcedSelection> wishes);

    /**
     * @param clusters all clusters that the items are on; free capacity includes what the items use now
     * @return one outcome per item, in order
     */
    List<ScalingOutcome> decide(List<ScalingItem> items, List<ClusterCapacity> clusters);
}
