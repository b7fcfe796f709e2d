// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.decision.ObjectivePricing;
import eu.nephele.smo.core.contract.decision.StrategyCatalog;
import eu.nephele.smo.core.contract.decision.StrategyRef;
import eu.nephele.smo.core.contract.shadow.SensitivityService.WeightSweep;
import eu.nephele.smo.core.contract.store.DecisionRecord;
import eu.nephele.smo.core.contract.store.DecisionRecord.DecisionKind;
import eu.nephele.smo.core.contract.store.DecisionRecord.Snapshot;
import eu.nephele.smo.core.contract.store.DecisionStore;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Finds the recorded problem, and lets its strategy decide it for each weight, one request after the other. */
@Component(service = WeightSensitivity.class)
public final class WeightSensitivity {

    private final DecisionStore store;
    private final ObjectivePricing pricing;
    private final StrategyCatalog catalog;
    private final SweepTurns turns;

    @Activate
    public WeightSensitivity(
            @Reference DecisionStore store,
            @Reference ObjectivePricing pricing,
            @Reference StrategyCatalog catalog,
            @Reference SweepTurns turns) {
        this.store = store;
        this.pricing = pricing;
        this.catalog = catalog;
        this.turns = turns;
    }

    /** As the service does. */
    public Optional<JsonObject> sweep(GraphId graph, WeightSweep sweep) {
        return decision(graph, sweep).map(found -> sweep(found, sweep));
    }

    private Optional<DecisionRecord> decision(GraphId graph, WeightSweep sweep) {
        DecisionStore.Query newest = new DecisionStore.Query(Optional.of(DecisionKind.PLACEMENT), Optional.empty(), 1);
        return sweep.decision()
                .or(() -> store.listWithoutInputs(graph, newest).stream()
                        .findFirst()
                        .map(DecisionRecord::id))
                .flatMap(id -> store.find(graph, id))
                .filter(found -> found.kind() == DecisionKind.PLACEMENT);
    }

    private JsonObject sweep(DecisionRecord decision, WeightSweep sweep) {
        PlacementRequest request = decision.inputs()
                .map(Snapshot::whole)
                .map(PlacementSnapshotJson::request)
                .orElseThrow(() -> SmoException.conflict(
                        "Decision %s cannot be made again: its inputs were not kept".formatted(decision.id())));
        if (request.services().isEmpty() || request.clusters().isEmpty()) {
            throw SmoException.conflict(
                    "Decision %s has no services or no clusters: no weight changes it".formatted(decision.id()));
        }
        RecordedPlacement recorded = RecordedPlacement.from(decision);
        SubstituteStrategy strategy = strategy(recorded, sweep);
        WeightedProblem problem = WeightedProblem.create(request, recorded, sweep.objective(), installed(), pricing);
        SweepRun run = new SweepRun(turns.trials(), problem, recorded, strategy);
        return SensitivityJson.json(
                decision, strategy.strategy(), problem, sweep, turns.sweep(sweep.weights(), run::point));
    }

    private List<String> installed() {
        return catalog.objectives().stream()
                .map(StrategyCatalog.InstalledObjective::name)
                .distinct()
                .sorted()
                .toList();
    }

    private SubstituteStrategy strategy(RecordedPlacement recorded, WeightSweep sweep) {
        if (sweep.strategy().isEmpty() && recorded.strategy().id().equals("none")) {
            throw SmoException.conflict("No strategy made this decision; name one that is to make it");
        }
        StrategyRef decides = sweep.strategy()
                .map(id -> SubstituteStrategy.highest(catalog, StrategyRef.PLACEMENT, id))
                .orElseGet(recorded::strategy);
        return new SubstituteStrategy(decides, Optional.empty());
    }
}
