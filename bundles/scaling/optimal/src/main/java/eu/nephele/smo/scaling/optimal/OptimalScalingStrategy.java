// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.optimal;

import eu.nephele.smo.api.model.DecisionContext;
import eu.nephele.smo.api.scaling.ScalingRequest;
import eu.nephele.smo.api.scaling.ScalingResult;
import eu.nephele.smo.api.scaling.ScalingStrategy;
import eu.nephele.smo.scaling.optimal.OptimalParameters.Mode;
import org.osgi.service.component.annotations.Component;

/**
 * Replica counts of least cost that serve the demand within bounds and capacity. Clusters that run the same services are decided
 * together, others one by one.
 */
@Component(property = ScalingStrategy.ID + "=optimal")
public final class OptimalScalingStrategy implements ScalingStrategy {

    /**
     * Effort for all clusters with several short resources together, less than the usual time budget; a count, so that a replay has
     * the same answers.
     */
    private static final long STEPS = 25_000_000;

    @Override
    public Class<? extends Record> parametersType() {
        return OptimalParameters.class;
    }

    @Override
    public ScalingResult scale(ScalingRequest request, DecisionContext context) {
        OptimalParameters parameters = context.parameters(OptimalParameters.class);
        ScalingBatch batch = new ScalingBatch(request);
        long steps = STEPS / Math.max(1, request.clusters().size());
        if (parameters.mode() == Mode.REFERENCE) {
            batch.clusters().forEach(new PerGraphOptimizer(batch, parameters, context::shouldStop, steps)::decide);
        } else {
            batch.components(new AmpleClusters(batch, parameters).decide())
                    .forEach(new ComponentOptimizer(batch, parameters, context::shouldStop, steps)::decide);
        }
        return batch.result();
    }
}
