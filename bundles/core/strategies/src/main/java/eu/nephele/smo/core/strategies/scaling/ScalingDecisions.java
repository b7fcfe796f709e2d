// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.scaling;

import eu.nephele.smo.api.graph.DeployRequest.StrategyOverride;
import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.scaling.DemandForecast;
import eu.nephele.smo.api.scaling.ForecastRequest;
import eu.nephele.smo.api.scaling.ScalingInputs;
import eu.nephele.smo.api.scaling.ScalingRequest;
import eu.nephele.smo.api.scaling.ScalingResult;
import eu.nephele.smo.api.scaling.ScalingResult.Answer;
import eu.nephele.smo.api.scaling.ScalingResult.Keep;
import eu.nephele.smo.api.scaling.ScalingTarget;
import eu.nephele.smo.api.scaling.ServiceLoad;
import eu.nephele.smo.core.contract.decision.DecisionObserver.ScalingCall;
import eu.nephele.smo.core.contract.decision.DemandOutlook;
import eu.nephele.smo.core.contract.decision.EffectiveValue;
import eu.nephele.smo.core.contract.decision.ScalingDecider;
import eu.nephele.smo.core.contract.decision.ScalingItem;
import eu.nephele.smo.core.contract.decision.ScalingOutcome;
import eu.nephele.smo.core.contract.decision.SourcedSelection;
import eu.nephele.smo.core.contract.decision.StrategyRef;
import eu.nephele.smo.core.contract.measure.Metric;
import eu.nephele.smo.core.contract.measure.MetricType;
import eu.nephele.smo.core.strategies.decision.DecisionDependencies;
import eu.nephele.smo.core.strategies.guard.FallbackChain;
import eu.nephele.smo.core.strategies.guard.FallbackChain.ChainResult;
import eu.nephele.smo.core.strategies.guard.FaultLog;
import eu.nephele.smo.core.strategies.registry.ServiceKind;
import eu.nephele.smo.core.strategies.selection.EffectiveSelection;
import eu.nephele.smo.core.strategies.selection.SelectionPrecedence;
import eu.nephele.smo.core.strategies.settings.StrategySettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Decides replicas with the registered strategies; when none can, the replicas stay as they are. */
@Component(service = ScalingDecider.class)
@Metric(
        value = "smo_scaling_duration_seconds",
        type = MetricType.HISTOGRAM,
        unit = "seconds",
        labels = {"strategy", "outcome=decided|kept"},
        meaning = "Each call of a scaling strategy for a batch of services")
public final class ScalingDecisions implements ScalingDecider {
    static final StrategyRef NOBODY = new StrategyRef(StrategyRef.SCALING, "keep", "0.0.0");

    private final DecisionDependencies decisionDependencies;
    private final WantedInputs wantedInputs;
    private final GuardedForecasts forecasts;

    @Activate
    public ScalingDecisions(@Reference DecisionDependencies decisionDependencies) {
        this.decisionDependencies = decisionDependencies;
        this.wantedInputs = new WantedInputs(decisionDependencies);
        this.forecasts = new GuardedForecasts(decisionDependencies);
    }

    @Override
    public boolean scales(String project, List<SourcedSelection> wishes) {
        return effective(project, wishes).isPresent();
    }

    @Override
    public ScalingInputs inputs(String project, List<SourcedSelection> wishes, Duration usualHistory) {
        return effective(project, wishes)
                .map(selection -> wantedInputs.of(selection, usualHistory))
                .orElse(ScalingInputs.NONE);
    }

    @Override
    public List<Optional<DemandForecast>> forecast(String forecaster, ForecastRequest request) {
        return forecasts.forecast(forecaster, request);
    }

    private Optional<EffectiveSelection> effective(String project, List<SourcedSelection> wishes) {
        StrategySettings now = decisionDependencies.settings().get();
        List<SourcedSelection> levels = SelectionPrecedence.withConfiguredScaling(
                SelectionPrecedence.withProject(wishes, project, now, StrategyOverride::scaling), now);
        return EffectiveSelection.wishOf(levels)
                .flatMap(wish ->
                        wish.selection().id().map(id -> EffectiveSelection.ofChosen(id, wish.source(), levels)));
    }

    @Override
    public List<ScalingOutcome> decide(List<ScalingItem> items, List<ClusterCapacity> clusters, DemandOutlook outlook) {
        StrategySettings now = decisionDependencies.settings().get();
        Instant at = decisionDependencies.clock().instant();
        List<ScalingTarget> targets = items.stream().map(ScalingItem::target).toList();
        BatchCapacity book = new BatchCapacity(targets, clusters);
        List<Integer> decidable = IntStream.range(0, items.size())
                .filter(i -> book.knows(targets.get(i).cluster()))
                .boxed()
                .toList();
        Map<Integer, ScalingOutcome> outcomes = new TreeMap<>();
        for (ScalingGroup group : new ScalingGroups(decisionDependencies.registry(), now, items).form(decidable)) {
            decide(group, targets, book, new DecisionMoment(now, at, outlook), outcomes);
        }
        for (int i = 0; i < items.size(); i++) {
            outcomes.putIfAbsent(i, undecided(targets.get(i), book, at));
            outcomes.put(i, outcomes.get(i).with(items.get(i).origins()));
        }
        return List.copyOf(outcomes.values());
    }

