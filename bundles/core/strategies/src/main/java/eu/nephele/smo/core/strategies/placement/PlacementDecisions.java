// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.placement;

import eu.nephele.smo.api.graph.DeployRequest.StrategyOverride;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.StrategySelection.ObjectiveWeight;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementResult;
import eu.nephele.smo.api.placement.PlacementResult.Infeasible;
import eu.nephele.smo.api.placement.PlacementResult.Placed;
import eu.nephele.smo.api.placement.PlacementResult.Quality;
import eu.nephele.smo.core.contract.decision.EffectiveValue;
import eu.nephele.smo.core.contract.decision.ObjectiveTerm;
import eu.nephele.smo.core.contract.decision.PlacementDecider;
import eu.nephele.smo.core.contract.decision.PlacementOutcome;
import eu.nephele.smo.core.contract.decision.SourcedSelection;
import eu.nephele.smo.core.contract.decision.StrategyFault;
import eu.nephele.smo.core.contract.decision.StrategyRef;
import eu.nephele.smo.core.contract.measure.Metric;
import eu.nephele.smo.core.contract.measure.MetricType;
import eu.nephele.smo.core.strategies.decision.DecisionDependencies;
import eu.nephele.smo.core.strategies.guard.FallbackChain;
import eu.nephele.smo.core.strategies.guard.FallbackChain.ChainResult;
import eu.nephele.smo.core.strategies.guard.FaultLog;
import eu.nephele.smo.core.strategies.guard.GuardedResult;
import eu.nephele.smo.core.strategies.registry.ServiceKind;
import eu.nephele.smo.core.strategies.selection.DecisionSeeds;
import eu.nephele.smo.core.strategies.selection.EffectiveWeights;
import eu.nephele.smo.core.strategies.selection.SelectionPrecedence;
import eu.nephele.smo.core.strategies.settings.StrategySettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Decides placements with the registered strategies. */
@Component(service = PlacementDecider.class)
@Metric(
        value = "smo_placement_duration_seconds",
        type = MetricType.HISTOGRAM,
        unit = "seconds",
        labels = {"strategy", "outcome=placed|infeasible"},
        meaning = "Each placement decision; `strategy` is the one that decided")
public final class PlacementDecisions implements PlacementDecider {
    /** Decider of a placement without a strategy, because none was needed or none could decide. */
    static final StrategyRef NOBODY = new StrategyRef(StrategyRef.PLACEMENT, "none", "0.0.0");

    private final DecisionDependencies decisionDependencies;
    private final ObjectivePricer pricer;

    @Activate
    public PlacementDecisions(@Reference DecisionDependencies decisionDependencies, @Reference ObjectivePricer pricer) {
        this.decisionDependencies = decisionDependencies;
        this.pricer = pricer;
    }

    @Override
    public PlacementOutcome decide(
            PlacementRequest request, List<SourcedSelection> wishes, Map<String, ObjectiveWeight> intentWeights) {
        StrategySettings now = decisionDependencies.settings().get();
        Instant at = decisionDependencies.clock().instant();
        long startNanos = System.nanoTime();
        List<SourcedSelection> levels =
                SelectionPrecedence.withProject(wishes, request.graph().project(), now, StrategyOverride::placement);
        EffectiveWeights weights = EffectiveWeights.create(levels, intentWeights, now.objectives());
        PlacementChoice choice = PlacementChoice.create(request.reason(), levels, weights, now);
        FaultLog faults = decisionDependencies.newFaultLog();
        PricedProblem problem = pricer.priced(request, isTrivial(request) ? Map.of() : weights.weights(), faults);
        long seed = seed(request);
        PlacementCalls calls = new PlacementCalls(
                decisionDependencies.guard(),
                problem.request(),
                new PlacementCalls.PlacementTerms(
                        at, seed, OptionalLong.empty(), now.budgets().placementMillis()));
        Optional<ChainResult<PlacementResult>> decided =
                isTrivial(request) ? Optional.empty() : decide(choice, calls, faults, now);
        decided.ifPresent(by -> faults.used(by.offer(), 1));
        PlacementResult result =
                decided.map(ChainResult::answer).orElseGet(() -> withoutStrategy(request, faults.faults()));
        return publish(new PlacementOutcome(
                problem.request(),
                result,
                decided.map(answer -> answer.offer().ref()).orElse(NOBODY),
                decided.map(ChainResult::fallback).orElse(!isTrivial(request)),
                faults.faults(),
                effective(choice, weights, decided),
                terms(problem, result),
                seed,
                at,
                Duration.ofNanos(System.nanoTime() - startNanos)));
    }

