// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.decision;

import eu.nephele.smo.core.contract.measure.MetricsRecorder;
import eu.nephele.smo.core.strategies.guard.EjectionPolicy;
import eu.nephele.smo.core.strategies.guard.FaultLog;
import eu.nephele.smo.core.strategies.guard.StrategyGuard;
import eu.nephele.smo.core.strategies.registry.StrategyRegistry;
import eu.nephele.smo.core.strategies.settings.SettingsSource;
import java.time.Clock;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Collaborators of every decision, of placement and of scaling. */
@Component(service = DecisionDependencies.class)
public final class DecisionDependencies {
    private final StrategyRegistry registry;
    private final StrategyGuard guard;
    private final EjectionPolicy ejectionPolicy;
    private final SettingsSource settings;
    private final Clock clock;
    private final MetricsRecorder metricsRecorder;
    private final ObserverRelay observers;

    @Activate
    public DecisionDependencies(
            @Reference StrategyRegistry registry,
            @Reference StrategyGuard guard,
            @Reference EjectionPolicy ejectionPolicy,
            @Reference SettingsSource settings,
            @Reference MeasurementsRelay measurements,
            @Reference ObserverRelay observers) {
        this(registry, guard, ejectionPolicy, settings, Clock.systemUTC(), measurements, observers);
    }

    public DecisionDependencies(
            StrategyRegistry registry,
            StrategyGuard guard,
            EjectionPolicy ejectionPolicy,
            SettingsSource settings,
            Clock clock,
            MetricsRecorder metricsRecorder,
            ObserverRelay observers) {
        this.registry = registry;
        this.guard = guard;
        this.ejectionPolicy = ejectionPolicy;
        this.settings = settings;
        this.clock = clock;
        this.metricsRecorder = metricsRecorder;
        this.observers = observers;
    }

    public StrategyRegistry registry() {
        return registry;
    }

    public StrategyGuard guard() {
        return guard;
    }

    public SettingsSource settings() {
        return settings;
    }

    public Clock clock() {
        return clock;
    }

    public MetricsRecorder measurements() {
        return metricsRecorder;
    }

    public ObserverRelay observers() {
        return observers;
    }

    public FaultLog newFaultLog() {
        return FaultLog.ofDecision(ejectionPolicy, metricsRecorder);
    }
}
