// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.load;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.model.StrategySelection;
import eu.nephele.smo.api.model.StrategySelection.ObjectiveWeight;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.placement.PlacementLink;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementRequestBuilder;
import eu.nephele.smo.api.placement.PlacementService;
import eu.nephele.smo.core.contract.decision.SourcedSelection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * A graph that requests a placement again and again: a chain of three services on three clusters, whose capacity always suffices.
 *
 * @param wishes its requested strategy, with the objective of the same plugin
 */
record LoadGraph(PlacementRequest request, List<SourcedSelection> wishes) {

    static final String PROJECT = "swap";

    static final int SERVICES = 3;
    private static final int CLUSTERS = 3;
    private static final long MIB = 1L << 20;

    /** @param plugin strategy id; its objective is {@code PLUGIN-cost} */
    static LoadGraph of(int number, String plugin) {
        List<PlacementService> services = IntStream.range(0, SERVICES)
                .mapToObj(s -> new PlacementService("g%d-s%d".formatted(number, s), needs(number + s), 1 + s % 2, 1))
                .toList();
        List<ClusterCapacity> clusters = IntStream.range(0, CLUSTERS)
                .mapToObj(c -> ClusterCapacity.of(
                        new ClusterId(PROJECT, "c" + c), new Resources(64_000, 65_536 * MIB, 65_536 * MIB, 0)))
                .toList();
        PlacementRequestBuilder problem = new PlacementRequestBuilder(
                new GraphId(PROJECT, "g" + number), DecisionReason.REPLACE, services, clusters);
        for (int s = 1; s < SERVICES; s++) {
            problem.link(new PlacementLink(s - 1, s, 1, OptionalDouble.empty()));
        }
        StrategySelection wish = new StrategySelection(
                Optional.of(plugin),
                Optional.empty(),
                JsonObject.EMPTY,
                true,
                Optional.of(Map.of(plugin + "-cost", ObjectiveWeight.of(1))),
                OptionalInt.empty());
        return new LoadGraph(problem.build(), List.of(new SourcedSelection("descriptor", wish)));
    }

    private static Resources needs(int seed) {
        return new Resources(100L * (1 + seed % 7), 64 * MIB * (1 + seed % 5), 0, 0);
    }
}
