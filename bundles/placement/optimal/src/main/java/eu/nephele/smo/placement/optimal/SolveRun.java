// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.optimal;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.DecisionContext;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementResult;
import eu.nephele.smo.api.placement.PlacementResult.Infeasible;
import eu.nephele.smo.api.placement.PlacementResult.Placed;
import eu.nephele.smo.api.placement.PlacementResult.Quality;
import eu.nephele.smo.api.placement.PlacementResult.StopReason;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Solves one request. Used once. */
final class SolveRun {

    private static final double PERCENT = 100;
    private static final int LINKS_PER_BINARY = 4;
    private static final int FIRST_NODES = 5000;
    private static final int ROUNDS = 200;

    private final PlacementRequest request;
    private final DecisionContext context;
    private final int maxBinaries;
    private final int maxNodes;
    private final SolverThreads threads;
    private final PlacementModel model;
    private final WorkBudget workBudget;
    private final Incumbent incumbent = new Incumbent();

    SolveRun(PlacementRequest request, DecisionContext context, int maxBinaries, int maxNodes, SolverThreads threads) {
        this.request = request;
        this.context = context;
        this.maxBinaries = maxBinaries;
        this.maxNodes = maxNodes;
        this.threads = threads;
        this.model = ModelReader.read(request);
        this.workBudget = new WorkBudget(context);
    }

    PlacementResult find() {
        if (model.items == 0) {
            return new Placed(Placement.NONE, quality(StopReason.PROVEN_OPTIMAL, OptionalLong.of(0), ""));
        }
        if (model.clusters == 0) {
            return infeasible(0, "", Optional.of("no available cluster"));
        }
        BranchAndBound search = new BranchAndBound(model, workBudget);
        Optional<long[]> bound = search.rootBound();
        if (bound.isEmpty()) {
            return infeasible(0, "does not fit beside the other services", Optional.empty());
        }
        Heuristic heuristic = new Heuristic(model, workBudget, incumbent, context.seed());
        heuristic.begin();
        OptionalLong rootBound = OptionalLong.of(model.objective.costLevels == 0 ? 0 : bound.get()[0]);
        if (model.binaries() > maxBinaries) {
            heuristic.rounds(ROUNDS);
            return unproven(StopReason.TOO_LARGE, rootBound, heuristic.stuck(), "too large for a proof");
        }
        if (!search(search, heuristic)) {
            return solve(rootBound, heuristic.stuck());
        }
        return incumbent.exists()
                ? settleTie(search)
                : infeasible(heuristic.stuck(), "does not fit beside the other services: proven", Optional.empty());
    }

    /** A short search solves most problems; for the others a better incumbent is worth its time. */
    private boolean search(BranchAndBound search, Heuristic heuristic) {
        if (search.improve(incumbent, Math.min(maxNodes, FIRST_NODES))) {
            return true;
        }
        heuristic.rounds(ROUNDS);
        return search.improve(incumbent, maxNodes);
    }

    private PlacementResult settleTie(BranchAndBound search) {
        Optional<int[]> first = search.firstInOrder(incumbent.key(), incumbent.at(), maxNodes);
        first.ifPresent(at -> incumbent.offer(at, model.key(at)));
        return proven(first.isPresent());
    }

    private PlacementResult solve(OptionalLong rootBound, int stuck) {
        boolean fits = ZeroOneProgram.links(model) <= (long) LINKS_PER_BINARY * maxBinaries;
        Optional<SolverRun.SolverStage> stage = fits && workBudget.left() > 0 ? runSolver() : Optional.empty();
        workBudget.add(stage.map(SolverRun.SolverStage::count).orElse(0L));
        if (stage.isEmpty()) {
            return unproven(StopReason.BUDGET, rootBound, stuck, "no proof within the budget");
        }
        int[] at = stage.get().at().stream().mapToInt(Integer::intValue).toArray();
        incumbent.offer(at, model.key(at));
        return proven(stage.get().complete());
    }

    private Optional<SolverRun.SolverStage> runSolver() {
        SolverRun run = new SolverRun(
                model, new ZeroOneProgram(model, context.remainingMillis()), incumbent.key(), workBudget.left());
        Optional<Thread> thread = threads.start(run);
        Optional<SolverRun.SolverStage> stage = thread.flatMap(started -> run.await(context));
        thread.ifPresent(Thread::interrupt);
        return stage;
    }

    private PlacementResult proven(boolean tieSettled) {
        String note = tieSettled ? "" : "proven in cost; the tie-break among equals is not finished";
        return placed(StopReason.PROVEN_OPTIMAL, OptionalLong.of(cost()), note);
    }

    private PlacementResult unproven(StopReason stop, OptionalLong bound, int stuck, String reason) {
        if (!incumbent.exists()) {
            return infeasible(
                    stuck, "does not fit beside the other services, which is not proven: " + reason, Optional.empty());
        }
        long least = bound.orElse(0);
        String gap = String.format(Locale.ROOT, "%.2f", PERCENT * (cost() - least) / Math.max(1, cost()));
        return placed(stop, bound, "%s; gap to the lower bound %s %% of the cost".formatted(reason, gap));
    }

    private long cost() {
        return model.objective.costLevels == 0 ? 0 : incumbent.key()[0];
    }

    private PlacementResult placed(StopReason stop, OptionalLong bound, String note) {
        int[] at = incumbent.at();
        Map<String, ClusterId> clusterByService = new LinkedHashMap<>();
        request.services()
                .forEach(service -> clusterByService.put(
                        service.id(), request.clusters().get(0).id()));
        for (int item = 0; item < at.length; item++) {
            for (int s : model.members.get(item)) {
                clusterByService.put(
                        request.services().get(s).id(),
                        request.clusters().get(at[item]).id());
            }
        }
        Map<String, Integer> replicas = new LinkedHashMap<>();
        request.services().forEach(service -> replicas.put(service.id(), service.replicas()));
        return new Placed(
                Placement.whole(clusterByService, id -> replicas.getOrDefault(id, 0)), quality(stop, bound, note));
    }

    private Quality quality(StopReason stop, OptionalLong bound, String note) {
        return new Quality(stop, bound, OptionalLong.of(workBudget.units()), note);
    }

    private Infeasible infeasible(int stuck, String otherwise, Optional<String> counterfactual) {
        return new Infeasible(InfeasibilityReasons.reasons(request, model, stuck, otherwise), counterfactual);
    }
}
