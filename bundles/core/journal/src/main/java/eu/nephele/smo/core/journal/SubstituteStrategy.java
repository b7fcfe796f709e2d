// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.Violation;
import eu.nephele.smo.core.contract.decision.StrategyCatalog;
import eu.nephele.smo.core.contract.decision.StrategyRef;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.Version;

/** @param parameters when empty, those of the decision where another version of it decided, else its defaults */
record SubstituteStrategy(StrategyRef strategy, Optional<JsonObject> parameters) {

    JsonObject parametersAfter(StrategyRef decided, JsonObject ofDecision) {
        return parameters.orElse(decided.id().equals(strategy.id()) ? ofDecision : JsonObject.EMPTY);
    }

    /**
     * The highest installed version.
     *
     * @throws SmoException {@code INVALID}: it is not installed
     */
    static StrategyRef highest(StrategyCatalog catalog, String kind, String id) {
        return catalog.strategies().stream()
                .map(StrategyCatalog.InstalledStrategy::ref)
                .filter(ref -> ref.kind().equals(kind) && ref.id().equals(id))
                .max(Comparator.comparing(ref -> Version.parseVersion(ref.version())))
                .orElseThrow(() -> SmoException.invalid(
                        "The query is not valid",
                        List.of(new Violation("", "strategy is '%s', which is not installed".formatted(id)))));
    }
}
