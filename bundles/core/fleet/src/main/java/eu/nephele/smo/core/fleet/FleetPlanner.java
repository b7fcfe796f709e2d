// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.fleet;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.model.StrategySelection.ObjectiveWeight;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.decision.StrategyRef;
import eu.nephele.smo.core.contract.fleet.FleetRequest;
import eu.nephele.smo.core.contract.fleet.FleetWorld.FleetSnapshot;
import eu.nephele.smo.core.contract.work.SortableIds;
import eu.nephele.smo.core.fleet.FleetCosts.ObjectiveCost;
import eu.nephele.smo.core.fleet.FleetPlan.FleetValue;
import eu.nephele.smo.core.fleet.FleetPlan.NotMade;
import eu.nephele.smo.core.fleet.FleetPlan.ObjectiveValue;
import eu.nephele.smo.core.fleet.FleetPlan.PlannedStep;
import eu.nephele.smo.core.fleet.FleetPlan.ServiceMove;
import eu.nephele.smo.core.fleet.FleetProblemFactory.JoinedFleet;
import eu.nephele.smo.core.fleet.FleetSolver.SolvedFleet;
import eu.nephele.smo.core.fleet.MovePlanner.PlannedMoves;
import eu.nephele.smo.core.fleet.MovePlanner.PricedMove;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongSupplier;

/** Makes plans: reads the fleet, lets the strategy place it, and finds the steps to there. */
final class FleetPlanner {

    private final FleetDependencies dependencies;
    /** Objective that makes the preferences of intents a cost. */
    private static final String PREFERENCES = "preferences";

    private final FleetSettings settings;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final SortableIds ids;

    FleetPlanner(FleetDependencies dependencies, FleetSettings settings, Clock clock, LongSupplier nanoTime) {
        this.dependencies = dependencies;
        this.settings = settings;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.ids = new SortableIds(clock);
    }

    /** @throws SmoException as {@link eu.nephele.smo.core.contract.fleet.FleetService#plan} says */
    FleetPlan plan(FleetRequest request) {
        FleetSelections selections = new FleetSelections(dependencies.catalog(), settings);
        StrategyRef strategy = selections.strategy(request);
        HypotheticalWorld world = new HypotheticalWorld(request.whatIf());
        FleetSnapshot snapshot = dependencies.world().snapshot(wanted(request), world.added());
        JoinedFleet joined = FleetProblemFactory.create(snapshot, world);
        FleetProblem problem = joined.problem();
        Map<String, ObjectiveWeight> weights = withPreferences(selections.weights(request), problem);
        FleetCosts costs = FleetCosts.create(
                problem,
                FleetBlocks.inOrder(problem.graphs(), settings.blockServices()),
                dependencies.pricing(),
                weights);
        Duration budget = request.budgetSeconds().isPresent()
                ? Duration.ofSeconds(request.budgetSeconds().getAsInt())
                : settings.budget();
        FleetSolver solver =
                new FleetSolver(problem, costs.weighted(), dependencies.trials(), strategy, weights, nanoTime);
        Instant now = clock.instant();
        SolvedFleet solved = solver.solve(
                FleetBlocks.byGain(problem, costs.weighted(), problem.current(), settings.blockServices()),
                now,
                budget.toMillis());
        int maxMoves = request.maxMoves().orElse(settings.maxMoves());
        PlannedMoves planned = world.isReal()
                ? new MovePlanner(problem, costs.weighted(), solved.at(), maxMoves).plan()
                : relocated(problem, costs, solved);
        List<String> faults = new ArrayList<>(solved.faults());
        weights.keySet().stream()
                .filter(name -> costs.objectives().stream()
                        .noneMatch(each -> each.name().equals(name)))
                .filter(name -> !problem.graphs().isEmpty())
                .forEach(name -> faults.add("objective %s could not price the fleet and is left out".formatted(name)));
        return new FleetPlan(
                ids.next(),
                now,
                now.plus(settings.validity()),
                !world.isReal(),
                strategy,
                maxMoves,
                value(problem, costs, planned.after()),
                steps(problem, costs, planned),
                notMade(problem, planned, solved),
                joined.staying(),
                faults);
    }

