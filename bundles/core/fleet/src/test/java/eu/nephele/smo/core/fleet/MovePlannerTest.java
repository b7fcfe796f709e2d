// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.placement.PlacementPreference;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementRequestBuilder;
import eu.nephele.smo.api.placement.PlacementService;
import eu.nephele.smo.core.contract.fleet.FleetWorld.FleetMember;
import eu.nephele.smo.core.contract.fleet.FleetWorld.FleetSnapshot;
import eu.nephele.smo.core.fleet.MovePlanner.PlannedMoves;
import eu.nephele.smo.core.fleet.MovePlanner.PricedMove;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which moves are made, and in which order. */
class MovePlannerTest {

    private static final ClusterId C1 = new ClusterId("sim", "c1");
    private static final ClusterId C2 = new ClusterId("sim", "c2");
    private static final ClusterId C3 = new ClusterId("sim", "c3");

    /** Costs from a table; opening and distances cost nothing. */
    private static final class TableCost implements FleetCost {

        private final double[][] costs;

        TableCost(double[][] costs) {
            this.costs = costs;
        }

        @Override
        public double assign(int row, int column) {
            return costs[row][column];
        }

        @Override
        public double open(int column) {
            return 0;
        }

        @Override
        public double distance(int from, int to) {
            return 0;
        }
    }

