// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.optimal;

import eu.nephele.smo.api.model.DecisionContext;
import eu.nephele.smo.api.scaling.ScalingRequest;
import eu.nephele.smo.api.scaling.ScalingResult;
import eu.nephele.smo.api.scaling.ScalingStrategy;
import eu.nephele.smo.scaling.optimal.OptimalParameters.Mode;
import eu.nephele.smo.scaling.optimal.program.SearchEffort;
import java.util.List;
import java.util.function.BiConsumer;
import org.osgi.service.component.annotations.Component;

/**
 * Replica counts of least cost that serve the demand within bounds and capacity. Clusters that run the same services are decided
 * together, others one by one.
 */
@Component(property = ScalingStrategy.ID + "=optimal")
public final class OptimalScalingStrategy implements ScalingStrategy {

    /**
     * Effort of a request for all clusters with short resources together, less than the usual time budget; a count, so that a replay has
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
        SearchEffort effort = new SearchEffort(STEPS, context::shouldStop);
        if (parameters.mode() == Mode.REFERENCE) {
            decide(batch.clusters(), effort, new PerGraphOptimizer(batch, parameters)::decide);
        } else {
            decide(
                    batch.components(new AmpleClusters(batch, parameters).decide()),
                    effort,
                    new ComponentOptimizer(batch, parameters)::decide);
        }
        return batch.result();
    }

    private static void decide(
            List<ClusterComponent> components, SearchEffort effort, BiConsumer<ClusterComponent, SearchEffort> each) {
        int left = components.size();
        for (ClusterComponent component : components) {
            each.accept(component, effort.part(left--));
        }
    }
}
