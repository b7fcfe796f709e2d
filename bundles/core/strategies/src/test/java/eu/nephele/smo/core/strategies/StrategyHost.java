// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.strategies;

import eu.nephele.smo.api.intent.IntentHandler;
import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.model.StrategySelection;
import eu.nephele.smo.api.model.StrategySelection.ObjectiveWeight;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.placement.PlacementObjective;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementRequestBuilder;
import eu.nephele.smo.api.placement.PlacementResult;
import eu.nephele.smo.api.placement.PlacementResult.Placed;
import eu.nephele.smo.api.placement.PlacementResult.Quality;
import eu.nephele.smo.api.placement.PlacementService;
import eu.nephele.smo.api.placement.PlacementStrategy;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.scaling.DemandForecaster;
import eu.nephele.smo.api.scaling.ScalingStrategy;
import eu.nephele.smo.core.contract.decision.PlacementOutcome;
import eu.nephele.smo.core.contract.decision.SourcedSelection;
import eu.nephele.smo.core.contract.decision.StrategyControl.StrategyStatus;
import eu.nephele.smo.core.contract.decision.StrategyRef;
import eu.nephele.smo.core.contract.json.StrictJson;
import eu.nephele.smo.core.contract.measure.MetricsRecorder;
import eu.nephele.smo.core.strategies.registry.RegistryEntry;
import eu.nephele.smo.core.strategies.settings.StrategySettings;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/** The strategies as a plain program embeds them, with a short wait for missing services and a fixed clock. */
public final class StrategyHost implements AutoCloseable {
    public static final Instant NOW = Instant.parse("2026-11-20T08:00:00Z");
    public static final GraphId GRAPH = new GraphId("p", "g");

    public final AtomicReference<StrategySettings> settings = new AtomicReference<>(quick(StrategySettings.DEFAULTS));
    public final StrategyModule strategies;

    public StrategyHost() {
        this(MetricsRecorder.NONE);
    }

    public StrategyHost(MetricsRecorder metricsRecorder) {
        strategies = StrategyModule.create(settings::get, Clock.fixed(NOW, ZoneOffset.UTC), metricsRecorder);
    }

    @Override
    public void close() {
        strategies.close();
    }

    /** With other budgets for everything, and other limits. */
    public void bear(long budgetMillis, long graceMillis, StrategySettings.StrategyLimits limits) {
        settings.updateAndGet(old -> new StrategySettings(
                old.initialPlacement(),
                old.weightedPlacement(),
                old.replacement(),
                old.fallbackPlacement(),
                old.scaling(),
                old.scalingParameters(),
                old.objectives(),
                old.projectDefaults(),
                new StrategySettings.Budgets(budgetMillis, budgetMillis, budgetMillis, graceMillis),
                old.poolSize(),
                old.missingWaitMillis(),
                limits));
    }

    /** Status of one version. */
    public StrategyStatus standing(String kind, String id, String version) {
        return strategies.control().standings(CallContext.INTERNAL).stream()
                .filter(strategyStatus -> strategyStatus.ref().equals(new StrategyRef(kind, id, version)))
                .findFirst()
                .orElseThrow();
    }

    /** With rules by default, which tests play, and not with the strategy that chooses by itself. */
    private static StrategySettings quick(StrategySettings settings) {
        return new StrategySettings(
                "first-fit",
                settings.weightedPlacement(),
                "optimal",
                settings.fallbackPlacement(),
                settings.scaling(),
                settings.scalingParameters(),
                settings.objectives(),
                settings.projectDefaults(),
                new StrategySettings.Budgets(1_500, 1_500, 1_500, 500),
                4,
                50,
                StrategySettings.StrategyLimits.STANDARD);
    }

    public static StrategySettings withScaling(StrategySettings settings, String id) {
        return new StrategySettings(
                settings.initialPlacement(),
                settings.weightedPlacement(),
                settings.replacement(),
                settings.fallbackPlacement(),
                Optional.of(id),
                settings.scalingParameters(),
                settings.objectives(),
                settings.projectDefaults(),
                settings.budgets(),
                settings.poolSize(),
                settings.missingWaitMillis(),
                settings.limits());
    }