    static LongStream seeds() {
        return LongStream.range(0, 100);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void eachStepFitsBesideWhatIsThereAndTheBudgetHolds(long seed) {
        Random random = new Random(seed);
        FleetProblem problem = new GeneratedFleet(
                        seed, 2 + random.nextInt(30), 1 + random.nextInt(5), 2 + random.nextInt(6), 0.85)
                .problem();
        FleetCost cost = costs(random, problem);
        int budget = random.nextInt(problem.services() + 1);
        PlannedMoves planned = new MovePlanner(problem, cost, shuffled(random, problem), budget).plan();

        assertThat(planned.steps().stream().mapToInt(step -> step.move().size()).sum())
                .isLessThanOrEqualTo(budget);
        assertThat(planned.steps().stream().map(step -> step.move().graph())).doesNotHaveDuplicates();
        int[] at = problem.current();
        for (PricedMove step : planned.steps()) {
            Resources[] used = problem.used(at);
            step.move().to().forEach((row, column) -> used[column] = used[column].plus(problem.demand(row)));
            for (int c = 0; c < used.length; c++) {
                assertThat(used[c].shortage(problem.capacity(c)))
                        .as("on cluster %d", c)
                        .isEmpty();
            }
            double before = cost.value(problem, at);
            step.move().to().forEach((row, column) -> at[row] = column);
            assertThat(before - cost.value(problem, at)).isCloseTo(step.gain(), within(1e-6));
            assertThat(problem.holds(step.move().graph(), at)).isTrue();
        }
        assertThat(planned.after()).isEqualTo(at);
        assertThat(cost.value(problem, at)).isLessThanOrEqualTo(cost.value(problem, problem.current()) + 1e-6);
    }

    private static FleetCost costs(Random random, FleetProblem problem) {
        double[][] costs = new double[problem.services()][problem.clusters()];
        for (double[] row : costs) {
            for (int c = 0; c < row.length; c++) {
                row[c] = random.nextInt(100);
            }
        }
        return new TableCost(costs);
    }

    /** Each graph keeps its rules there; capacities need not hold. */
    private static int[] shuffled(Random random, FleetProblem problem) {
        int[] target = problem.current();
        for (FleetGraph graph : problem.graphs()) {
            int[] tried = target.clone();
            for (int row = graph.first(); row < graph.first() + graph.size(); row++) {
                tried[row] = random.nextInt(problem.clusters());
            }
            if (problem.holds(graph, tried)) {
                target = tried;
            }
        }
        return target;
    }

    @Test
    void theMovesThatGainMostAreMadeWithinTheBudget() {
        FleetProblem problem = problem(10, 0, 0, 0);
        int[] target = {1, 1, 1};
        PlannedMoves planned = new MovePlanner(problem, gains(problem, 5, 9, 7), target, 2).plan();
        assertThat(planned.after()).containsExactly(0, 1, 1);
        assertThat(planned.leftOut().values()).containsExactly("the budget of moves is used up");
    }

    @Test
    void aMoveWaitsForTheOneThatMakesRoom() {
        // two fit on each: c1 has a and b, c2 has c and d, which leaves to c3
        FleetProblem problem = problem(2, 0, 0, 1, 1);
        int[] target = {1, 0, 1, 2};
        PlannedMoves planned = new MovePlanner(problem, gains(problem, 9, 0, 0, 1), target, 4).plan();
        assertThat(rows(planned)).containsExactly(3, 0);
    }

    @Test
    void aMoveThatGainsNothingIsMadeWhenTheOneThatItMakesRoomForPaysForBoth() {
        FleetProblem problem = problem(2, 0, 0, 1, 1);
        int[] target = {1, 0, 1, 2};
        assertThat(rows(new MovePlanner(problem, gains(problem, 9, 0, 0, -3), target, 4).plan()))
                .containsExactly(3, 0);
        assertThat(rows(new MovePlanner(problem, gains(problem, 2, 0, 0, -3), target, 4).plan()))
                .isEmpty();
    }

    @Test
    void anExchangeWithoutRoomIsLeftOutWithTheShortage() {
        FleetProblem problem = problem(1, 0, 1);
        PlannedMoves planned = new MovePlanner(problem, gains(problem, 5, 5), new int[] {1, 0}, 2).plan();
        assertThat(planned.steps()).isEmpty();
        assertThat(planned.leftOut().values())
                .contains("it does not fit beside what is there (c2: needs 1 cores, 0 free)");
    }

    @Test
    void aGraphMovesNoMoreThanItsHourAllows() {
        FleetMember member = member("g", OptionalInt.of(1), 0, 0);
        FleetProblem problem = problem(10, List.of(member));
        PlannedMoves planned = new MovePlanner(problem, gains(problem, 5, 9), new int[] {1, 1}, 10).plan();
        assertThat(planned.after()).containsExactly(0, 1);
    }

    @Test
    void preferencesAndLatenciesOfTheGraphsAreThoseOfTheFleet() {
        PlacementRequest first = builder(new GraphId("p", "a"), 1)
                .preference(new PlacementPreference(0, 3, "rather on c2", Set.of(0, 2)))
                .build();
        PlacementRequest second = builder(new GraphId("p", "b"), 2)
                .preference(new PlacementPreference(1, 5, "rather on c1", Set.of(1, 2)))
                .latency(0, 1, 7)
                .build();
        FleetProblem problem = problem(10, List.of(member(first), member(second)));

        assertThat(problem.request(problem.graphs()).preferences())
                .containsExactly(
                        new PlacementPreference(0, 3, "rather on c2", Set.of(0, 2)),
                        new PlacementPreference(2, 5, "rather on c1", Set.of(1, 2)));
        assertThat(problem.request(problem.graphs()).latencyMillis(0, 1)).isEqualTo(OptionalDouble.of(7));
    }

    private static PlacementRequestBuilder builder(GraphId graph, int services) {
        return new PlacementRequestBuilder(
                graph,
                DecisionReason.REPLACE,
                IntStream.range(0, services)
                        .mapToObj(s -> new PlacementService("s" + s, new Resources(1_000, 0, 0, 0), 1, 1))
                        .toList(),
                clusters(100));
    }

    private static FleetMember member(PlacementRequest problem) {
        return new FleetMember(problem.graph(), "1:1", 0, problem, Map.of(), "", OptionalInt.empty(), Map.of());
    }

    private static List<Integer> rows(PlannedMoves planned) {
        return planned.steps().stream()
                .flatMap(step -> step.move().to().keySet().stream())
                .toList();
    }

    /** Leaving the present cluster gains so much, wherever the service goes. */
    private static FleetCost gains(FleetProblem problem, double... gains) {
        double[][] costs = new double[problem.services()][problem.clusters()];
        for (int row = 0; row < costs.length; row++) {
            costs[row][problem.current(row)] = gains[row];
        }
        return new TableCost(costs);
    }

    /** A graph of one service of one core for each column. */
    private static FleetProblem problem(int cores, int... columns) {
        List<FleetMember> members = new ArrayList<>();
        for (int g = 0; g < columns.length; g++) {
            members.add(member("g" + g, OptionalInt.empty(), columns[g]));
        }
        return problem(cores, members);
    }

    private static FleetProblem problem(int cores, List<FleetMember> members) {
        return FleetProblemFactory.create(
                        new FleetSnapshot(clusters(cores), members, Map.of()), new HypotheticalWorld(Optional.empty()))
                .problem();
    }

    private static List<ClusterCapacity> clusters(int cores) {
        Resources free = new Resources(1_000L * cores, 0, 0, 0);
        return List.of(ClusterCapacity.of(C1, free), ClusterCapacity.of(C2, free), ClusterCapacity.of(C3, free));
    }

    private static FleetMember member(String name, OptionalInt movesLeft, int... columns) {
        GraphId graph = new GraphId("p", name);
        List<PlacementService> services = new ArrayList<>();
        for (int s = 0; s < columns.length; s++) {
            services.add(new PlacementService("s" + s, new Resources(1_000, 0, 0, 0), 1, 1));
        }
        PlacementRequestBuilder builder =
                new PlacementRequestBuilder(graph, DecisionReason.REPLACE, services, clusters(100));
        Map<ClusterId, Resources> reserved = new HashMap<>();
        for (int s = 0; s < columns.length; s++) {
            builder.current(s, columns[s]);
            reserved.merge(clusters(1).get(columns[s]).id(), new Resources(1_000, 0, 0, 0), Resources::plus);
        }
        PlacementRequest problem = builder.build();
        return new FleetMember(graph, "1:1", 0, problem, reserved, "", movesLeft, Map.of());
    }
}
