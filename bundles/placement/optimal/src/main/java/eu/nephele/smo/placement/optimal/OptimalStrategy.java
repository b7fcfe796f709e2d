// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.optimal;

import eu.nephele.smo.api.model.DecisionContext;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementResult;
import eu.nephele.smo.api.placement.PlacementStrategy;
import eu.nephele.smo.placement.solver.RequestProblem;
import eu.nephele.smo.placement.solver.WorkBudget;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.Designate;

/**
 * The cheapest placement. Starts from a heuristic one, then proves or improves it by its own exact search, then by a 0/1 program;
 * where neither finishes in time, or the problem is too large, the best placement found is the answer, with its distance from a
 * lower bound. Among equally cheap placements: fewest moved services, then least CPU moved, then cluster names in service order.
 */
@Component(
        configurationPid = "eu.nephele.smo.placement.optimal",
        property = {
            PlacementStrategy.ID + "=optimal",
            PlacementStrategy.CAPABILITIES + "=" + PlacementStrategy.LEVELS,
            PlacementStrategy.CAPABILITIES + "=" + PlacementStrategy.SPLITS
        })
@Designate(ocd = OptimalConfig.class)
public final class OptimalStrategy implements PlacementStrategy {

    private final int maxBinaries;
    private final int maxNodes;
    private final SolverThreads threads;

    /** @throws IllegalArgumentException if the configuration is invalid */
    @Activate
    public OptimalStrategy(OptimalConfig config) {
        this(config.maxBinaries(), config.maxNodes(), config.solverThreads());
    }

    OptimalStrategy(int maxBinaries, int maxNodes, int solverThreads) {
        if (maxBinaries < 0 || maxNodes < 0 || solverThreads < 1) {
            throw new IllegalArgumentException(
                    "Expected maxBinaries >= 0, maxNodes >= 0, solverThreads >= 1; got maxBinaries=%d maxNodes=%d solverThreads=%d"
                            .formatted(maxBinaries, maxNodes, solverThreads));
        }
        this.maxBinaries = maxBinaries;
        this.maxNodes = maxNodes;
        this.threads = new SolverThreads(solverThreads);
    }

    @Deactivate
    void close() {
        threads.close();
    }

    @Override
    public PlacementResult place(PlacementRequest request, DecisionContext context) {
        WorkBudget work = new WorkBudget(context);
        return RequestProblem.solve(
                request, work, read -> new SolveRun(read, context, work, maxBinaries, maxNodes, threads).find());
    }
}
