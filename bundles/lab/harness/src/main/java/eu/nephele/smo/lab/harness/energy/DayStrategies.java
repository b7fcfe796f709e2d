// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.energy;

import eu.nephele.smo.api.intent.IntentHandler;
import eu.nephele.smo.api.placement.PlacementObjective;
import eu.nephele.smo.api.placement.PlacementStrategy;
import eu.nephele.smo.core.contract.measure.MetricsRecorder;
import eu.nephele.smo.core.strategies.StrategyModule;
import eu.nephele.smo.core.strategies.registry.StrategyRegistry;
import eu.nephele.smo.core.strategies.settings.StrategySettings;
import eu.nephele.smo.intents.compute.ComputeHandler;
import eu.nephele.smo.intents.location.AntiAffinityHandler;
import eu.nephele.smo.intents.location.LocationHandler;
import eu.nephele.smo.lab.harness.decisions.ComponentFactory;
import eu.nephele.smo.placement.auto.AutoStrategy;
import eu.nephele.smo.placement.bestfit.BestFitStrategy;
import eu.nephele.smo.placement.carbon.CarbonForecastObjective;
import eu.nephele.smo.placement.carbon.CarbonObjective;
import eu.nephele.smo.placement.consolidate.ConsolidateStrategy;
import eu.nephele.smo.placement.firstfit.FirstFitStrategy;
import eu.nephele.smo.placement.greedy.GreedyStrategy;
import eu.nephele.smo.placement.objectives.BalanceObjective;
import eu.nephele.smo.placement.objectives.ConsolidationObjective;
import eu.nephele.smo.placement.objectives.HeadroomObjective;
import eu.nephele.smo.placement.objectives.MovesObjective;
import eu.nephele.smo.placement.objectives.PriceObjective;
import eu.nephele.smo.placement.spreadout.SpreadOutStrategy;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The strategies, objectives and handlers of intents of an installation, with their default configurations. */
final class DayStrategies {

    static final Map<String, Class<? extends PlacementStrategy>> STRATEGIES = new TreeMap<>(Map.of(
            "auto", AutoStrategy.class,
            "best-fit", BestFitStrategy.class,
            "consolidate", ConsolidateStrategy.class,
            "first-fit", FirstFitStrategy.class,
            "greedy", GreedyStrategy.class,
            "spread-out", SpreadOutStrategy.class));

    static final Map<String, Class<? extends PlacementObjective>> OBJECTIVES = new TreeMap<>(Map.of(
            "balance", BalanceObjective.class,
            "carbon", CarbonObjective.class,
            "carbonForecast", CarbonForecastObjective.class,
            "consolidation", ConsolidationObjective.class,
            "headroom", HeadroomObjective.class,
            "price", PriceObjective.class));

    private static final Map<String, Class<? extends IntentHandler>> INTENTS = Map.of(
            "compute", ComputeHandler.class,
            "location", LocationHandler.class,
            "antiAffinity", AntiAffinityHandler.class);

    private DayStrategies() {}

    static StrategyModule create(Clock clock) {
        StrategyModule module = StrategyModule.create(() -> StrategySettings.DEFAULTS, clock, MetricsRecorder.NONE);
        StrategyRegistry registry = module.registry();
        STRATEGIES.forEach((id, type) -> registry.add(
                ComponentFactory.create(type, Map.of()),
                Map.of(
                        PlacementStrategy.ID,
                        id,
                        PlacementStrategy.CAPABILITIES,
                        List.of(PlacementStrategy.LEVELS, PlacementStrategy.SPLITS))));
        OBJECTIVES.forEach((name, type) ->
                registry.add(ComponentFactory.create(type, Map.of()), Map.of(PlacementObjective.NAME, name)));
        registry.add(new MovesObjective(), Map.of(PlacementObjective.NAME, "moves"));
        INTENTS.forEach((name, type) ->
                registry.add(ComponentFactory.create(type, Map.of()), Map.of(IntentHandler.NAME, name)));
        return module;
    }
}
