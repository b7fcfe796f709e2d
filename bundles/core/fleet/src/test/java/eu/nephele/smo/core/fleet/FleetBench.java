// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.fleet;

import eu.nephele.smo.api.placement.PlacementObjective;
import eu.nephele.smo.api.placement.PlacementStrategy;
import eu.nephele.smo.core.contract.fleet.FleetRequest;
import eu.nephele.smo.core.contract.measure.MetricsRecorder;
import eu.nephele.smo.core.strategies.StrategyModule;
import eu.nephele.smo.core.strategies.settings.StrategySettings;
import eu.nephele.smo.placement.anytime.AnytimeStrategy;
import eu.nephele.smo.placement.objectives.MovesObjective;
import eu.nephele.smo.placement.objectives.PriceObjective;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Measures a plan of a large fleet: {@code main GRAPHS SERVICES CLUSTERS MOVES SECONDS}; prints one line of figures. */
public final class FleetBench {

    private FleetBench() {}

    public static void main(String[] arguments) {
        int[] sizes = new int[] {2_000, 5, 100, 200, 15};
        for (int i = 0; i < arguments.length; i++) {
            sizes[i] = Integer.parseInt(arguments[i]);
        }
        FleetPlan plan = plan(sizes[0], sizes[1], sizes[2], sizes[3], sizes[4]);
        System.out.println(plan.value() + " moves=" + plan.moves() + " notMade="
                + plan.notMade().size() + " faults=" + plan.faults());
    }

    /** A plan of a generated fleet, by price and moves. */
    static FleetPlan plan(int graphs, int services, int clusters, int moves, int seconds) {
        try (StrategyModule strategies =
                StrategyModule.create(() -> StrategySettings.DEFAULTS, Clock.systemUTC(), MetricsRecorder.NONE)) {
            strategies
                    .registry()
                    .add(
                            new AnytimeStrategy(),
                            Map.of(PlacementStrategy.ID, "anytime", PlacementStrategy.VERSION, "1.0.0"));
            strategies.registry().add(new MovesObjective(), Map.of(PlacementObjective.NAME, "moves"));
            strategies.registry().add(new PriceObjective(), Map.of(PlacementObjective.NAME, "price"));
            GeneratedFleet fleet = new GeneratedFleet(1, graphs, services, clusters, 0.7);
            long start = System.nanoTime();
            FleetPlan plan = new FleetPlanner(
                            new FleetDependencies(
                                    fleet, strategies.trials(), strategies.pricing(), strategies.catalog()),
                            FleetSettings.STANDARD,
                            Clock.systemUTC(),
                            System::nanoTime)
                    .plan(new FleetRequest(
                            Set.of(),
                            Map.of("price", 100.0, "moves", 0.1),
                            OptionalInt.of(moves),
                            Optional.empty(),
                            OptionalInt.of(seconds),
                            Optional.empty()));
            System.out.println("planned in " + Duration.ofNanos(System.nanoTime() - start));
            return plan;
        }
    }
}
