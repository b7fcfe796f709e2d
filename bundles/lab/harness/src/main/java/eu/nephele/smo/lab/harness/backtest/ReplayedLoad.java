// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.backtest;

import eu.nephele.smo.api.model.ServiceScaling.ServiceProfile;
import eu.nephele.smo.api.scaling.DemandForecaster;
import eu.nephele.smo.lab.harness.backtest.ReplayWorld.WorldService;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A load and the service that has to serve it. */
record ReplayedLoad(LoadShape shape, ServiceProfile profile) {

    ReplayFigures run(StrategyChain chain, Function<String, DemandForecaster> forecasters, LoadTrace trace) {
        WorldService service = new WorldService("service", profile, Optional.empty());
        ReplayWorld world = new ReplayWorld(shape, List.of(service), chain, forecasters);
        List<ReplayFigures> figures =
                world.run((now, forecasts) -> forecasts.get(0).ifPresent(forecast -> trace.coverage(chain.name())
                        .count(now, forecast)));
        trace.capacity(chain.name(), world.capacities(0));
        return figures.get(0);
    }
}
