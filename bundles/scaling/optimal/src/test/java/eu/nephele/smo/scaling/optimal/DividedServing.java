// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.optimal;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.scaling.ScalingRequest;
import eu.nephele.smo.api.scaling.ScalingTarget;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How many replicas each service gets when not all fit, on any number of clusters: a number can be had when there is some way to
 * divide it, and those of the services served before, over the clusters. All ways are tried. One replica serves one request per
 * second, all services have the same priority, the present replicas fit and are within their bounds.
 */
final class DividedServing {

    private final Collection<List<ScalingTarget>> services;
    private final Map<ClusterId, Resources> free = new HashMap<>();

    /** Replicas on all clusters of those that are decided, by service. */
    private final Map<List<ScalingTarget>, Integer> totals = new LinkedHashMap<>();

    DividedServing(ScalingRequest request) {
        this.services = request.targets().stream()
                .collect(Collectors.groupingBy(ScalingTarget::service, LinkedHashMap::new, Collectors.toList()))
                .values();
        request.clusters().forEach(cluster -> free.put(cluster.id(), cluster.free()));
    }

    /** By service, in order. */
    List<Integer> numbers() {
        services.forEach(service -> totals.put(service, needed(service)));
        if (!isPossible()) {
            totals.clear();
            services.stream()
                    .filter(service -> needed(service) <= present(service))
                    .forEach(service -> totals.put(service, needed(service)));
            List<List<ScalingTarget>> growing = services.stream()
                    .filter(service -> needed(service) > present(service))
                    .sorted(Comparator.comparing(service -> needed(service) - present(service)))
                    .toList();
            growing.forEach(service -> serve(service, needed(service)));
            growing.stream().filter(service -> !totals.containsKey(service)).forEach(service -> {
                for (int part = needed(service); !totals.containsKey(service); part--) {
                    serve(service, part);
                }
            });
        }
        return services.stream().map(totals::get).toList();
    }

    private void serve(List<ScalingTarget> service, int replicas) {
        totals.put(service, replicas);
        if (!isPossible()) {
            totals.remove(service);
        }
    }

    /** Those who are not decided stay where they are. */
    private boolean isPossible() {
        Map<ClusterId, Resources> used = new HashMap<>();
        services.stream()
                .filter(service -> !totals.containsKey(service))
                .flatMap(List::stream)
                .forEach(target -> use(used, target, target.replicas()));
        return isPossible(new ArrayList<>(totals.keySet()), 0, 0, 0, used);
    }

    private boolean isPossible(
            List<List<ScalingTarget>> decided, int next, int share, int placed, Map<ClusterId, Resources> used) {
        if (!used.entrySet().stream().allMatch(use -> use.getValue().fitsInto(free.get(use.getKey())))) {
            return false;
        }
        if (next == decided.size()) {
            return true;
        }
        List<ScalingTarget> service = decided.get(next);
        if (share == service.size()) {
            return placed == totals.get(service) && isPossible(decided, next + 1, 0, 0, used);
        }
        ScalingTarget target = service.get(share);
        for (int r = target.minReplicas(); r <= target.maxReplicas(); r++) {
            Map<ClusterId, Resources> with = new HashMap<>(used);
            use(with, target, r);
            if (isPossible(decided, next, share + 1, placed + r, with)) {
                return true;
            }
        }
        return false;
    }

    private static void use(Map<ClusterId, Resources> used, ScalingTarget target, int replicas) {
        used.merge(target.cluster(), target.perReplica().times(replicas), Resources::plus);
    }

    static int needed(List<ScalingTarget> service) {
        double demand = service.stream()
                .mapToDouble(target -> target.demandPerSecond().orElseThrow())
                .sum();
        int least = service.stream().mapToInt(ScalingTarget::minReplicas).sum();
        return Math.max(least, (int) Math.ceil(demand - 1e-9));
    }

    private static int present(List<ScalingTarget> service) {
        return service.stream().mapToInt(ScalingTarget::replicas).sum();
    }
}
