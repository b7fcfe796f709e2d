// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.placement;

import eu.nephele.smo.api.model.StrategySelection.ObjectiveWeight;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementResult;
import eu.nephele.smo.core.contract.decision.DecisionTrials.PlacementTrial;
import eu.nephele.smo.core.contract.decision.DecisionTrials.TrialSettings;
import eu.nephele.smo.core.contract.decision.DecisionTrials.VariantTrial;
import eu.nephele.smo.core.contract.decision.DecisionTrials.VariantTrials;
import eu.nephele.smo.core.contract.decision.ObjectiveTerm;
import eu.nephele.smo.core.strategies.guard.FaultLog;
import eu.nephele.smo.core.strategies.guard.GuardedCalls;
import eu.nephele.smo.core.strategies.guard.GuardedResult;
import eu.nephele.smo.core.strategies.placement.PlacementCalls.Refused;
import eu.nephele.smo.core.strategies.registry.RegisteredService;
import eu.nephele.smo.core.strategies.selection.EffectiveSelection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;

/** Lets one placement strategy decide a problem as it would live, without fallbacks. */
public final class PlacementTrials {
    private final GuardedCalls guardedCalls;
    private final ObjectivePricer pricer;

    public PlacementTrials(GuardedCalls guardedCalls, ObjectivePricer pricer) {
        this.guardedCalls = guardedCalls;
        this.pricer = pricer;
    }

    /** Finds the strategy and calls it until it answers; records a fault when it is not registered. */
    @FunctionalInterface
    public interface PlacementTrialCall {
        Optional<PlacementResult> ask(
                BiFunction<RegisteredService, EffectiveSelection, GuardedResult<PlacementResult>> call);
    }

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

    /** The same for variants. */
    @FunctionalInterface
    public interface VariantsCall {
        Optional<Integer> ask(
                FaultLog faults, BiFunction<RegisteredService, EffectiveSelection, GuardedResult<Integer>> call);
    }

    /** @param crowded whether live decisions wait */
    public VariantTrials runVariants(
            PlacementRequest problem,
            List<PlacementRequest> variants,
            TrialSettings trialSettings,
            BooleanSupplier crowded,
            VariantsCall variantsCall) {
        long startNanos = System.nanoTime();
        PlacementRequest priced = pricer.pricedForTrial(
                        problem.withCosts(List.of()), trialSettings.weights(), FaultLog.ofTrial())
                .request();
        List<VariantTrial> trials = new ArrayList<>();
        long leftMillis = trialSettings.budgetMillis();
        while (trials.size() < variants.size() && leftMillis > 0 && !crowded.getAsBoolean()) {
            VariantTurn turn = new VariantTurn(variants.subList(trials.size(), variants.size()), crowded);
            PlacementCalls calls = new PlacementCalls(
                    guardedCalls,
                    priced,
                    new PlacementCalls.PlacementTerms(
                            trialSettings.at(), trialSettings.seed(), trialSettings.workUnits(), leftMillis));
            FaultLog faults = FaultLog.ofTrial();
            Optional<Integer> answered = variantsCall.ask(
                    faults, (registeredService, selection) -> calls.callEach(registeredService, selection, turn));
            trials.addAll(turn.trials());
            if (answered.isEmpty() && trials.size() < variants.size()) {
                trials.add(new VariantTrial(Optional.empty(), faults.faults()));
            }
            leftMillis = trialSettings.budgetMillis() - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos);
        }
        return new VariantTrials(trials, trials.size() < variants.size() && leftMillis > 0);
    }

    /** Calls it as the last attempt live would: a strategy with one level of costs gets the first one. */
    private static GuardedResult<PlacementResult> call(
            PlacementCalls calls, RegisteredService registeredService, EffectiveSelection selection) {
        GuardedResult<PlacementResult> guardedResult = calls.call(registeredService, selection);
        List<Refused> refused = calls.refusedForLevels();
        return refused.isEmpty() ? guardedResult : calls.callWithFirstLevel(registeredService, selection);
    }
}
