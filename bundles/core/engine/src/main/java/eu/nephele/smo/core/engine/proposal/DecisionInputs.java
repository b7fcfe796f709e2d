// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.proposal;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterSignals;
import eu.nephele.smo.core.contract.decision.TranslatedIntents;
import java.util.Map;

/**
 * What one decision goes by: rules of intents and strategies see the same signals, whenever a source tells others meanwhile.
 *
 * @param intents what the intents of the graph mean
 * @param signals what was known of the energy of the clusters then
 */
public record DecisionInputs(TranslatedIntents intents, Map<ClusterId, ClusterSignals> signals) {

    public DecisionInputs {
        signals = Map.copyOf(signals);
    }
}
