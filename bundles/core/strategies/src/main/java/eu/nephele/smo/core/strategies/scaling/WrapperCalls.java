// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.scaling;

import eu.nephele.smo.api.model.AnswerLimits;
import eu.nephele.smo.api.scaling.ScalingRequest;
import eu.nephele.smo.api.scaling.ScalingResult;
import eu.nephele.smo.api.scaling.ScalingResult.Answer;
import eu.nephele.smo.api.scaling.ScalingResult.Infeasible;
import eu.nephele.smo.api.scaling.ScalingResult.Keep;
import eu.nephele.smo.api.scaling.ScalingResult.Replicas;
import eu.nephele.smo.api.scaling.ScalingWrapper.Prepared;
import eu.nephele.smo.core.strategies.guard.FallbackChain;
import eu.nephele.smo.core.strategies.guard.FallbackChain.ChainResult;
import eu.nephele.smo.core.strategies.guard.FaultLog;
import eu.nephele.smo.core.strategies.guard.GuardedResult;
import eu.nephele.smo.core.strategies.registry.RegisteredService;
import eu.nephele.smo.core.strategies.registry.ServiceKind;
import eu.nephele.smo.core.strategies.registry.StrategyRegistry;
import eu.nephele.smo.core.strategies.selection.EffectiveSelection;
import eu.nephele.smo.core.strategies.settings.StrategySettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Lets a wrapper prepare a problem and its base strategy decide it, each guarded on its own. Fallbacks of the base are those of the base:
 * the wrapper is not to blame for them.
 */
public final class WrapperCalls {
    private final StrategyRegistry registry;
    private final StrategySettings settings;
    private final FaultLog faults;

    public WrapperCalls(StrategyRegistry registry, StrategySettings settings, FaultLog faults) {
        this.registry = registry;
        this.settings = settings;
        this.faults = faults;
    }

    /**
     * Calls the base with what the wrapper prepared.
     *
     * @param calls with the unchanged problem
     * @param guarded what the wrapper answered
     */
    GuardedResult<ScalingResult> decided(
            ScalingCalls calls, GuardedResult<Prepared> guarded, EffectiveSelection wrapper) {
        if (guarded instanceof GuardedResult.Faulted<Prepared> faulted) {
            return new GuardedResult.Faulted<>(faulted.what(), faulted.message(), faulted.cause());
        }
        if (!(guarded instanceof GuardedResult.Answered<Prepared> answered)) {
            return new GuardedResult.Gone<>();
        }
        Prepared prepared = answered.answer();
        Optional<String> flaw = PreparationCheck.flaw(calls.request(), prepared);
        if (flaw.isPresent()) {
            return new GuardedResult.Faulted<>("invalid_answer", flaw.get(), Optional.empty());
        }
        return ofBase(calls.onceMore(calls.request().with(prepared.targets())), prepared, wrapper);
    }

    private GuardedResult<ScalingResult> ofBase(ScalingCalls calls, Prepared prepared, EffectiveSelection wrapper) {
        if (calls.tooDeep()) {
            return new GuardedResult.Faulted<>(
                    "incapable",
                    "builds on a strategy that builds on others, more than %d deep"
                            .formatted(ScalingCalls.MOST_WRAPPERS),
                    Optional.empty());
        }
        EffectiveSelection base = BaseSelection.of(wrapper, settings);
        Optional<ChainResult<ScalingResult>> decided = new FallbackChain<>(
                        registry,
                        ServiceKind.SCALING,
                        Duration.ofMillis(settings.missingWaitMillis()),
                        faults,
                        calls::call)
                .decide(base, List.of());
        ScalingResult result = decided.map(by -> joined(by.offer(), by.answer(), prepared))
                .orElseGet(() -> kept(calls.request(), base));
        return new GuardedResult.Answered<>(KeptReplicas.withinBounds(calls.request(), result));
    }

    private static ScalingResult joined(RegisteredService base, ScalingResult result, Prepared prepared) {
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < result.answers().size(); i++) {
            Answer answer = result.answers().get(i);
            String note = prepared.notes().get(i).map(text -> text + "; ").orElse("");
            String reason = "%s%s: %s".formatted(note, base.description().id(), answer.reason());
            answers.add(with(answer, AnswerLimits.cut(reason, AnswerLimits.REASON_CHARACTERS)));
        }
        return new ScalingResult(answers);
    }

    private static Answer with(Answer answer, String reason) {
        if (answer instanceof Replicas replicas) {
            return new Replicas(replicas.replicas(), reason, replicas.unmet());
        }
        return answer instanceof Keep ? new Keep(reason) : new Infeasible(reason);
    }

    private static ScalingResult kept(ScalingRequest request, EffectiveSelection base) {
        String reason = "its base strategy %s could not decide; the replicas stay as they are".formatted(base.id());
        return new ScalingResult(request.targets().stream()
                .<Answer>map(target -> new Keep(reason))
                .toList());
    }
}
