// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.proposal;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterSignals;
import eu.nephele.smo.core.contract.decision.TranslatedIntents;
import java.util.Map;

/** Inputs of one decision: intents and strategies use the same signals, even if a source reports new ones meanwhile. */
public record DecisionInputs(TranslatedIntents intents, Map<ClusterId, ClusterSignals> signals) {

    public DecisionInputs {
        signals = Map.copyOf(signals);
    }
}