    /** Preferences of intents count as in the decisions about single graphs. */
    private static Map<String, ObjectiveWeight> withPreferences(
            Map<String, ObjectiveWeight> weights, FleetProblem problem) {
        boolean none = problem.graphs().stream()
                .allMatch(graph -> graph.member().problem().preferences().isEmpty());
        if (none || weights.containsKey(PREFERENCES)) {
            return weights;
        }
        Map<String, ObjectiveWeight> all = new TreeMap<>(weights);
        ObjectiveWeight one = ObjectiveWeight.of(1);
        all.put(PREFERENCES, ObjectiveWeight.anyNormalised(weights) ? one.ofRange() : one);
        return all;
    }

    private List<GraphId> wanted(FleetRequest request) {
        List<GraphId> all = dependencies.world().graphs();
        if (request.graphs().isEmpty()) {
            return all;
        }
        TreeSet<GraphId> named = new TreeSet<>(request.graphs());
        named.removeAll(all);
        if (!named.isEmpty()) {
            throw SmoException.notFound("No graph %s is running".formatted(named.first()));
        }
        return List.copyOf(new TreeSet<>(request.graphs()));
    }

    /** In another world everything is somewhere else at once: there is no order. */
    private static PlannedMoves relocated(FleetProblem problem, FleetCosts costs, SolvedFleet solved) {
        FleetState state = new FleetState(problem);
        List<PricedMove> moves = new ArrayList<>();
        for (FleetGraph graph : problem.graphs()) {
            FleetMove move = MoveSelection.whole(state, graph, solved.at());
            if (move.size() > 0) {
                moves.add(new PricedMove(move, -state.change(move, costs.weighted())));
                state.carryOut(move);
            }
        }
        return new PlannedMoves(moves, Map.of(), solved.at());
    }

    private static FleetValue value(FleetProblem problem, FleetCosts costs, int[] after) {
        int[] before = problem.current();
        return new FleetValue(
                problem.graphs().size(),
                problem.services(),
                costs.weighted().value(problem, before),
                costs.weighted().value(problem, after),
                costs.objectives().stream()
                        .map(each -> new ObjectiveValue(
                                each.name(),
                                each.unit(),
                                each.weight(),
                                each.cost().value(problem, before),
                                each.cost().value(problem, after)))
                        .toList());
    }

    private static List<PlannedStep> steps(FleetProblem problem, FleetCosts costs, PlannedMoves planned) {
        FleetState state = new FleetState(problem);
        List<PlannedStep> steps = new ArrayList<>();
        for (PricedMove each : planned.steps()) {
            FleetMove move = each.move();
            FleetGraph graph = move.graph();
            List<ServiceMove> moves = moves(problem, state, move);
            Map<ClusterId, Resources> needed = new HashMap<>();
            state.needed(move).forEach((column, more) -> needed.put(problem.cluster(column), more));
            SortedMap<String, Double> terms = new TreeMap<>();
            for (ObjectiveCost objective : costs.objectives()) {
                terms.put(objective.name(), state.change(move, objective.cost()));
            }
            state.carryOut(move);
            Map<String, ClusterId> places = new TreeMap<>();
            for (int row = graph.first(); row < graph.first() + graph.size(); row++) {
                if (state.at(row) != FleetProblem.NOWHERE) {
                    places.put(graph.service(row), problem.cluster(state.at(row)));
                }
            }
            steps.add(new PlannedStep(graph.id(), graph.member().basis(), moves, places, needed, each.gain(), terms));
        }
        return steps;
    }

    private static List<ServiceMove> moves(FleetProblem problem, FleetState state, FleetMove move) {
        return move.to().entrySet().stream()
                .map(entry -> new ServiceMove(
                        move.graph().service(entry.getKey()),
                        Optional.of(state.at(entry.getKey()))
                                .filter(column -> column != FleetProblem.NOWHERE)
                                .map(problem::cluster),
                        problem.cluster(entry.getValue())))
                .toList();
    }

    private static List<NotMade> notMade(FleetProblem problem, PlannedMoves planned, SolvedFleet solved) {
        FleetState state = new FleetState(problem);
        List<NotMade> all = new ArrayList<>();
        planned.leftOut()
                .forEach((move, why) -> all.add(
                        new NotMade(move.graph().id(), move.graph().priority(), moves(problem, state, move), why)));
        solved.unfit().entrySet().stream()
                .sorted(Map.Entry.comparingByKey(FleetBlocks.BY_PRIORITY.thenComparing(FleetGraph::id)))
                .forEach(entry -> all.add(
                        new NotMade(entry.getKey().id(), entry.getKey().priority(), List.of(), entry.getValue())));
        return all;
    }
}
