package org.example.template;

import eu.nephele.smo.api.model.AnswerLimits;
import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.DecisionContext;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.placement.Feasibility;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementResult;
import eu.nephele.smo.api.placement.PlacementResult.Infeasible;
import eu.nephele.smo.api.placement.PlacementResult.Placed;
import eu.nephele.smo.api.placement.PlacementResult.Quality;
import eu.nephele.smo.api.placement.PlacementStrategy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.osgi.service.component.annotations.Component;

/** Each service, in descriptor order, on the cluster with the lowest score and enough capacity. */
@Component(property = PlacementStrategy.ID + "=template-name")
public final class TemplateStrategy implements PlacementStrategy {

    /** The rule, yours to change: the lower, the better. */
    private static double score(PlacementRequest request, int service, int cluster) {
        return request.clusters().get(cluster).signals().pricePerCpuHour().orElse(Double.MAX_VALUE);
    }

    @Override
    public PlacementResult place(PlacementRequest request, DecisionContext context) {
        List<Resources> free = new ArrayList<>(
                request.clusters().stream().map(ClusterCapacity::free).toList());
        Map<String, ClusterId> chosen = new LinkedHashMap<>();
        Map<String, Map<ClusterId, String>> rejected = new LinkedHashMap<>();
        for (int s = 0; s < request.services().size(); s++) {
            int service = s;
            Resources demand = request.services().get(s).demand();
            Optional<Integer> best = IntStream.range(0, free.size())
                    .filter(c -> request.allowed(service, c) && demand.fitsInto(free.get(c)))
                    .boxed()
                    .min(Comparator.comparingDouble(c -> score(request, service, c)));
            if (best.isEmpty()) {
                return infeasible(request, service, "does not fit, or is not allowed here");
            }
            String id = request.services().get(s).id();
            chosen.put(id, request.clusters().get(best.get()).id());
            rejected.put(id, rejected(request, service, best.get(), free));
            free.set(best.get(), free.get(best.get()).minusFloored(demand));
        }
        Map<String, Integer> replicas =
                request.services().stream().collect(Collectors.toMap(each -> each.id(), each -> each.replicas()));
        Placement placement = Placement.whole(chosen, replicas::get);
        List<String> broken = Feasibility.violations(request, placement);
        return broken.isEmpty()
                ? new Placed(placement, Quality.HEURISTIC, rejected)
                : infeasible(request, 0, String.join("; ", broken));
    }

    /** Reasons against the other clusters, for explanations; empty where they would exceed the limits of an answer. */
    private static Map<ClusterId, String> rejected(
            PlacementRequest request, int service, int best, List<Resources> free) {
        Map<ClusterId, String> reasons = new LinkedHashMap<>();
        if (request.services().size() * free.size() > AnswerLimits.REASONS_OF_ANY_LENGTH) {
            return reasons;
        }
        for (int c = 0; c < free.size(); c++) {
            String missing = request.services().get(service).demand().shortage(free.get(c));
            if (c != best) {
                reasons.put(
                        request.clusters().get(c).id(),
                        !request.allowed(service, c)
                                ? request.whyNotAllowed(service, c)
                                : missing.isEmpty() ? "its score is " + score(request, service, c) : missing);
            }
        }
        return reasons;
    }

    private static Infeasible infeasible(PlacementRequest request, int service, String why) {
        Map<ClusterId, String> everywhere = new LinkedHashMap<>();
        request.clusters().forEach(cluster -> everywhere.put(cluster.id(), why));
        return new Infeasible(Map.of(request.services().get(service).id(), everywhere), Optional.empty());
    }
}