    public void configure(UnaryOperator<StrategySettings> change) {
        settings.updateAndGet(change);
    }

    public RegistryEntry placement(String id, String version, PlacementStrategy strategy, String... capabilities) {
        return strategies
                .registry()
                .add(
                        strategy,
                        Map.of(
                                PlacementStrategy.ID, id,
                                PlacementStrategy.VERSION, version,
                                PlacementStrategy.CAPABILITIES, capabilities));
    }

    public RegistryEntry placement(String id, PlacementStrategy strategy, String... capabilities) {
        return placement(id, "1.0.0", strategy, capabilities);
    }

    public RegistryEntry scaling(String id, String version, ScalingStrategy strategy, String... capabilities) {
        return strategies
                .registry()
                .add(
                        strategy,
                        Map.of(
                                ScalingStrategy.ID, id,
                                ScalingStrategy.VERSION, version,
                                ScalingStrategy.CAPABILITIES, capabilities));
    }

    public RegistryEntry forecaster(String id, DemandForecaster forecaster) {
        return strategies.registry().add(forecaster, Map.of(DemandForecaster.ID, id, ScalingStrategy.VERSION, "1.0.0"));
    }

    public RegistryEntry objective(String name, PlacementObjective objective) {
        return strategies
                .registry()
                .add(objective, Map.of(PlacementObjective.NAME, name, PlacementObjective.UNIT, name + " units"));
    }

    public RegistryEntry intent(IntentHandler handler, String... names) {
        return strategies.registry().add(handler, Map.of(IntentHandler.NAME, names));
    }

    public PlacementOutcome decide(PlacementRequest request, SourcedSelection... wishes) {
        return strategies.placement().decide(request, List.of(wishes), Map.of());
    }

    /** Two services of one core each, two clusters c1 and c2 of four cores each. */
    public static PlacementRequest request(DecisionReason reason) {
        return builder(reason).build();
    }

    public static PlacementRequestBuilder builder(DecisionReason reason) {
        return new PlacementRequestBuilder(
                GRAPH, reason, List.of(service("a", 1), service("b", 1)), List.of(cluster("c1", 4), cluster("c2", 4)));
    }

    public static PlacementService service(String id, int cores) {
        return new PlacementService(id, cores(cores), 1, 1);
    }

    public static ClusterId id(String cluster) {
        return new ClusterId("sim", cluster);
    }

    public static ClusterCapacity cluster(String name, int cores) {
        return ClusterCapacity.of(id(name), cores(cores));
    }

    public static Resources cores(int cores) {
        return new Resources(cores * 1000L, 0, 0, 0);
    }

    /** A strategy that puts everything on the cluster with this index. */
    public static PlacementStrategy allOn(int cluster) {
        return (request, context) -> placed(request, cluster);
    }

    public static PlacementResult placed(PlacementRequest request, int cluster) {
        Map<String, ClusterId> chosen = new LinkedHashMap<>();
        Map<String, Integer> replicas = new LinkedHashMap<>();
        request.services().forEach(service -> {
            chosen.put(service.id(), request.clusters().get(cluster).id());
            replicas.put(service.id(), service.replicas());
        });
        return new Placed(Placement.whole(chosen, replicas::get), Quality.HEURISTIC);
    }

    public static SourcedSelection wish(String source, String id) {
        return new SourcedSelection(source, StrategySelection.ofId(id));
    }

    public static SourcedSelection wish(String source, String id, String version, String parameters) {
        return new SourcedSelection(
                source,
                new StrategySelection(
                        Optional.of(id).filter(text -> !text.isEmpty()),
                        Optional.of(version).filter(text -> !text.isEmpty()),
                        json(parameters),
                        false,
                        Optional.empty(),
                        OptionalInt.empty()));
    }

    public static SourcedSelection weights(String source, Map<String, ObjectiveWeight> weights) {
        return new SourcedSelection(
                source,
                new StrategySelection(
                        Optional.empty(),
                        Optional.empty(),
                        JsonObject.EMPTY,
                        false,
                        Optional.of(weights),
                        OptionalInt.empty()));
    }

    public static JsonObject json(String text) {
        return StrictJson.parseObject(text.replace('\'', '"'));
    }
}
