// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.intents.energy;

import eu.nephele.smo.api.intent.Requirements;
import eu.nephele.smo.api.model.ClusterSignals;
import eu.nephele.smo.api.model.StrategySelection.ObjectiveWeight;

/** How much energy counts. */
record EnergyWeights(double carbon, int highRenewablePercent, double preference) {

    private static final double PER_CENT = 100;

    /** @throws IllegalArgumentException if the configuration is invalid */
    static EnergyWeights of(EnergyConfig config) {
        EnergyWeights weights =
                new EnergyWeights(config.carbonWeight(), config.highRenewablePercent(), config.preferenceWeight());
        if (!isFinite(weights.carbon)
                || !isFinite(weights.preference)
                || weights.highRenewablePercent < 0
                || weights.highRenewablePercent > PER_CENT) {
            throw new IllegalArgumentException(
                    "Expected finite carbonWeight > 0 and preferenceWeight > 0, highRenewablePercent of 0 to 100; got carbonWeight=%s highRenewablePercent=%d preferenceWeight=%s"
                            .formatted(
                                    config.carbonWeight(), config.highRenewablePercent(), config.preferenceWeight()));
        }
        return weights;
    }

    private static boolean isFinite(double weight) {
        return weight > 0 && !Double.isInfinite(weight);
    }

    void lowCarbon(Requirements requirements) {
        requirements.weight("carbon", ObjectiveWeight.of(carbon));
    }

    boolean isHigh(ClusterSignals signals) {
        return signals.renewableShare().isPresent()
                && signals.renewableShare().getAsDouble() * PER_CENT >= highRenewablePercent;
    }

    String high() {
        return "at least %d %% renewable energy".formatted(highRenewablePercent);
    }
}