    private void decide(
            ScalingGroup group,
            List<ScalingTarget> targets,
            BatchCapacity book,
            DecisionMoment moment,
            Map<Integer, ScalingOutcome> outcomes) {
        StrategySettings now = moment.settings();
        Instant at = moment.at();
        long startNanos = System.nanoTime();
        FaultLog faults = decisionDependencies.newFaultLog();
        ScalingRequest request = ScalingRequest.of(
                group.items().stream().map(targets::get).toList(),
                book.roomFor(group.items()),
                loads(group, targets, moment.outlook()));
        long seed = ScalingCalls.seedOf(request);
        ScalingCalls calls = new ScalingCalls(
                decisionDependencies.guard(),
                request,
                at,
                seed,
                OptionalLong.empty(),
                now.budgets().scalingMillis(),
                new WrapperCalls(decisionDependencies.registry(), now, faults),
                0);
        Optional<ChainResult<ScalingResult>> decided = new FallbackChain<>(
                        decisionDependencies.registry(),
                        ServiceKind.SCALING,
                        Duration.ofMillis(now.missingWaitMillis()),
                        faults,
                        calls::call)
                .decide(group.selection(), group.standIns());
        Duration duration = Duration.ofNanos(System.nanoTime() - startNanos);
        decided.ifPresent(by -> faults.used(by.offer(), graphs(request)));
        List<EffectiveValue> effective = effective(group, decided, now);
        List<ScalingOutcome> ofCall = new ArrayList<>();
        for (int position = 0; position < group.items().size(); position++) {
            int item = group.items().get(position);
            Answer answer = answer(decided, position);
            book.decided(item, ScalingCheck.replicasAfter(targets.get(item), answer));
            ofCall.add(new ScalingOutcome(
                    targets.get(item),
                    answer,
                    decided.map(by -> by.offer().ref()).orElse(NOBODY),
                    decided.map(ChainResult::fallback).orElse(true),
                    faults.faults(),
                    effective,
                    at,
                    duration));
            outcomes.put(item, ofCall.get(position));
        }
        measure(decided, duration);
        if (decisionDependencies.observers().isObserved()) {
            decisionDependencies.observers().scaled(new ScalingCall(request, seed, ofCall));
        }
    }

    private record DecisionMoment(StrategySettings settings, Instant at, DemandOutlook outlook) {}

    /** Of whole graphs: what one service sends to the next may come from one that is not decided here. */
    private List<ServiceLoad> loads(ScalingGroup group, List<ScalingTarget> targets, DemandOutlook outlook) {
        return wantedInputs
                .of(group.selection(), Duration.ZERO)
                .forecaster()
                .map(forecaster -> group.items().stream()
                        .map(item -> targets.get(item).graph())
                        .distinct()
                        .flatMap(graph -> outlook.of(graph, forecaster).stream())
                        .toList())
                .orElse(List.of());
    }

    private static int graphs(ScalingRequest request) {
        return (int)
                request.targets().stream().map(ScalingTarget::graph).distinct().count();
    }

    private static Answer answer(Optional<ChainResult<ScalingResult>> decided, int position) {
        return decided.map(by -> by.answer().answers().get(position))
                .orElseGet(() -> new Keep("no scaling strategy could decide; the replicas stay as they are"));
    }

    private List<EffectiveValue> effective(
            ScalingGroup group, Optional<ChainResult<ScalingResult>> decided, StrategySettings now) {
        return decided.filter(by -> !by.fallback())
                .map(new PinnedBase(decisionDependencies.registry(), now)::values)
                .orElse(group.selection().values());
    }

    private static ScalingOutcome undecided(ScalingTarget target, BatchCapacity book, Instant at) {
        String reason = book.knows(target.cluster())
                ? "no scaling strategy is requested"
                : "the capacity of cluster %s is not known now"
                        .formatted(target.cluster().name());
        return new ScalingOutcome(target, new Keep(reason), NOBODY, false, List.of(), List.of(), at, Duration.ZERO);
    }

    private void measure(Optional<ChainResult<ScalingResult>> decided, Duration duration) {
        decisionDependencies
                .measurements()
                .time(
                        "smo_scaling_duration_seconds",
                        Map.of(
                                "strategy",
                                decided.map(by -> by.offer().description().id()).orElse(NOBODY.id()),
                                "outcome",
                                decided.isPresent() ? "decided" : "kept"),
                        duration);
    }
}
