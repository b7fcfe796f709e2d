// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.Violation;
import eu.nephele.smo.api.scaling.ScalingRequest;
import eu.nephele.smo.api.scaling.ScalingResult;
import eu.nephele.smo.core.contract.decision.DecisionTrials.ScalingTrial;
import eu.nephele.smo.core.contract.decision.DecisionTrials.TrialSettings;
import eu.nephele.smo.core.contract.decision.StrategyCatalog;
import eu.nephele.smo.core.contract.decision.StrategyRef;
import eu.nephele.smo.core.contract.json.JsonFieldReader;
import eu.nephele.smo.core.contract.shadow.SensitivityService.ScalingSweep;
import eu.nephele.smo.core.contract.store.DecisionRecord;
import eu.nephele.smo.core.contract.store.DecisionRecord.DecisionKind;
import eu.nephele.smo.core.contract.store.DecisionRecord.Snapshot;
import eu.nephele.smo.core.contract.store.DecisionStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Finds the recorded call of the scaling strategy, and lets it decide anew for each value of an input. */
@Component(service = ScalingSensitivity.class)
public final class ScalingSensitivity {

    /** The newest decision with the service is looked for in so many, page by page. */
    private static final int PAGE = 10;

    /** Answers in all: each has its words, and all are in memory at once. */
    static final int MOST_ANSWERS = 20_000;

    private final DecisionStore store;
    private final StrategyCatalog catalog;
    private final SweepTurns turns;

    @Activate
    public ScalingSensitivity(
            @Reference DecisionStore store, @Reference StrategyCatalog catalog, @Reference SweepTurns turns) {
        this.store = store;
        this.catalog = catalog;
        this.turns = turns;
    }

    /** As the service does. */
    public Optional<JsonObject> sweep(GraphId graph, ScalingSweep sweep) {
        return sweep.decision()
                .flatMap(id -> store.find(graph, id))
                .filter(found -> found.kind() == DecisionKind.SCALING)
                .or(() -> sweep.decision().isPresent() ? Optional.empty() : newest(graph, sweep))
                .map(found -> sweep(graph, found, sweep));
    }

    private Optional<DecisionRecord> newest(GraphId graph, ScalingSweep sweep) {
        Optional<String> before = Optional.empty();
        while (true) {
            List<DecisionRecord> page = store.listWithoutInputs(
                    graph, new DecisionStore.Query(Optional.of(DecisionKind.SCALING), before, PAGE, true));
            Optional<DecisionRecord> found = page.stream()
                    .filter(record -> !ScalingPlaces.of(record, sweep.service()).isEmpty())
                    .findFirst();
            if (found.isPresent() || page.size() < PAGE) {
                return found.flatMap(record -> store.find(graph, record.id()));
            }
            before = Optional.of(page.get(page.size() - 1).id());
        }
    }

    private JsonObject sweep(GraphId graph, DecisionRecord decision, ScalingSweep sweep) {
        JsonObject inputs = decision.inputs()
                .map(Snapshot::content)
                .orElseThrow(() -> SmoException.conflict(
                        "Decision %s cannot be made again: it changed nothing, or its inputs were not kept"
                                .formatted(decision.id())));
        ScalingPlaces places = ScalingPlaces.of(decision, sweep.service());
        if (places.isEmpty()) {
            throw SmoException.conflict("No strategy decided the replicas of %s in decision %s"
                    .formatted(sweep.service().orElse("any service"), decision.id()));
        }
        requireFew(places, sweep);
        JsonObject call = new JsonFieldReader(inputs).objects("calls").get(places.call());
        ScalingRequest request = ScalingSnapshots.request(call);
        StrategyRef recorded = places.strategy();
        StrategyRef strategy = sweep.strategy()
                .map(id -> SubstituteStrategy.highest(catalog, StrategyRef.SCALING, id))
                .orElse(recorded);
        JsonObject parameters =
                new SubstituteStrategy(strategy, Optional.empty()).parametersAfter(recorded, places.parameters());
        VariedScaling varied = new VariedScaling(graph, sweep, request, parameters);
        List<ScalingPoint> points = turns.sweep(
                sweep.values(),
                (value, budgetMillis) -> point(
                        places,
                        value,
                        turns.trials()
                                .scale(
                                        varied.request(value),
                                        new TrialSettings(
                                                strategy,
                                                varied.parameters(value),
                                                Map.of(),
                                                ScalingSnapshots.seed(call),
                                                RecordedPlacement.instant(decision),
                                                OptionalLong.empty(),
                                                budgetMillis,
                                                true))));
        return ScalingSensitivityJson.json(
                new ScalingSensitivityJson.SweepQuestion(decision, strategy, sweep, request, parameters),
                places,
                points);
    }

    private static void requireFew(ScalingPlaces places, ScalingSweep sweep) {
        int answers = sweep.values().steps() * places.all().size();
        if (answers > MOST_ANSWERS) {
            throw SmoException.invalid(
                    "The query is not valid",
                    List.of(new Violation(
                            "",
                            "%d values for %d services are more than %d answers; ask for fewer steps"
                                    .formatted(
                                            sweep.values().steps(), places.all().size(), MOST_ANSWERS))));
        }
    }

    private static ScalingPoint point(ScalingPlaces places, double value, ScalingTrial trial) {
        Optional<ScalingResult> result = trial.result();
        return result.isEmpty()
                ? new ScalingPoint(value, List.of(), PlacementReplay.faults(trial.faults()))
                : new ScalingPoint(
                        value,
                        places.all().stream()
                                .map(place -> result.get().answers().get(place.position()))
                                .toList(),
                        "");
    }
}
