// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.placement;

import eu.nephele.smo.api.model.StrategySelection.ObjectiveWeight;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementResult;
import eu.nephele.smo.core.contract.decision.DecisionTrials.PlacementTrial;
import eu.nephele.smo.core.contract.decision.DecisionTrials.Terms;
import eu.nephele.smo.core.contract.decision.ObjectiveTerm;
import eu.nephele.smo.core.strategies.guard.Attempt;
import eu.nephele.smo.core.strategies.guard.FaultLog;
import eu.nephele.smo.core.strategies.guard.Lane;
import eu.nephele.smo.core.strategies.placement.PlacementCalls.Refused;
import eu.nephele.smo.core.strategies.registry.Offer;
import eu.nephele.smo.core.strategies.selection.EffectiveSelection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** Lets one placement strategy decide a problem as it would be decided live, and nobody in its place. */
public final class PlacementTrials {
    private final Lane lane;
    private final ObjectivePricer pricer;

    public PlacementTrials(Lane lane, ObjectivePricer pricer) {
        this.lane = lane;
        this.pricer = pricer;
    }

    /** Finds the strategy and calls it until it answers; tells the log when it is not there. */
    @FunctionalInterface
    public interface Asking {
        Optional<PlacementResult> ask(BiFunction<Offer, EffectiveSelection, Attempt<PlacementResult>> call);
    }

    /** @param asking who is asked */
    public PlacementTrial run(PlacementRequest request, Terms terms, FaultLog faults, Asking asking) {
        long startNanos = System.nanoTime();
        boolean trivial = PlacementDecisions.isTrivial(request);
        Map<String, ObjectiveWeight> weights = trivial ? Map.of() : terms.weights();
        PricedProblem problem = pricer.pricedForTrial(request.withCosts(List.of()), weights, faults);
        PlacementCalls calls = new PlacementCalls(
                lane,
                problem.request(),
                new PlacementCalls.Terms(terms.at(), terms.seed(), terms.workUnits(), terms.budgetMillis()));
        Optional<PlacementResult> result = trivial
                ? Optional.of(PlacementDecisions.withoutStrategy(request, List.of()))
                : asking.ask((offer, selection) -> call(calls, offer, selection));
        List<ObjectiveTerm> objectives =
                result.map(answer -> PlacementDecisions.terms(problem, answer)).orElse(List.of());
        return new PlacementTrial(
                result, faults.faults(), objectives, Duration.ofNanos(System.nanoTime() - startNanos));
    }

    /** As in the end it would be called live: who knows one level of costs is asked with the first. */
    private static Attempt<PlacementResult> call(PlacementCalls calls, Offer offer, EffectiveSelection selection) {
        Attempt<PlacementResult> attempt = calls.call(offer, selection);
        List<Refused> refused = calls.refusedForLevels();
        return refused.isEmpty() ? attempt : calls.callWithFirstLevel(offer, selection);
    }
}
