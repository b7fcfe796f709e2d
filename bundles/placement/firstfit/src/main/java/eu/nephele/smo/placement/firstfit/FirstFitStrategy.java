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
@Component(property = PlacementStrategy.ID + "=first-fit")
public final class FirstFitStrategy implements PlacementStrategy {

    /** Limit in pairs of service and cluster. */
    private static final int MOST_EXPLAINED = 200;

    @Override
    public PlacementResult place(PlacementRequest request, DecisionContext context) {
        if (request.clusters().isEmpty()) {
            return nowhere(request);
        }
        Optional<Infeasible> tooLarge = largestServiceFitsNoCluster(request);
        if (tooLarge.isPresent()) {
            return tooLarge.get();
        }
        FirstFitPacking packing = new FirstFitPacking(request);
        Map<String, Map<ClusterId, String>> rejected = new LinkedHashMap<>();
        for (List<Integer> group : groups(request)) {
            Resources demand = packing.demand(group);
            int first = firstFit(request, packing, group, demand);
            if (first < 0) {
                return stuck(request, packing, group, demand);
            }
            Map<ClusterId, String> others = others(request, packing, group, demand, first);
            group.forEach(s -> rejected.put(request.services().get(s).id(), others));
            packing.put(group, demand, first);
        }
        return new Placed(packing.placement(), Quality.HEURISTIC, rejected);
    }

    /** Reasons against other clusters; for small problems only, because every decision records them. */
    private static Map<ClusterId, String> others(
            PlacementRequest request, FirstFitPacking packing, List<Integer> group, Resources demand, int first) {
        Map<ClusterId, String> reasons = new LinkedHashMap<>();
        int clusters = request.clusters().size();
        if (request.services().size() * clusters > MOST_EXPLAINED) {
            return reasons;
        }
        String later = "%s comes first by name, and it fits there"
                .formatted(request.clusters().get(first).id().name());
        for (int c = 0; c < clusters; c++) {
            if (c != first) {
                reasons.put(request.clusters().get(c).id(), c < first ? packing.obstacle(group, demand, c) : later);
            }
        }
        return reasons;
    }

    private static List<List<Integer>> groups(PlacementRequest request) {
        return IntStream.range(0, request.services().size())
                .mapToObj(s -> request.together().stream()
                        .filter(group -> group.contains(s))
                        .findFirst()
                        .orElse(List.of(s)))
                .distinct()
                .toList();
    }

    private static int firstFit(
            PlacementRequest request, FirstFitPacking packing, List<Integer> group, Resources demand) {
        for (int c = 0; c < request.clusters().size(); c++) {
            if (packing.obstacle(group, demand, c).isEmpty()) {
                return c;
            }
        }
        return -1;
    }

    private static Infeasible nowhere(PlacementRequest request) {
        Map<String, Map<ClusterId, String>> reasons = new LinkedHashMap<>();
        request.services().forEach(service -> reasons.put(service.id(), Map.of()));
        return new Infeasible(reasons, Optional.of("no available cluster"));
    }

    /** The reference's first check; before the second one, because its message is clearer. */
    private static Optional<Infeasible> largestServiceFitsNoCluster(PlacementRequest request) {
        long largestCluster = request.clusters().stream()
                .mapToLong(cluster -> cluster.free().cpuMillis())
                .max()
                .orElse(0);
        FirstFitPacking empty = new FirstFitPacking(request);
        return IntStream.range(0, request.services().size())
                .boxed()
                .max(Comparator.comparingLong((Integer s) -> cpuMillis(request, s))
                        .thenComparing(Comparator.reverseOrder()))
                .filter(s -> cpuMillis(request, s) > largestCluster)
                .map(s -> reasons(
                        request,
                        empty,
                        List.of(s),
                        request.services().get(s).demand(),
                        "a single service requires more CPU than the largest cluster"));
    }

    /** The reference's second check decides the message only: services that need more than the total fail in any case. */
    private static Infeasible stuck(
            PlacementRequest request, FirstFitPacking packing, List<Integer> group, Resources demand) {
        boolean tooLittle =
                total(request.services().stream().map(PlacementService::demand).toList())
                        > total(request.clusters().stream()
                                .map(cluster -> cluster.free())
                                .toList());
        String error = tooLittle
                ? "insufficient total cluster capacity"
                : "service %s does not fit on any cluster"
                        .formatted(request.services().get(group.get(0)).id());
        return reasons(request, packing, group, demand, error);
    }

    private static long total(List<Resources> amounts) {
        return amounts.stream().reduce(Resources.NONE, Resources::plus).cpuMillis();
    }

    private static long cpuMillis(PlacementRequest request, int service) {
        return request.services().get(service).demand().cpuMillis();
    }

    private static Infeasible reasons(
            PlacementRequest request, FirstFitPacking packing, List<Integer> group, Resources demand, String error) {
        Map<ClusterId, String> byCluster = new LinkedHashMap<>();
        for (int c = 0; c < request.clusters().size(); c++) {
            byCluster.put(request.clusters().get(c).id(), error + ": " + packing.obstacle(group, demand, c));
        }
        Map<String, Map<ClusterId, String>> reasons = new LinkedHashMap<>();
        group.forEach(s -> reasons.put(request.services().get(s).id(), byCluster));
        return new Infeasible(reasons, Optional.empty());
    }
}
