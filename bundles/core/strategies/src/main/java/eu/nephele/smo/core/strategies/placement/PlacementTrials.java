// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.placement;

import eu.nephele.smo.api.model.StrategySelection.ObjectiveWeight;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementResult;
import eu.nephele.smo.core.contract.decision.DecisionTrials.PlacementTrial;
import eu.nephele.smo.core.contract.decision.DecisionTrials.TrialSettings;
import eu.nephele.smo.core.contract.decision.ObjectiveTerm;
import eu.nephele.smo.core.strategies.guard.FaultLog;
import eu.nephele.smo.core.strategies.guard.GuardedCalls;
import eu.nephele.smo.core.strategies.guard.GuardedResult;
import eu.nephele.smo.core.strategies.placement.PlacementCalls.Refused;
import eu.nephele.smo.core.strategies.registry.RegisteredService;
import eu.nephele.smo.core.strategies.selection.EffectiveSelection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** Lets one placement strategy decide a problem as it would be decided live, and nobody in its place. */
public final class PlacementTrials {
    private final GuardedCalls guardedCalls;
    private final ObjectivePricer pricer;

    public PlacementTrials(GuardedCalls guardedCalls, ObjectivePricer pricer) {
        this.guardedCalls = guardedCalls;
        this.pricer = pricer;
    }

    /** Finds the strategy and calls it until it answers; tells the log when it is not there. */
    @FunctionalInterface
    public interface PlacementTrialCall {
        Optional<PlacementResult> ask(
                BiFunction<RegisteredService, EffectiveSelection, GuardedResult<PlacementResult>> call);
    }

    /** @param placementTrialCall who is asked */
    public PlacementTrial run(
            PlacementRequest request,
            TrialSettings trialSettings,
            FaultLog faults,
            PlacementTrialCall placementTrialCall) {
        long startNanos = System.nanoTime();
        boolean trivial = PlacementDecisions.isTrivial(request);
        Map<String, ObjectiveWeight> weights = trivial ? Map.of() : trialSettings.weights();
        PricedProblem problem = pricer.pricedForTrial(request.withCosts(List.of()), weights, faults);
        PlacementCalls calls = new PlacementCalls(
                guardedCalls,
                problem.request(),
                new PlacementCalls.PlacementTerms(
                        trialSettings.at(),
                        trialSettings.seed(),
                        trialSettings.workUnits(),
                        trialSettings.budgetMillis()));
        Optional<PlacementResult> result = trivial
                ? Optional.of(PlacementDecisions.withoutStrategy(request, List.of()))
                : placementTrialCall.ask((registeredService, selection) -> call(calls, registeredService, selection));
        List<ObjectiveTerm> objectives =
                result.map(answer -> PlacementDecisions.terms(problem, answer)).orElse(List.of());
        return new PlacementTrial(
                result, faults.faults(), objectives, Duration.ofNanos(System.nanoTime() - startNanos));
    }

    /** As in the end it would be called live: who knows one level of costs is asked with the first. */
    private static GuardedResult<PlacementResult> call(
            PlacementCalls calls, RegisteredService registeredService, EffectiveSelection selection) {
        GuardedResult<PlacementResult> guardedResult = calls.call(registeredService, selection);
        List<Refused> refused = calls.refusedForLevels();
        return refused.isEmpty() ? guardedResult : calls.callWithFirstLevel(registeredService, selection);
    }
}
