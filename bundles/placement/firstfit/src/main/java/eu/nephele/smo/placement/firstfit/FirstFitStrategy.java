// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.firstfit;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.DecisionContext;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementResult;
import eu.nephele.smo.api.placement.PlacementResult.Infeasible;
import eu.nephele.smo.api.placement.PlacementResult.Placed;
import eu.nephele.smo.api.placement.PlacementResult.Quality;
import eu.nephele.smo.api.placement.PlacementService;
import eu.nephele.smo.api.placement.PlacementStrategy;
import eu.nephele.smo.placement.solver.AssignmentProblem;
import eu.nephele.smo.placement.solver.FirstFitConstruction;
import eu.nephele.smo.placement.solver.PlacementObstacles;
import eu.nephele.smo.placement.solver.RequestProblem;
import eu.nephele.smo.placement.solver.RuleProgress;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.osgi.service.component.annotations.Component;

/**
 * The reference's naive placement: services in descriptor order, each on the first cluster in name order that has room for all
 * its replicas and that nothing forbids. Services that must be together are placed as one, where the first of them stands.
 * Ignores costs. Does not solve every feasible problem, because it never backtracks.
 */
@Component(
        property = {PlacementStrategy.ID + "=first-fit", PlacementStrategy.CAPABILITIES + "=" + PlacementStrategy.SPLITS
        })
public final class FirstFitStrategy implements PlacementStrategy {

    private static final String FIRST_BY_NAME = " comes first by name, and it fits there";

    @Override
    public PlacementResult place(PlacementRequest request, DecisionContext context) {
        if (request.clusters().isEmpty()) {
            return nowhere(request);
        }
        return RequestProblem.solveWithoutCosts(
                request, read -> largestServiceFitsNoCluster(read).orElseGet(() -> place(read)));
    }

    private static PlacementResult place(RequestProblem read) {
        FirstFitConstruction construction = new FirstFitConstruction(read.problem());
        int stuck = construction.run();
        PlacementObstacles obstacles = new PlacementObstacles(read);
        int[] at = construction.at();
        if (stuck != AssignmentProblem.NOWHERE) {
            String error = error(read, stuck) + ": ";
            return new Infeasible(obstacles.against(new RuleProgress(read, at), stuck, error), Optional.empty());
        }
        return new Placed(
                read.placement(at),
                Quality.HEURISTIC,
                obstacles.rejected(
                        read.asWritten(),
                        at,
                        (placed, item, first, other) -> other < first
                                ? obstacles.obstacle(placed, item, other)
                                : read.request().clusters().get(first).id().name() + FIRST_BY_NAME));
    }

    private static Infeasible nowhere(PlacementRequest request) {
        Map<String, Map<ClusterId, String>> reasons = new LinkedHashMap<>();
        request.services().forEach(service -> reasons.put(service.id(), Map.of()));
        return new Infeasible(reasons, Optional.of("no available cluster"));
    }

    /** The reference's first check; before the second one, because its message is clearer. */
    private static Optional<PlacementResult> largestServiceFitsNoCluster(RequestProblem read) {
        PlacementRequest request = read.request();
        long largestCluster = request.clusters().stream()
                .mapToLong(cluster -> cluster.free().cpuMillis())
                .max()
                .orElse(0);
        return IntStream.range(0, request.services().size())
                .filter(s -> !request.services().get(s).isDivided())
                .boxed()
                .max(Comparator.comparingLong((Integer s) -> cpuMillis(request, s))
                        .thenComparing(Comparator.reverseOrder()))
                .filter(s -> cpuMillis(request, s) > largestCluster)
                .map(s -> tooLarge(read, s));
    }

    private static Infeasible tooLarge(RequestProblem read, int service) {
        Map<ClusterId, String> byCluster = new LinkedHashMap<>();
        for (int c = 0; c < read.request().clusters().size(); c++) {
            byCluster.put(
                    read.request().clusters().get(c).id(),
                    "a single service requires more CPU than the largest cluster: "
                            + read.obstacleAlone(List.of(service), c));
        }
        String id = read.request().services().get(service).id();
        return new Infeasible(Map.of(id, byCluster), Optional.empty());
    }

    /** The reference's second check decides the message only: services that need more than the total fail in any case. */
    private static String error(RequestProblem read, int stuck) {
        PlacementRequest request = read.request();
        boolean tooLittle =
                total(request.services().stream().map(PlacementService::demand).toList())
                        > total(request.clusters().stream()
                                .map(cluster -> cluster.free())
                                .toList());
        return tooLittle
                ? "insufficient total cluster capacity"
                : "service %s does not fit on any cluster"
                        .formatted(request.services()
                                .get(read.services(stuck).get(0))
                                .id());
    }

    private static long total(List<Resources> amounts) {
        return amounts.stream().reduce(Resources.NONE, Resources::plus).cpuMillis();
    }

    private static long cpuMillis(PlacementRequest request, int service) {
        return request.services().get(service).demand().cpuMillis();
    }
}
