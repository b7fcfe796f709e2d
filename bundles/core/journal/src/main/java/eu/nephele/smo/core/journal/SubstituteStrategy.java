// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.core.contract.decision.StrategyRef;
import java.util.Optional;

/** @param parameters when empty, those of the decision where another version of it decided, else its defaults */
record SubstituteStrategy(StrategyRef strategy, Optional<JsonObject> parameters) {

    JsonObject parametersAfter(StrategyRef decided, JsonObject ofDecision) {
        return parameters.orElse(decided.id().equals(strategy.id()) ? ofDecision : JsonObject.EMPTY);
    }
}
