// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.scaling;

import eu.nephele.smo.api.scaling.ScalingRequest;
import eu.nephele.smo.api.scaling.ScalingResult;
import eu.nephele.smo.core.contract.decision.DecisionTrials.ScalingTrial;
import eu.nephele.smo.core.contract.decision.DecisionTrials.Terms;
import eu.nephele.smo.core.strategies.guard.Attempt;
import eu.nephele.smo.core.strategies.guard.FaultLog;
import eu.nephele.smo.core.strategies.guard.Lane;
import eu.nephele.smo.core.strategies.registry.Offer;
import eu.nephele.smo.core.strategies.selection.EffectiveSelection;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiFunction;

/** Lets one scaling strategy decide a problem as it would be decided live, and nobody in its place. */
public final class ScalingTrials {
    private final Lane lane;

    public ScalingTrials(Lane lane) {
        this.lane = lane;
    }

    /** Finds the strategy and calls it until it answers; tells the log when it is not there. */
    @FunctionalInterface
    public interface Asking {
        Optional<ScalingResult> ask(BiFunction<Offer, EffectiveSelection, Attempt<ScalingResult>> call);
    }

    /** @param asking who is asked */
    public ScalingTrial run(ScalingRequest request, Terms terms, FaultLog faults, Asking asking) {
        long startNanos = System.nanoTime();
        ScalingCalls calls =
                new ScalingCalls(lane, request, terms.at(), terms.seed(), terms.workUnits(), terms.budgetMillis());
        Optional<ScalingResult> result = asking.ask(calls::call);
        return new ScalingTrial(result, faults.faults(), Duration.ofNanos(System.nanoTime() - startNanos));
    }
}
