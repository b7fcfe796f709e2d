// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.backtest;

import eu.nephele.smo.api.scaling.ScalingInputs;
import eu.nephele.smo.api.scaling.ScalingRequest;
import eu.nephele.smo.api.scaling.ScalingResult;
import eu.nephele.smo.api.scaling.ScalingStrategy;
import eu.nephele.smo.api.scaling.ScalingWrapper;
import java.time.Instant;
import java.util.Optional;

/**
 * A strategy with its parameters, and what it builds on, called as the server does.
 *
 * @param name for people and programs
 * @param base what a wrapper builds on; empty for others
 */
record StrategyChain(String name, ScalingStrategy strategy, Record parameters, Optional<StrategyChain> base) {

    ScalingInputs inputs() {
        ScalingInputs own = strategy.inputs(parameters);
        return base.map(wrapped -> own.and(wrapped.inputs())).orElse(own);
    }

    ScalingResult decide(ScalingRequest request, Instant now) {
        VirtualContext context = new VirtualContext(now, parameters);
        if (base.isPresent() && strategy instanceof ScalingWrapper wrapper) {
            return base.get()
                    .decide(request.with(wrapper.prepare(request, context).targets()), now);
        }
        return strategy.scale(request, context);
    }
}
