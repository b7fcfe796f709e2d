// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.decision;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.scaling.DemandForecast;
import eu.nephele.smo.api.scaling.ForecastRequest;
import eu.nephele.smo.api.scaling.ScalingInputs;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Decides replicas of many services at once; what shares strategy and parameters is decided in one call. */
public interface ScalingDecider {

    /** Returns whether a strategy scales this target: false when no selection and no configuration names one. */
    boolean scales(String project, List<SourcedSelection> wishes);

    /**
     * Returns what the strategy that would decide wants to know, together with those it builds on.
     *
     * @param usualHistory the past that a strategy gets which wants one and does not say how long
     */
    ScalingInputs inputs(String project, List<SourcedSelection> wishes, Duration usualHistory);

    /**
     * @param clusters all clusters that the items are on; free capacity includes what the items use now
     * @param outlook is asked where a strategy wants forecasts
     * @return one outcome per item, in order
     */
    List<ScalingOutcome> decide(List<ScalingItem> items, List<ClusterCapacity> clusters, DemandOutlook outlook);

    /**
     * Asks a forecaster.
     *
     * @param forecaster its id
     * @return one entry per service, in order; all empty when it is not installed, or fails
     */
    List<Optional<DemandForecast>> forecast(String forecaster, ForecastRequest request);

    /** Without forecasts. */
    default List<ScalingOutcome> decide(List<ScalingItem> items, List<ClusterCapacity> clusters) {
        return decide(items, clusters, DemandOutlook.NONE);
    }
}
