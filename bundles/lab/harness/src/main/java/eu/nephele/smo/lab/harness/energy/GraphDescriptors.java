// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.energy;

import eu.nephele.smo.api.model.Artifact;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.api.model.LifecyclePolicy;
import eu.nephele.smo.api.model.LifecyclePolicy.OnClusterReturn;
import eu.nephele.smo.api.model.LifecyclePolicy.OnDrift;
import eu.nephele.smo.api.model.LifecyclePolicy.OnFailure;
import eu.nephele.smo.api.model.LifecyclePolicy.OnSignalChange;
import eu.nephele.smo.api.model.Link;
import eu.nephele.smo.api.model.Link.LatencyClass;
import eu.nephele.smo.api.model.ServiceScaling;
import eu.nephele.smo.api.model.ServiceScaling.ServiceProfile;
import eu.nephele.smo.api.model.ServiceSpec;
import eu.nephele.smo.api.model.StrategySelection;
import eu.nephele.smo.api.model.Trigger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Declares graphs of the day as their descriptors would, with the limits as intents. */
final class GraphDescriptors {

    private static final LifecyclePolicy FOLLOWING = new LifecyclePolicy(
            OnFailure.ROLLBACK, OnClusterReturn.STAY, OnDrift.REPAIR, OnSignalChange.REPLACE, OptionalInt.empty());

    private final StrategySelection placement;

    /** @param placement of all graphs */
    GraphDescriptors(StrategySelection placement) {
        this.placement = placement;
    }

    Graph declare(DayGraph graph) {
        return new Graph(
                new GraphId(graph.project(), "shop"),
                "",
                false,
                Map.of(),
                graph.services().stream()
                        .map(service -> service(graph, service))
                        .toList(),
                graph.near().stream().map(GraphDescriptors::link).toList(),
                placement,
                StrategySelection.UNSPECIFIED,
                FOLLOWING,
                Graph.STANDARD_PRIORITY,
                JsonObject.EMPTY);
    }

    private static Link link(DayGraph.Near near) {
        return new Link(
                near.services().one(),
                near.services().other(),
                LatencyClass.BEST_EFFORT,
                OptionalDouble.of(near.maxMillis()),
                1);
    }

    private static ServiceSpec service(DayGraph graph, DayService service) {
        Map<String, JsonValue> intents = new LinkedHashMap<>();
        intents.put(
                "compute",
                JsonObject.of(
                        List.of("cpu", "ram"), List.of(new JsonString(service.cpuClass()), new JsonString("light"))));
        if (!service.excluded().isEmpty()) {
            intents.put(
                    "location",
                    JsonObject.of(List.of("excludeClusters"), List.of(JsonArray.ofStrings(service.excluded()))));
        }
        List<String> apart = apart(graph, service.id());
        if (!apart.isEmpty()) {
            intents.put("antiAffinity", JsonArray.ofStrings(apart));
        }
        return new ServiceSpec(
                service.id(),
                new Trigger.Auto(List.of()),
                new Artifact("oci://registry.example/shop/" + service.id(), "App", "HELM", "HELM", JsonObject.EMPTY),
                intents,
                new ServiceScaling(
                        OptionalInt.of(1),
                        OptionalInt.of(DayService.MOST_REPLICAS),
                        Optional.of(new ServiceProfile(service.requestsPerReplica(), 0)),
                        Optional.empty(),
                        Optional.empty(),
                        StrategySelection.UNSPECIFIED));
    }

    private static List<String> apart(DayGraph graph, String service) {
        List<String> others = new ArrayList<>();
        for (DayGraph.Pair pair : graph.apart()) {
            if (pair.one().equals(service)) {
                others.add(pair.other());
            }
        }
        return others;
    }
}
