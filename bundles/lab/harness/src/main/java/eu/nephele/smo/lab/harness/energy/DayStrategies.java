// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.energy;

import eu.nephele.smo.api.intent.IntentHandler;
import eu.nephele.smo.api.placement.PlacementObjective;
import eu.nephele.smo.api.placement.PlacementStrategy;
import eu.nephele.smo.core.contract.measure.MetricsRecorder;
import eu.nephele.smo.core.strategies.StrategyModule;
import eu.nephele.smo.core.strategies.registry.StrategyRegistry;
import eu.nephele.smo.core.strategies.settings.StrategySettings;
import eu.nephele.smo.lab.harness.decisions.InstalledComponents;
import java.time.Clock;
import java.util.List;

/**
 * The placement strategies, objectives and handlers of intents of an installation and of plugins, with their default configurations.
 *
 * @param components where they are
 */
record DayStrategies(InstalledComponents components) {

    /** Ids of the placement strategies. */
    List<String> strategies() {
        return components.values(PlacementStrategy.class, PlacementStrategy.ID);
    }

    /** Names of the objectives that strategies can weigh. */
    List<String> objectives() {
        return components.values(PlacementObjective.class, PlacementObjective.NAME);
    }

    /** Each with objects of its own, as strategies of a day must not know of another one's. */
    StrategyModule create(Clock clock) {
        StrategyModule module = StrategyModule.create(() -> StrategySettings.DEFAULTS, clock, MetricsRecorder.NONE);
        StrategyRegistry registry = module.registry();
        components
                .published(PlacementStrategy.class, PlacementStrategy.ID)
                .forEach(each -> registry.add(each.component(), each.properties()));
        components
                .published(PlacementObjective.class, PlacementObjective.NAME)
                .forEach(each -> registry.add(each.component(), each.properties()));
        components
                .published(IntentHandler.class, IntentHandler.NAME)
                .forEach(each -> registry.add(each.component(), each.properties()));
        return module;
    }
}
