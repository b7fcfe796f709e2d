// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.scaling;

import eu.nephele.smo.api.scaling.ScalingRequest;
import eu.nephele.smo.api.scaling.ScalingResult;
import eu.nephele.smo.core.contract.decision.DecisionTrials.ScalingTrial;
import eu.nephele.smo.core.contract.decision.DecisionTrials.TrialSettings;
import eu.nephele.smo.core.strategies.guard.FaultLog;
import eu.nephele.smo.core.strategies.guard.GuardedCalls;
import eu.nephele.smo.core.strategies.guard.GuardedResult;
import eu.nephele.smo.core.strategies.registry.RegisteredService;
import eu.nephele.smo.core.strategies.registry.StrategyRegistry;
import eu.nephele.smo.core.strategies.selection.EffectiveSelection;
import eu.nephele.smo.core.strategies.settings.SettingsSource;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiFunction;

/** Lets one scaling strategy decide a problem as it would live, without fallbacks. */
public final class ScalingTrials {
    private final GuardedCalls guardedCalls;
    private final StrategyRegistry registry;
    private final SettingsSource settings;

    public ScalingTrials(GuardedCalls guardedCalls, StrategyRegistry registry, SettingsSource settings) {
        this.guardedCalls = guardedCalls;
        this.registry = registry;
        this.settings = settings;
    }

    /** Finds the strategy and calls it until it answers; records a fault when it is not registered. */
    @FunctionalInterface
    public interface ScalingTrialCall {
        Optional<ScalingResult> ask(
                BiFunction<RegisteredService, EffectiveSelection, GuardedResult<ScalingResult>> call);
    }

    public ScalingTrial run(
            ScalingRequest request, TrialSettings trialSettings, FaultLog faults, ScalingTrialCall scalingTrialCall) {
        long startNanos = System.nanoTime();
        ScalingCalls calls = new ScalingCalls(
                guardedCalls,
                request,
                trialSettings.at(),
                trialSettings.seed(),
                trialSettings.workUnits(),
                trialSettings.budgetMillis(),
                new WrapperCalls(registry, settings.get(), faults),
                0);
        Optional<ScalingResult> result = scalingTrialCall.ask(calls::call);
        return new ScalingTrial(result, faults.faults(), Duration.ofNanos(System.nanoTime() - startNanos));
    }
}
