// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.swap.plugin;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.DecisionContext;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementResult;
import eu.nephele.smo.api.placement.PlacementResult.Infeasible;
import eu.nephele.smo.api.placement.PlacementResult.Placed;
import eu.nephele.smo.api.placement.PlacementResult.Quality;
import eu.nephele.smo.api.placement.PlacementResult.StopReason;
import eu.nephele.smo.api.placement.PlacementService;
import eu.nephele.smo.api.placement.PlacementStrategy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/** Each service on the first cluster with enough capacity; the answer names its version. */
public final class VersionedStrategy implements PlacementStrategy {

    @Override
    public PlacementResult place(PlacementRequest request, DecisionContext context) {
        List<Resources> free = new ArrayList<>(
                request.clusters().stream().map(ClusterCapacity::free).toList());
        Map<String, ClusterId> chosen = new LinkedHashMap<>();
        Map<String, Integer> replicas = new HashMap<>();
        for (PlacementService service : request.services()) {
            Optional<Integer> first = IntStream.range(0, free.size())
                    .filter(c -> service.demand().fitsInto(free.get(c)))
                    .boxed()
                    .findFirst();
            if (first.isEmpty()) {
                Map<ClusterId, String> everywhere = new LinkedHashMap<>();
                request.clusters().forEach(cluster -> everywhere.put(cluster.id(), "no room"));
                return new Infeasible(Map.of(service.id(), everywhere), Optional.empty());
            }
            free.set(first.get(), free.get(first.get()).minusFloored(service.demand()));
            chosen.put(service.id(), request.clusters().get(first.get()).id());
            replicas.put(service.id(), service.replicas());
        }
        Quality quality = new Quality(
                StopReason.FINISHED, OptionalLong.empty(), OptionalLong.empty(), "version " + OwnVersion.TEXT);
        return new Placed(Placement.whole(chosen, replicas::get), quality);
    }
}
