// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.decision;

import eu.nephele.smo.core.contract.measure.Measurements;
import eu.nephele.smo.core.strategies.guard.FaultLog;
import eu.nephele.smo.core.strategies.guard.Guard;
import eu.nephele.smo.core.strategies.guard.Referee;
import eu.nephele.smo.core.strategies.registry.StrategyRegistry;
import eu.nephele.smo.core.strategies.settings.SettingsSource;
import java.time.Clock;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What every decision needs, whatever it is about. */
@Component(service = DecisionRoom.class)
public final class DecisionRoom {
    private final StrategyRegistry registry;
    private final Guard guard;
    private final Referee referee;
    private final SettingsSource settings;
    private final Clock clock;
    private final Measurements measurements;
    private final ObserverRelay observers;

    @Activate
    public DecisionRoom(
            @Reference StrategyRegistry registry,
            @Reference Guard guard,
            @Reference Referee referee,
            @Reference SettingsSource settings,
            @Reference MeasurementsRelay measurements,
            @Reference ObserverRelay observers) {
        this(registry, guard, referee, settings, Clock.systemUTC(), measurements, observers);
    }

    public DecisionRoom(
            StrategyRegistry registry,
            Guard guard,
            Referee referee,
            SettingsSource settings,
            Clock clock,
            Measurements measurements,
            ObserverRelay observers) {
        this.registry = registry;
        this.guard = guard;
        this.referee = referee;
        this.settings = settings;
        this.clock = clock;
        this.measurements = measurements;
        this.observers = observers;
    }

    public StrategyRegistry registry() {
        return registry;
    }

    public Guard guard() {
        return guard;
    }

    public SettingsSource settings() {
        return settings;
    }

    public Clock clock() {
        return clock;
    }

    public Measurements measurements() {
        return measurements;
    }

    public ObserverRelay observers() {
        return observers;
    }

    /** An account of one decision that counts. */
    public FaultLog newFaultLog() {
        return FaultLog.ofDecision(referee, measurements);
    }
}
