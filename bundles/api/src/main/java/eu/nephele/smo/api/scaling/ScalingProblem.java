// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.scaling;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.GraphId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The one implementation of a scaling request. */
record ScalingProblem(
        List<ScalingTarget> targets,
        List<ClusterCapacity> clusters,
        List<ServiceLoad> loads,
        Map<ServiceKey, ServiceLoad> byService)
        implements ScalingRequest {

    record ServiceKey(GraphId graph, String service) {
        static ServiceKey of(ServiceLoad load) {
            return new ServiceKey(load.graph(), load.service());
        }
    }

    static ScalingProblem of(List<ScalingTarget> targets, List<ClusterCapacity> clusters, List<ServiceLoad> loads) {
        return new ScalingProblem(
                ordered(targets),
                clusters.stream()
                        .sorted(Comparator.comparing(ClusterCapacity::id))
                        .toList(),
                loads.stream()
                        .sorted(Comparator.comparing(ServiceLoad::graph).thenComparing(ServiceLoad::service))
                        .toList(),
                loads.stream().collect(Collectors.toUnmodifiableMap(ServiceKey::of, Function.identity())));
    }

    private static List<ScalingTarget> ordered(List<ScalingTarget> targets) {
        return targets.stream()
                .sorted(Comparator.comparing(ScalingTarget::graph)
                        .thenComparing(ScalingTarget::service)
                        .thenComparing(ScalingTarget::cluster))
                .toList();
    }

    /** Clusters and loads are in order already, for each of the strategies that build on each other. */
    @Override
    public ScalingRequest with(List<ScalingTarget> others) {
        return new ScalingProblem(ordered(others), clusters, loads, byService);
    }

    @Override
    public Optional<ServiceLoad> load(GraphId graph, String service) {
        return Optional.ofNullable(byService.get(new ServiceKey(graph, service)));
    }
}
