// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies;

import eu.nephele.smo.core.contract.access.AccessControl;
import eu.nephele.smo.core.contract.decision.DecisionTrials;
import eu.nephele.smo.core.contract.decision.IntentTranslator;
import eu.nephele.smo.core.contract.decision.ObjectivePricing;
import eu.nephele.smo.core.contract.decision.PlacementDecider;
import eu.nephele.smo.core.contract.decision.ScalingDecider;
import eu.nephele.smo.core.contract.decision.StrategyCatalog;
import eu.nephele.smo.core.contract.decision.StrategyControl;
import eu.nephele.smo.core.contract.measure.MetricsRecorder;
import eu.nephele.smo.core.strategies.control.GuardedTrials;
import eu.nephele.smo.core.strategies.control.InstalledControl;
import eu.nephele.smo.core.strategies.decision.DecisionDependencies;
import eu.nephele.smo.core.strategies.decision.ObserverRelay;
import eu.nephele.smo.core.strategies.guard.EjectionPolicy;
import eu.nephele.smo.core.strategies.guard.StrategyGuard;
import eu.nephele.smo.core.strategies.intent.HandlerTranslator;
import eu.nephele.smo.core.strategies.placement.ObjectivePricer;
import eu.nephele.smo.core.strategies.placement.PlacementDecisions;
import eu.nephele.smo.core.strategies.registry.StrategyRegistry;
import eu.nephele.smo.core.strategies.scaling.ScalingDecisions;
import eu.nephele.smo.core.strategies.settings.SettingsSource;
import java.time.Clock;

/**
 * The strategies without OSGi, for programs that embed the core: add services to the registry, then use the deciders.
 *
 * @param guard owns the threads; ended by {@link #close()}
 */
public record StrategyModule(
        StrategyRegistry registry,
        StrategyGuard guard,
        ObserverRelay observers,
        StrategyCatalog catalog,
        StrategyControl control,
        IntentTranslator intents,
        ObjectivePricing pricing,
        PlacementDecider placement,
        ScalingDecider scaling,
        DecisionTrials trials)
        implements AutoCloseable {

    public static StrategyModule create(SettingsSource settings, Clock clock, MetricsRecorder metricsRecorder) {
        StrategyRegistry registry = new StrategyRegistry(clock);
        EjectionPolicy ejectionPolicy = new EjectionPolicy(registry, settings, clock);
        StrategyGuard guard = new StrategyGuard(settings, ejectionPolicy, registry);
        ObserverRelay observers = new ObserverRelay();
        DecisionDependencies decisionDependencies =
                new DecisionDependencies(registry, guard, ejectionPolicy, settings, clock, metricsRecorder, observers);
        ObjectivePricer pricer = new ObjectivePricer(registry, guard, settings);
        return new StrategyModule(
                registry,
                guard,
                observers,
                new InstalledCatalog(registry, settings, AccessControl.unrestricted()),
                new InstalledControl(registry, AccessControl.unrestricted()),
                new HandlerTranslator(decisionDependencies),
                pricer,
                new PlacementDecisions(decisionDependencies, pricer),
                new ScalingDecisions(decisionDependencies),
                new GuardedTrials(registry, guard, pricer, settings));
    }

    @Override
    public void close() {
        guard.close();
    }
}
