// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.fleet;

import eu.nephele.smo.api.model.StrategySelection.ObjectiveWeight;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.Violation;
import eu.nephele.smo.core.contract.decision.StrategyCatalog;
import eu.nephele.smo.core.contract.decision.StrategyCatalog.InstalledObjective;
import eu.nephele.smo.core.contract.decision.StrategyCatalog.InstalledStrategy;
import eu.nephele.smo.core.contract.decision.StrategyRef;
import eu.nephele.smo.core.contract.fleet.FleetRequest;
import eu.nephele.smo.core.contract.json.JsonPointers;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.osgi.framework.Version;

/** What a request selects, or the configuration where it selects nothing. */
final class FleetSelections {

    private final StrategyCatalog catalog;
    private final FleetSettings settings;

    FleetSelections(StrategyCatalog catalog, FleetSettings settings) {
        this.catalog = catalog;
        this.settings = settings;
    }

    /** @throws SmoException {@code INVALID} when it is not installed */
    StrategyRef strategy(FleetRequest request) {
        String id = request.strategy().orElse(settings.strategy());
        return catalog.strategies().stream()
                .map(InstalledStrategy::ref)
                .filter(ref ->
                        ref.kind().equals(StrategyRef.PLACEMENT) && ref.id().equals(id))
                .max(Comparator.comparing(ref -> Version.parseVersion(ref.version())))
                .orElseThrow(() -> SmoException.invalid(
                        "The request is not valid",
                        List.of(new Violation("/strategy", "placement strategy '%s' is not installed".formatted(id)))));
    }

    /** @throws SmoException {@code INVALID} when one is not installed */
    Map<String, ObjectiveWeight> weights(FleetRequest request) {
        Map<String, ObjectiveWeight> weights = new TreeMap<>();
        if (request.objectives().isEmpty()) {
            catalog.objectives().stream()
                    .filter(objective -> objective.defaultWeight() > 0)
                    .forEach(objective -> weights.put(objective.name(), ObjectiveWeight.of(objective.defaultWeight())));
            return weights;
        }
        Set<String> installed =
                catalog.objectives().stream().map(InstalledObjective::name).collect(Collectors.toSet());
        List<Violation> unknown = request.objectives().keySet().stream()
                .filter(name -> !installed.contains(name))
                .sorted()
                .map(name -> new Violation(
                        JsonPointers.child("/objectives", name), "no objective of that name is installed"))
                .toList();
        if (!unknown.isEmpty()) {
            throw SmoException.invalid("The request is not valid", unknown);
        }
        request.objectives().forEach((name, weight) -> weights.put(name, ObjectiveWeight.of(weight)));
        return weights;
    }
}
