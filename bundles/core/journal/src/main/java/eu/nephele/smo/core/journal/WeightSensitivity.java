// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.Violation;
import eu.nephele.smo.core.contract.decision.DecisionTrials;
import eu.nephele.smo.core.contract.decision.ObjectivePricing;
import eu.nephele.smo.core.contract.decision.StrategyCatalog;
import eu.nephele.smo.core.contract.decision.StrategyCatalog.InstalledStrategy;
import eu.nephele.smo.core.contract.decision.StrategyRef;
import eu.nephele.smo.core.contract.shadow.SensitivityService.WeightSweep;
import eu.nephele.smo.core.contract.store.DecisionRecord;
import eu.nephele.smo.core.contract.store.DecisionRecord.DecisionKind;
import eu.nephele.smo.core.contract.store.DecisionRecord.Snapshot;
import eu.nephele.smo.core.contract.store.DecisionStore;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import org.osgi.framework.Version;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Finds the recorded problem, and lets its strategy decide it for each weight, one request after the other. */
@Component(service = WeightSensitivity.class)
public final class WeightSensitivity {

    private static final Duration RETRY = Duration.ofSeconds(5);

    private final DecisionStore store;
    private final DecisionTrials trials;
    private final ObjectivePricing pricing;
    private final StrategyCatalog catalog;
    private final LongSupplier nanoTime;
    private final Semaphore one = new Semaphore(1);

    @Activate
    public WeightSensitivity(
            @Reference DecisionStore store,
            @Reference DecisionTrials trials,
            @Reference ObjectivePricing pricing,
            @Reference StrategyCatalog catalog) {
        this(store, trials, pricing, catalog, System::nanoTime);
    }

    /** For programs that embed the core. */
    public WeightSensitivity(
            DecisionStore store,
            DecisionTrials trials,
            ObjectivePricing pricing,
            StrategyCatalog catalog,
            LongSupplier nanoTime) {
        this.store = store;
        this.trials = trials;
        this.pricing = pricing;
        this.catalog = catalog;
        this.nanoTime = nanoTime;
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
        if (!one.tryAcquire()) {
            throw SmoException.of(
                    SmoException.Kind.UNAVAILABLE,
                    "smo",
                    "Another sensitivity analysis is computed now; try again when it is done",
                    Optional.of(RETRY));
        }
        try {
            SweepRun run = new SweepRun(trials, problem, recorded, strategy, nanoTime);
            return SensitivityJson.json(decision, strategy.strategy(), problem, sweep, run.points(sweep));
        } finally {
            one.release();
        }
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
        StrategyRef decides = sweep.strategy().map(this::highest).orElseGet(recorded::strategy);
        return new SubstituteStrategy(decides, Optional.empty());
    }

    private StrategyRef highest(String id) {
        return catalog.strategies().stream()
                .map(InstalledStrategy::ref)
                .filter(ref ->
                        ref.kind().equals(StrategyRef.PLACEMENT) && ref.id().equals(id))
                .max(Comparator.comparing(ref -> Version.parseVersion(ref.version())))
                .orElseThrow(() -> SmoException.invalid(
                        "The query is not valid",
                        List.of(new Violation("", "strategy is '%s', which is not installed".formatted(id)))));
    }
}
