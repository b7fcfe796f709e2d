// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies.registry;

import eu.nephele.smo.api.intent.IntentHandler;
import eu.nephele.smo.api.placement.PlacementObjective;
import eu.nephele.smo.api.placement.PlacementStrategy;
import eu.nephele.smo.api.scaling.DemandForecaster;
import eu.nephele.smo.api.scaling.ScalingStrategy;
import eu.nephele.smo.core.contract.decision.StrategyRef;

/** The kinds of service that the registry knows. */
public enum ServiceKind {
    PLACEMENT(StrategyRef.PLACEMENT, PlacementStrategy.class, PlacementStrategy.ID),
    SCALING(StrategyRef.SCALING, ScalingStrategy.class, ScalingStrategy.ID),
    FORECASTER("forecaster", DemandForecaster.class, DemandForecaster.ID),
    OBJECTIVE("objective", PlacementObjective.class, PlacementObjective.NAME),
    INTENT("intent", IntentHandler.class, IntentHandler.NAME);

    private final String word;
    private final Class<?> type;
    private final String idProperty;

    ServiceKind(String word, Class<?> type, String idProperty) {
        this.word = word;
        this.type = type;
        this.idProperty = idProperty;
    }

    /** As in {@link StrategyRef#kind()}. */
    public String word() {
        return word;
    }

    public Class<?> type() {
        return type;
    }

    public String idProperty() {
        return idProperty;
    }
}
