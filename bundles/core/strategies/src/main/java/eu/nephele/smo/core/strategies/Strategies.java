// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies;

import eu.nephele.smo.core.contract.decision.IntentTranslator;
import eu.nephele.smo.core.contract.decision.ObjectivePricing;
import eu.nephele.smo.core.contract.decision.PlacementDecider;
import eu.nephele.smo.core.contract.decision.ScalingDecider;
import eu.nephele.smo.core.contract.decision.StrategyCatalog;
import eu.nephele.smo.core.contract.measure.Measurements;
import eu.nephele.smo.core.strategies.guard.Guard;
import eu.nephele.smo.core.strategies.intent.HandlerTranslator;
import eu.nephele.smo.core.strategies.placement.ObjectivePricer;
import eu.nephele.smo.core.strategies.placement.PlacementDecisions;
import eu.nephele.smo.core.strategies.registry.StrategyRegistry;
import eu.nephele.smo.core.strategies.scaling.ScalingDecisions;
import java.time.Clock;

/**
 * This room without OSGi, for programs that embed the core: add services to the registry, then use the deciders.
 *
 * @param guard owns the threads; ended by {@link #close()}
 */
public record Strategies(
        StrategyRegistry registry,
        Guard guard,
        StrategyCatalog catalog,
        IntentTranslator intents,
        ObjectivePricing pricing,
        PlacementDecider placement,
        ScalingDecider scaling)
        implements AutoCloseable {

    /** Puts everything together, with an empty registry. */
    public static Strategies of(SettingsSource settings, Clock clock, Measurements measurements) {
        StrategyRegistry registry = new StrategyRegistry();
        Guard guard = new Guard(settings);
        ObjectivePricer pricer = new ObjectivePricer(registry, guard, settings, measurements);
        return new Strategies(
                registry,
                guard,
                new InstalledCatalog(registry, settings),
                new HandlerTranslator(registry, guard, settings, measurements),
                pricer,
                new PlacementDecisions(registry, guard, pricer, settings, clock, measurements),
                new ScalingDecisions(registry, guard, settings, clock, measurements));
    }

    /** Ends the threads. */
    @Override
    public void close() {
        guard.close();
    }
}
