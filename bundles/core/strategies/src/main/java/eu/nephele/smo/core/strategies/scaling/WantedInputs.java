// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.scaling;

import eu.nephele.smo.api.scaling.ScalingInputs;
import eu.nephele.smo.api.scaling.ScalingStrategy;
import eu.nephele.smo.core.strategies.decision.DecisionDependencies;
import eu.nephele.smo.core.strategies.guard.GuardedResult;
import eu.nephele.smo.core.strategies.registry.RegisteredService;
import eu.nephele.smo.core.strategies.registry.ServiceKind;
import eu.nephele.smo.core.strategies.selection.EffectiveSelection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Asks strategies, once for the same parameters, what they want to know; a strategy that fails here gets the present request rate. */
final class WantedInputs {
    /** Many times what one installation has of different parameters; beyond it everything is asked again. */
    private static final int MOST_REMEMBERED = 10_000;

    private final DecisionDependencies decisionDependencies;
    private final Map<InputsKey, ScalingInputs> known = new ConcurrentHashMap<>();

    WantedInputs(DecisionDependencies decisionDependencies) {
        this.decisionDependencies = decisionDependencies;
    }

    /** @param revision of the registry: another bundle may be registered under the same version */
    private record InputsKey(long revision, String strategy, String parameters, Duration usualHistory) {}

    ScalingInputs of(EffectiveSelection selection, Duration usualHistory) {
        InputsKey key = new InputsKey(
                decisionDependencies.registry().revision(),
                selection.id() + " " + selection.range(),
                selection.parameters().canonical(),
                usualHistory);
        ScalingInputs inputs = known.get(key);
        if (inputs != null) {
            return inputs;
        }
        if (known.size() >= MOST_REMEMBERED) {
            known.clear();
        }
        ScalingInputs asked = ask(selection, usualHistory, 0);
        known.put(key, asked);
        return asked;
    }

    private ScalingInputs ask(EffectiveSelection selection, Duration usualHistory, int depth) {
        Optional<RegisteredService> strategy =
                decisionDependencies.registry().find(ServiceKind.SCALING, selection.id(), selection.range());
        if (strategy.isEmpty()) {
            return ScalingInputs.NONE;
        }
        ScalingInputs own = ask(strategy.get(), selection, usualHistory);
        if (!strategy.get().description().wraps() || depth > ScalingCalls.MOST_WRAPPERS) {
            return own;
        }
        return own.and(
                ask(BaseSelection.of(selection, decisionDependencies.settings().get()), usualHistory, depth + 1));
    }

    private ScalingInputs ask(RegisteredService strategy, EffectiveSelection selection, Duration usualHistory) {
        return strategy.description()
                .parameters()
                .bind(selection.parameters(), "/parameters")
                .value()
                .map(parameters -> decisionDependencies
                        .guard()
                        .call(
                                strategy,
                                decisionDependencies.settings().get().budgets().scalingMillis(),
                                deadline ->
                                        strategy.service(ScalingStrategy.class).inputs(parameters)))
                .map(result -> answered(strategy, result, usualHistory))
                .orElse(ScalingInputs.NONE);
    }

    private ScalingInputs answered(
            RegisteredService strategy, GuardedResult<ScalingInputs> result, Duration usualHistory) {
        ScalingInputs wanted = ScalingInputs.NONE;
        if (result instanceof GuardedResult.Answered<ScalingInputs> answered) {
            wanted = answered.answer();
        } else if (result instanceof GuardedResult.Faulted<ScalingInputs> faulted) {
            decisionDependencies.newFaultLog().failed(strategy, faulted);
        }
        return strategy.description().capabilities().contains(ScalingStrategy.HISTORY)
                ? wanted.and(new ScalingInputs(List.of(), usualHistory, Optional.empty()))
                : wanted;
    }
}
