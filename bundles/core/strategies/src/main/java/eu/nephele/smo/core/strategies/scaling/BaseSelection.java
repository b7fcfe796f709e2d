// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.scaling;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.StrategySelection;
import eu.nephele.smo.api.scaling.ScalingWrapper;
import eu.nephele.smo.core.contract.decision.SourcedSelection;
import eu.nephele.smo.core.strategies.selection.EffectiveSelection;
import eu.nephele.smo.core.strategies.selection.SelectionPrecedence;
import eu.nephele.smo.core.strategies.settings.StrategySettings;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Finds the strategy that a wrapper builds on. */
public final class BaseSelection {
    /** The base where neither the wrapper's parameters nor the configuration name one. */
    static final String BUILT_IN = "optimal";

    private BaseSelection() {}

    /** The base that the parameters name, as a selection in a descriptor; empty when they name none. */
    public static Optional<StrategySelection> named(JsonObject parameters) {
        return parameters.get(ScalingWrapper.BASE).flatMap(JsonValue::asObject).map(BaseSelection::selection);
    }

    private static StrategySelection selection(JsonObject base) {
        return new StrategySelection(
                base.get("id").flatMap(JsonValue::asString),
                base.get("version").flatMap(JsonValue::asString),
                base.get("parameters").flatMap(JsonValue::asObject).orElse(JsonObject.EMPTY),
                false,
                Optional.empty(),
                OptionalInt.empty());
    }

    /** The base that a selection names itself. */
    static Optional<EffectiveSelection> chosen(EffectiveSelection wrapper) {
        return named(wrapper.parameters()).flatMap(base -> base.id()
                .map(id -> EffectiveSelection.ofChosen(id, "base", List.of(new SourcedSelection("base", base)))));
    }

    /** @param wrapper the selection of the wrapper */
    static EffectiveSelection of(EffectiveSelection wrapper, StrategySettings settings) {
        return chosen(wrapper)
                .orElseGet(() -> EffectiveSelection.ofFallback(
                        settings.scaling()
                                .filter(id -> !id.equals(wrapper.id()))
                                .orElse(BUILT_IN),
                        SelectionPrecedence.withConfiguredScaling(List.of(), settings)));
    }
}
