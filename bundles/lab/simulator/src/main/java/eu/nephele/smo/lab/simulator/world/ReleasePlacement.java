// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator.world;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.port.InstallRequest;
import eu.nephele.smo.lab.simulator.Scenario;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Placement of a release: on the targets of its request; else where the scenario puts its chart; else where its values
 * say; else on the first cluster.
 */
final class ReleasePlacement {

    private static final String AFFINITY = "clustersAffinity";
    private static final String WEB_OF_THINGS_VALUES = "voChartOverwrite";

    private final Scenario scenario;

    ReleasePlacement(Scenario scenario) {
        this.scenario = scenario;
    }

    Set<Node> choose(InstallRequest request, Nodes nodes) {
        String what = "Install " + request.key().workload();
        Set<Node> places = new LinkedHashSet<>();
        if (request.targets().isEmpty()) {
            named(request).forEach(name -> places.add(nodes.ordered(name, what)));
        } else {
            request.targets().forEach(target -> places.add(nodes.ordered(target.cluster(), what)));
        }
        if (places.isEmpty()) {
            nodes.all().stream().findFirst().ifPresent(places::add);
        }
        return places;
    }

    private List<String> named(InstallRequest request) {
        List<String> scripted = scenario.chart(request.artifact().reference()).clusters();
        if (!scripted.isEmpty()) {
            return scripted;
        }
        Optional<List<String>> top = affinity(request.values());
        return top.or(() -> request.values()
                        .get(WEB_OF_THINGS_VALUES)
                        .flatMap(JsonValue::asObject)
                        .flatMap(ReleasePlacement::affinity))
                .orElse(List.of());
    }

    private static Optional<List<String>> affinity(JsonObject values) {
        return values.get(AFFINITY).flatMap(JsonValue::asArray).map(items -> items.stream()
                .flatMap(item -> item.asString().stream())
                .toList());
    }
}
