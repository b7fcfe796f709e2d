// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.scaling.ScalingRequest;
import eu.nephele.smo.api.scaling.ScalingResult;
import eu.nephele.smo.core.contract.decision.DecisionParameters;
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

    /** Those that change nothing keep no inputs: the newest one that does is looked for among so many. */
    private static final int LATEST = 500;

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
        return decision(graph, sweep).map(found -> sweep(graph, found, sweep));
    }

    private Optional<DecisionRecord> decision(GraphId graph, ScalingSweep sweep) {
        return sweep.decision()
                .or(() -> newest(graph, sweep))
                .flatMap(id -> store.find(graph, id))
                .filter(found -> found.kind() == DecisionKind.SCALING);
    }

    private Optional<String> newest(GraphId graph, ScalingSweep sweep) {
        DecisionStore.Query latest =
                new DecisionStore.Query(Optional.of(DecisionKind.SCALING), Optional.empty(), LATEST);
        return store.listWithoutInputs(graph, latest).stream()
                .filter(record -> !ScalingRecords.changesNothing(record.outcome()))
                .filter(record -> !decided(record, sweep).isEmpty())
                .map(DecisionRecord::id)
                .findFirst();
    }

    /** Places whose replicas a strategy decided, in the call that has the service of the sweep. */
    private static List<ScalingPlace> decided(DecisionRecord decision, ScalingSweep sweep) {
        List<ScalingPlace> all = new JsonFieldReader(decision.details())
                .objects("services").stream()
                        .filter(service -> service.get("call").isPresent())
                        .map(ScalingPlace::from)
                        .filter(place -> !place.strategy().id().equals("keep"))
                        .toList();
        Optional<Integer> call = all.stream()
                .filter(place -> sweep.service().map(place.service()::equals).orElse(true))
                .map(ScalingPlace::call)
                .findFirst();
        return all.stream()
                .filter(place -> call.equals(Optional.of(place.call())))
                .toList();
    }

    private JsonObject sweep(GraphId graph, DecisionRecord decision, ScalingSweep sweep) {
        List<ScalingPlace> places = decided(decision, sweep);
        if (places.isEmpty()) {
            throw SmoException.conflict("No strategy decided the replicas of %s in decision %s"
                    .formatted(sweep.service().orElse("any service"), decision.id()));
        }
        JsonObject call = decision.inputs()
                .map(Snapshot::content)
                .map(content -> new JsonFieldReader(content)
                        .objects("calls")
                        .get(places.get(0).call()))
                .orElseThrow(() -> SmoException.conflict(
                        "Decision %s cannot be made again: its inputs were not kept".formatted(decision.id())));
        ScalingRequest request = ScalingSnapshots.request(call);
        StrategyRef recorded = places.get(0).strategy();
        StrategyRef strategy = sweep.strategy()
                .map(id -> SubstituteStrategy.highest(catalog, StrategyRef.SCALING, id))
                .orElse(recorded);
        JsonObject parameters = new SubstituteStrategy(strategy, Optional.empty())
                .parametersAfter(recorded, places.get(0).parameters());
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
                new ScalingSensitivityJson.Question(decision, strategy, sweep, request, parameters), places, points);
    }

    private static ScalingPoint point(List<ScalingPlace> places, double value, ScalingTrial trial) {
        Optional<ScalingResult> result = trial.result();
        return result.isEmpty()
                ? new ScalingPoint(value, List.of(), PlacementReplay.faults(trial.faults()))
                : new ScalingPoint(
                        value,
                        places.stream()
                                .map(place -> result.get().answers().get(place.position()))
                                .toList(),
                        "");
    }

    /**
     * A service on a cluster in a recorded decision.
     *
     * @param from its replicas then
     * @param call index of the call of the strategy
     * @param position in that call
     * @param parameters of the strategy that decided
     */
    record ScalingPlace(
            String service,
            String cluster,
            int from,
            int call,
            int position,
            StrategyRef strategy,
            JsonObject parameters) {

        private static ScalingPlace from(JsonObject service) {
            JsonFieldReader fields = new JsonFieldReader(service);
            return new ScalingPlace(
                    fields.text("service"),
                    fields.text("cluster"),
                    fields.integer("from"),
                    fields.integer("call"),
                    fields.integer("position"),
                    new StrategyRef(StrategyRef.SCALING, fields.text("strategy"), fields.text("strategyVersion")),
                    DecisionParameters.of(RecordedPlacement.effective(service), fields.flag("fallback"))
                            .parameters());
        }
    }
}
