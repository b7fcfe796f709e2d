// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins;

import eu.nephele.smo.api.graph.DeployRequest.StrategyOverride;
import eu.nephele.smo.api.graph.PlaceRequest;
import eu.nephele.smo.api.graph.Timestamps;
import eu.nephele.smo.api.model.DesiredState;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.LifecyclePolicy;
import eu.nephele.smo.api.model.StrategySelection;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.core.contract.store.DecisionRecord;
import eu.nephele.smo.core.contract.store.DecisionStore;
import eu.nephele.smo.core.contract.store.Desired;
import eu.nephele.smo.core.contract.store.Desired.Declaration;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.contract.store.ObservedGraph;
import eu.nephele.smo.core.contract.store.RequestedPlacement;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One graph. */
final class Samples {

    private static final GraphId ID = new GraphId("shop", "checkout");

    private Samples() {}

    static GraphRecord record() {
        Desired desired = new Desired(
                ID,
                1,
                1,
                DesiredState.RUNNING,
                new Declaration(JsonObject.EMPTY, List.of(), StrategyOverride.NONE, 1, List.of()),
                false,
                RequestedPlacement.of(
                        0,
                        new PlaceRequest(
                                DecisionReason.DEPLOY,
                                Set.of(),
                                Optional.empty(),
                                StrategySelection.UNSPECIFIED,
                                false)),
                Set.of(),
                Map.of(),
                Map.of(),
                false,
                Timestamps.from(Instant.EPOCH));
        return new GraphRecord(desired, Optional.empty(), ObservedGraph.nothing());
    }

    /** @param strategies id of a decision to the strategy that made it; others made the rest */
    static DecisionStore decisions(Map<String, String> strategies) {
        return (DecisionStore) Proxy.newProxyInstance(
                DecisionStore.class.getClassLoader(),
                new Class<?>[] {DecisionStore.class},
                (proxy, called, args) -> Optional.of(new DecisionRecord(
                        (String) args[1],
                        DecisionRecord.DecisionKind.PLACEMENT,
                        ID,
                        1,
                        Instant.EPOCH,
                        "deploy",
                        new DecisionRecord.Strategy(strategies.getOrDefault((String) args[1], "other"), "1.0.0"),
                        "placed",
                        false,
                        Duration.ZERO,
                        Optional.empty(),
                        JsonObject.EMPTY)));
    }

    static Graph graph(StrategySelection placement) {
        return new Graph(
                ID,
                "",
                false,
                Map.of(),
                List.of(),
                List.of(),
                placement,
                StrategySelection.UNSPECIFIED,
                LifecyclePolicy.STANDARD,
                Graph.STANDARD_PRIORITY,
                JsonObject.EMPTY);
    }
}
