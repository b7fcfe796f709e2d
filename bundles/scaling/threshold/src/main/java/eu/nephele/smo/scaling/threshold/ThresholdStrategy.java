// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.threshold;

import eu.nephele.smo.api.model.DecisionContext;
import eu.nephele.smo.api.scaling.ScalingRequest;
import eu.nephele.smo.api.scaling.ScalingResult;
import eu.nephele.smo.api.scaling.ScalingStrategy;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** One number of replicas under load, one at rest: above the upper threshold the first, below the lower one the second. */
@Component(
        property = {
            ScalingStrategy.ID + "=threshold",
            ScalingStrategy.EXAMINED_WITH
                    + "={\"upPerSecond\": 20, \"downPerSecond\": 5, \"upReplicas\": 3, \"downReplicas\": 1}"
        })
public final class ThresholdStrategy implements ScalingStrategy {

    @Override
    public Class<? extends Record> parametersType() {
        return ThresholdParameters.class;
    }

    @Override
    public ScalingResult scale(ScalingRequest request, DecisionContext context) {
        ThresholdParameters parameters = context.parameters(ThresholdParameters.class);
        List<DesiredReplicas> wishes = request.targets().stream()
                .map(target -> DesiredReplicas.of(target, parameters))
                .toList();
        return new ScalingResult(new CapacityAllocator(request).grant(wishes));
    }
}
