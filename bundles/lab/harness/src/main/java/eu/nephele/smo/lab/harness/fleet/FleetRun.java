// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.fleet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import eu.nephele.smo.api.placement.PlacementObjective;
import eu.nephele.smo.api.placement.PlacementStrategy;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.core.contract.access.AccessControl;
import eu.nephele.smo.core.contract.fleet.FleetRequest;
import eu.nephele.smo.core.contract.measure.MetricsRecorder;
import eu.nephele.smo.core.contract.work.ThreadScheduler;
import eu.nephele.smo.core.fleet.AuthorizedFleetService;
import eu.nephele.smo.core.fleet.FleetDependencies;
import eu.nephele.smo.core.fleet.FleetPlans;
import eu.nephele.smo.core.fleet.FleetSettings;
import eu.nephele.smo.core.fleet.GeneratedFleet;
import eu.nephele.smo.core.strategies.StrategyModule;
import eu.nephele.smo.core.strategies.settings.StrategySettings;
import eu.nephele.smo.placement.auto.AutoStrategy;
import eu.nephele.smo.placement.objectives.MovesObjective;
import eu.nephele.smo.placement.objectives.PriceObjective;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Makes one plan as the server makes it, and checks what a caller gets. */
final class FleetRun {

    private static final String STRATEGY = "auto";

    /** A move has to save a thousandth of a currency unit per hour, so that the budget of moves is what limits. */
    private static final Map<String, Double> WEIGHTS = Map.of(StepCheck.PRICE, 100.0, "moves", 0.1);

    private static final double FILL = 0.7;
    private static final double NANOS = 1e9;

    private final FleetOptions options;

    FleetRun(FleetOptions options) {
        this.options = options;
    }

    FleetResult run() {
        GeneratedFleet fleet =
                new GeneratedFleet(options.seed(), options.graphs(), options.services(), options.clusters(), FILL);
        try (StrategyModule strategies = StrategyModule.create(
                        () -> StrategySettings.DEFAULTS, Clock.systemUTC(), MetricsRecorder.NONE);
                FleetPlans plans = plans(fleet, strategies)) {
            long start = System.nanoTime();
            String answer = new AuthorizedFleetService(plans, AccessControl.unrestricted())
                    .plan(request(), CallContext.INTERNAL)
                    .toJson();
            double seconds = (System.nanoTime() - start) / NANOS;
            JsonNode plan = new ObjectMapper().readTree(answer);
            StepCheck check = new StepCheck(fleet.snapshot(fleet.graphs(), List.of()), options.maxMoves());
            return new FleetResult(options, seconds, plan, check.check(plan));
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("The plan is no JSON", broken);
        }
    }

    private FleetRequest request() {
        return new FleetRequest(
                Set.of(),
                WEIGHTS,
                OptionalInt.of(options.maxMoves()),
                Optional.of(STRATEGY),
                OptionalInt.of(options.seconds()),
                Optional.empty());
    }

    private static FleetPlans plans(GeneratedFleet fleet, StrategyModule strategies) {
        strategies
                .registry()
                .add(new AutoStrategy(), Map.of(PlacementStrategy.ID, STRATEGY, PlacementStrategy.VERSION, "1.0.0"));
        strategies.registry().add(new MovesObjective(), objective("moves", "moved services"));
        strategies.registry().add(new PriceObjective(), objective(StepCheck.PRICE, "currency/h"));
        return new FleetPlans(
                new FleetDependencies(fleet, strategies.trials(), strategies.pricing(), strategies.catalog()),
                FleetSettings.STANDARD,
                new ThreadScheduler("fleet", 1),
                Clock.systemUTC(),
                System::nanoTime);
    }

    private static Map<String, String> objective(String name, String unit) {
        return Map.of(PlacementObjective.NAME, name, PlacementObjective.UNIT, unit);
    }
}