    private Optional<ChainResult<PlacementResult>> decide(
            PlacementChoice choice, PlacementCalls calls, FaultLog faults, StrategySettings now) {
        FallbackChain<PlacementResult> chain = new FallbackChain<>(
                decisionDependencies.registry(),
                ServiceKind.PLACEMENT,
                Duration.ofMillis(now.missingWaitMillis()),
                faults,
                calls::call);
        Optional<ChainResult<PlacementResult>> decided = chain.decide(choice.wished(), choice.standIns());
        // costs are soft: rather a placement by the most important ones than none
        for (PlacementCalls.Refused refused : calls.refusedForLevels()) {
            if (decided.isEmpty()) {
                decided = decideByFirstLevel(refused, choice, calls, faults);
            }
        }
        return decided;
    }

    private static Optional<ChainResult<PlacementResult>> decideByFirstLevel(
            PlacementCalls.Refused refused, PlacementChoice choice, PlacementCalls calls, FaultLog faults) {
        GuardedResult<PlacementResult> guardedResult = calls.callWithFirstLevel(refused.offer(), refused.selection());
        if (guardedResult instanceof GuardedResult.Faulted<PlacementResult> faulted) {
            faults.failed(refused.offer(), faulted);
        }
        boolean fallback = !refused.selection().equals(choice.wished());
        return guardedResult instanceof GuardedResult.Answered<PlacementResult> answered
                ? Optional.of(new ChainResult<>(refused.offer(), refused.selection(), answered.answer(), fallback))
                : Optional.empty();
    }

    /** Nothing to place, or nowhere to place it: no strategy is bothered with that. */
    static boolean isTrivial(PlacementRequest request) {
        return request.services().isEmpty() || request.clusters().isEmpty();
    }

    static PlacementResult withoutStrategy(PlacementRequest request, List<StrategyFault> faults) {
        if (request.services().isEmpty()) {
            return new Placed(Placement.NONE, Quality.HEURISTIC);
        }
        Map<String, Map<ClusterId, String>> reasons = new LinkedHashMap<>();
        String why = faults.stream()
                .map(fault -> "%s: %s".formatted(fault.who(), fault.message()))
                .collect(Collectors.joining("; ", "no placement strategy could decide (", ")"));
        Map<ClusterId, String> everywhere = new LinkedHashMap<>();
        request.clusters().forEach(cluster -> everywhere.put(cluster.id(), why));
        request.services().forEach(service -> reasons.put(service.id(), everywhere));
        return new Infeasible(
                reasons,
                Optional.of(
                        request.clusters().isEmpty()
                                ? "No cluster is ready"
                                : "No placement strategy could decide; see the faults of this decision"));
    }

    private static List<EffectiveValue> effective(
            PlacementChoice choice, EffectiveWeights weights, Optional<ChainResult<PlacementResult>> decided) {
        List<EffectiveValue> values = new ArrayList<>(decided.filter(answer -> !answer.fallback())
                .map(answer -> answer.selection()
                        .valuesWith(answer.offer().description().parameters().defaults()))
                .orElse(choice.wished().values()));
        values.addAll(weights.values());
        return values;
    }

    static List<ObjectiveTerm> terms(PricedProblem problem, PlacementResult result) {
        return result instanceof Placed placed ? problem.terms(placed.placement()) : List.of();
    }

    private static long seed(PlacementRequest request) {
        List<Object> parts = new ArrayList<>(List.of(request.graph(), request.reason()));
        request.services().forEach(service -> parts.add(service.id()));
        return DecisionSeeds.compute(parts.toString());
    }

    private PlacementOutcome publish(PlacementOutcome outcome) {
        String word = outcome.result() instanceof Placed ? "placed" : "infeasible";
        decisionDependencies
                .measurements()
                .time(
                        "smo_placement_duration_seconds",
                        Map.of("strategy", outcome.decidedBy().id(), "outcome", word),
                        outcome.duration());
        decisionDependencies.observers().placed(outcome);
        return outcome;
    }
}
