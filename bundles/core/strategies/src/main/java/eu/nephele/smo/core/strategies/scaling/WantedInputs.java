// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.scaling;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.scaling.ScalingInputs;
import eu.nephele.smo.api.scaling.ScalingStrategy;
import eu.nephele.smo.core.strategies.decision.DecisionDependencies;
import eu.nephele.smo.core.strategies.guard.GuardedResult;
import eu.nephele.smo.core.strategies.registry.RegisteredService;
import eu.nephele.smo.core.strategies.registry.ServiceKind;
import eu.nephele.smo.core.strategies.selection.EffectiveSelection;
import eu.nephele.smo.core.strategies.settings.StrategySettings;
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
    private record InputsKey(
            long revision,
            String strategy,
            String parameters,
            Optional<String> configured,
            JsonObject configuredParameters,
            Duration usualHistory) {}

    /** @param failed a strategy could not say it; it is asked again */
    private record AskedInputs(ScalingInputs inputs, boolean failed) {

        static final AskedInputs NONE = new AskedInputs(ScalingInputs.NONE, false);

        AskedInputs and(AskedInputs other) {
            return new AskedInputs(inputs.and(other.inputs), failed || other.failed);
        }
    }

    ScalingInputs of(EffectiveSelection selection, Duration usualHistory) {
        StrategySettings settings = decisionDependencies.settings().get();
        InputsKey key = new InputsKey(
                decisionDependencies.registry().revision(),
                selection.id() + " " + selection.range(),
                selection.parameters().canonical(),
                settings.scaling(),
                settings.scalingParameters(),
                usualHistory);
        ScalingInputs inputs = known.get(key);
        if (inputs != null) {
            return inputs;
        }
        if (known.size() >= MOST_REMEMBERED) {
            known.clear();
        }
        AskedInputs asked = ask(selection, settings, usualHistory, 0);
        if (!asked.failed()) {
            known.put(key, asked.inputs());
        }
        return asked.inputs();
    }

    private AskedInputs ask(EffectiveSelection selection, StrategySettings settings, Duration usualHistory, int depth) {
        Optional<RegisteredService> strategy =
                decisionDependencies.registry().find(ServiceKind.SCALING, selection.id(), selection.range());
        if (strategy.isEmpty()) {
            return AskedInputs.NONE;
        }
        AskedInputs own = ask(strategy.get(), selection, settings, usualHistory);
        if (!strategy.get().description().wraps() || depth > ScalingCalls.MOST_WRAPPERS) {
            return own;
        }
        return own.and(ask(BaseSelection.of(selection, settings), settings, usualHistory, depth + 1));
    }

    private AskedInputs ask(
            RegisteredService strategy,
            EffectiveSelection selection,
            StrategySettings settings,
            Duration usualHistory) {
        return strategy.description()
                .parameters()
                .bind(selection.parameters(), "/parameters")
                .value()
                .map(parameters -> decisionDependencies
                        .guard()
                        .call(strategy, settings.budgets().scalingMillis(), deadline -> strategy.service(
                                        ScalingStrategy.class)
                                .inputs(parameters)))
                .map(result -> answered(strategy, result, usualHistory))
                .orElse(AskedInputs.NONE);
    }

    private AskedInputs answered(
            RegisteredService strategy, GuardedResult<ScalingInputs> result, Duration usualHistory) {
        ScalingInputs wanted = ScalingInputs.NONE;
        if (result instanceof GuardedResult.Answered<ScalingInputs> answered) {
            wanted = answered.answer();
        } else if (result instanceof GuardedResult.Faulted<ScalingInputs> faulted) {
            decisionDependencies.newFaultLog().failed(strategy, faulted);
        }
        return new AskedInputs(
                strategy.description().capabilities().contains(ScalingStrategy.HISTORY)
                        ? wanted.and(new ScalingInputs(List.of(), usualHistory, Optional.empty()))
                        : wanted,
                !(result instanceof GuardedResult.Answered<ScalingInputs>));
    }
}
