// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.scaling;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.api.scaling.ScalingWrapper;
import eu.nephele.smo.core.contract.decision.DecisionParameters;
import eu.nephele.smo.core.contract.decision.EffectiveValue;
import eu.nephele.smo.core.strategies.guard.FallbackChain.ChainResult;
import eu.nephele.smo.core.strategies.registry.RegisteredService;
import eu.nephele.smo.core.strategies.registry.ServiceKind;
import eu.nephele.smo.core.strategies.registry.StrategyRegistry;
import eu.nephele.smo.core.strategies.selection.EffectiveSelection;
import eu.nephele.smo.core.strategies.settings.StrategySettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a wrapper builds on becomes part of what is recorded of a decision, in its version and with all of its parameters: an
 * explanation has it, and a replay asks the same one though another is configured or installed by then.
 */
final class PinnedBase {
    private static final String NAME = DecisionParameters.PARAMETERS + ScalingWrapper.BASE;

    private final StrategyRegistry registry;
    private final StrategySettings settings;

    PinnedBase(StrategyRegistry registry, StrategySettings settings) {
        this.registry = registry;
        this.settings = settings;
    }

    /** Returns the effective values of a decision, with the base as it was. */
    List<EffectiveValue> values(ChainResult<?> decided) {
        List<EffectiveValue> values = decided.selection()
                .valuesWith(decided.offer().description().parameters().defaults());
        Optional<JsonObject> base = decided.offer().description().wraps()
                ? pinned(BaseSelection.of(decided.selection(), settings), 0)
                : Optional.empty();
        return base.map(pinned -> with(values, pinned)).orElse(values);
    }

    private static List<EffectiveValue> with(List<EffectiveValue> values, JsonObject base) {
        List<EffectiveValue> all = new ArrayList<>();
        String source = "builtin";
        for (EffectiveValue value : values) {
            if (value.name().equals(NAME)) {
                source = value.source();
            } else {
                all.add(value);
            }
        }
        all.add(new EffectiveValue(NAME, base, source));
        return all;
    }

    private Optional<JsonObject> pinned(EffectiveSelection base, int depth) {
        return registry.find(ServiceKind.SCALING, base.id(), base.range()).map(offer -> {
            String version = offer.description().version().toString();
            return new JsonObject(Map.of(
                    "id", new JsonString(base.id()),
                    "version", new JsonString("[%s,%s]".formatted(version, version)),
                    "parameters", parameters(offer, base, depth)));
        });
    }

    private JsonObject parameters(RegisteredService offer, EffectiveSelection base, int depth) {
        Map<String, JsonValue> parameters =
                new LinkedHashMap<>(offer.description().parameters().defaults().members());
        parameters.putAll(base.parameters().members());
        if (offer.description().wraps() && depth < ScalingCalls.MOST_WRAPPERS) {
            pinned(BaseSelection.of(base, settings), depth + 1)
                    .ifPresent(inner -> parameters.put(ScalingWrapper.BASE, inner));
        }
        return new JsonObject(parameters);
    }
}
