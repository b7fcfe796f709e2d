// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.shadow;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.StrategySelection.ObjectiveWeight;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementResult;
import eu.nephele.smo.api.placement.PlacementResult.Placed;
import eu.nephele.smo.core.contract.decision.DecisionParameters;
import eu.nephele.smo.core.contract.decision.DecisionTrials;
import eu.nephele.smo.core.contract.decision.DecisionTrials.PlacementTrial;
import eu.nephele.smo.core.contract.decision.DecisionTrials.TrialSettings;
import eu.nephele.smo.core.contract.decision.ObjectivePricing;
import eu.nephele.smo.core.contract.decision.PlacementCost;
import eu.nephele.smo.core.contract.decision.PlacementOutcome;
import eu.nephele.smo.core.contract.decision.StrategyCatalog;
import eu.nephele.smo.core.contract.decision.StrategyRef;
import eu.nephele.smo.core.contract.shadow.Shadow;
import eu.nephele.smo.core.contract.shadow.ShadowReport.ObjectiveSum;
import eu.nephele.smo.core.shadow.ShadowFinding.AnsweredBy;
import eu.nephele.smo.core.shadow.ShadowFinding.ComparedAmounts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Lets a shadow place what was placed live, and prices both alike. */
final class PlacementComparison {

    private final DecisionTrials trials;
    private final ObjectivePricing pricing;
    private final StrategyCatalog catalog;
    private final StrategyVersions versions;
    private final long budgetMillis;

    PlacementComparison(
            DecisionTrials trials,
            ObjectivePricing pricing,
            StrategyCatalog catalog,
            StrategyVersions versions,
            long budgetMillis) {
        this.trials = trials;
        this.pricing = pricing;
        this.catalog = catalog;
        this.versions = versions;
        this.budgetMillis = budgetMillis;
    }

    ShadowFinding compare(Shadow shadow, PlacementOutcome live) {
        Optional<StrategyRef> strategy = versions.highest(shadow.kind(), shadow.selection());
        PlacementTrial trial = strategy.map(ref -> trials.place(live.request(), terms(ref, shadow, live)))
                .orElseGet(() -> StrategyVersions.noPlacementTrial(shadow));
        Optional<Placement> placedLive = placement(live.result());
        Optional<Placement> placedShadow = trial.result().flatMap(PlacementComparison::placement);
        AnsweredBy answeredBy = verdict(placedLive, trial, placedShadow);
        return new ShadowFinding(
                live.at(),
                live.request().graph().toString(),
                answeredBy,
                answeredBy == AnsweredBy.BOTH && placedLive.equals(placedShadow),
                placedLive.map(PlacementComparison::text).orElse("infeasible"),
                trial.result()
                        .map(answer ->
                                placedShadow.map(PlacementComparison::text).orElse("infeasible")),
                trial.result().isPresent() ? Optional.empty() : Optional.of(StrategyVersions.faults(trial.faults())),
                live.duration(),
                trial.duration(),
                placedLive.isPresent() && placedShadow.isPresent()
                        ? amounts(live.request(), placedLive.get(), placedShadow.get())
                        : ComparedAmounts.NONE);
    }

    private TrialSettings terms(StrategyRef strategy, Shadow shadow, PlacementOutcome live) {
        Map<String, ObjectiveWeight> weights = shadow.selection().objectives().orElseGet(() -> DecisionParameters.of(
                        live.effective(), live.fallback())
                .weights());
        return new TrialSettings(
                strategy,
                shadow.selection().parameters(),
                weights,
                live.seed(),
                live.at(),
                OptionalLong.empty(),
                budgetMillis);
    }

    /** Two infeasible answers are the same. */
    private static AnsweredBy verdict(
            Optional<Placement> placedLive, PlacementTrial trial, Optional<Placement> placedShadow) {
        if (trial.result().isEmpty() || (placedLive.isPresent() && placedShadow.isEmpty())) {
            return AnsweredBy.ONLY_LIVE;
        }
        return placedLive.isEmpty() && placedShadow.isPresent() ? AnsweredBy.ONLY_SHADOW : AnsweredBy.BOTH;
    }

    private static Optional<Placement> placement(PlacementResult result) {
        return result instanceof Placed placed ? Optional.of(placed.placement()) : Optional.empty();
    }

    /** By every objective that is installed: what neither weighs may be what one wants to know. */
    private ComparedAmounts amounts(PlacementRequest request, Placement live, Placement shadow) {
        Map<String, ObjectiveWeight> all = new TreeMap<>();
        catalog.objectives().forEach(objective -> all.put(objective.name(), ObjectiveWeight.of(1)));
        PlacementCost costLive = new PlacementCost(request, live);
        PlacementCost costShadow = new PlacementCost(request, shadow);
        List<ObjectiveSum> terms = pricing.price(request, all).stream()
                .map(objective -> new ObjectiveSum(
                        objective.objective(),
                        objective.unit(),
                        costLive.compute(objective),
                        costShadow.compute(objective)))
                .toList();
        return new ComparedAmounts(terms, moves(request, live), moves(request, shadow), 0, 0);
    }

    /** Services that are on a cluster now and would not be on it any more. */
    private static long moves(PlacementRequest request, Placement placement) {
        long moves = 0;
        for (int s = 0; s < request.services().size(); s++) {
            if (request.current(s).isPresent()) {
                ClusterId now =
                        request.clusters().get(request.current(s).getAsInt()).id();
                boolean stays =
                        placement.clustersOf(request.services().get(s).id()).contains(now);
                moves += stays ? 0 : 1;
            }
        }
        return moves;
    }

    private static String text(Placement placement) {
        return new TreeMap<>(placement.shares())
                .entrySet().stream()
                        .map(entry -> entry.getKey() + " on "
                                + entry.getValue().stream()
                                        .map(share -> share.cluster().name())
                                        .collect(Collectors.joining("+")))
                        .collect(Collectors.joining(", "));
    }
}
