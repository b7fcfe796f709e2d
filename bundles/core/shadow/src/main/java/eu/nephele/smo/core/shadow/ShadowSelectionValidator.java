// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.shadow;

import eu.nephele.smo.api.model.StrategySelection;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.Violation;
import eu.nephele.smo.core.contract.decision.StrategyCatalog;
import eu.nephele.smo.core.contract.decision.StrategyControl;
import eu.nephele.smo.core.contract.decision.StrategyControl.State;
import eu.nephele.smo.core.contract.decision.StrategyRef;
import java.util.List;

record ShadowSelectionValidator(StrategyCatalog catalog, StrategyControl control) {

    /** @throws SmoException {@code INVALID} */
    void check(String kind, StrategySelection selection) {
        if (!kind.equals(StrategyRef.PLACEMENT) && !kind.equals(StrategyRef.SCALING)) {
            throw invalid(List.of(new Violation("/kind", "Expected placement or scaling, got '%s'".formatted(kind))));
        }
        if (selection.id().isEmpty()) {
            throw invalid(List.of(new Violation("/strategy/id", "The id of a strategy is required")));
        }
        List<Violation> violations = catalog.check(kind, selection, "/strategy");
        if (!violations.isEmpty() && !isHeld(kind, selection)) {
            throw invalid(violations);
        }
    }

    /**
     * The catalogue knows nothing of one that is held back; what is wrong with its parameters, its comparisons will
     * say.
     */
    private boolean isHeld(String kind, StrategySelection selection) {
        return new StrategyVersions(control)
                .highest(kind, selection)
                .flatMap(ref -> control.standings(CallContext.INTERNAL).stream()
                        .filter(strategyStatus -> strategyStatus.ref().equals(ref))
                        .findFirst())
                .map(strategyStatus -> strategyStatus.state() == State.HELD)
                .orElse(false);
    }

    private static SmoException invalid(List<Violation> violations) {
        return SmoException.invalid("The shadow cannot be started.", violations);
    }
}
