// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.placement.PlacementLink;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementRequestBuilder;
import eu.nephele.smo.api.placement.PlacementService;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Makes a request out of another one that differs in parts. Indexes of services, which predicates get, are those of the original. The copy
 * has no costs: those belong to the services, replicas and capacities of the original.
 */
final class RequestCopy {

    private final PlacementRequest original;
    private Predicate<PlacementService> services = any -> true;
    private UnaryOperator<PlacementService> service = UnaryOperator.identity();
    private UnaryOperator<ClusterCapacity> cluster = UnaryOperator.identity();
    private UnaryOperator<PlacementLink> link = UnaryOperator.identity();
    private BiPredicate<Integer, Integer> permitted;
    private Predicate<List<Integer>> together = any -> true;
    private Predicate<List<Integer>> apart = any -> true;

    RequestCopy(PlacementRequest original) {
        this.original = original;
        this.permitted = original::allowed;
    }

    /** Keeps some services, with the relations between them. */
    RequestCopy services(Predicate<PlacementService> kept) {
        services = kept;
        return this;
    }

    /** @param change which keeps the id */
    RequestCopy service(UnaryOperator<PlacementService> change) {
        service = change;
        return this;
    }

    /** @param change which keeps the id */
    RequestCopy cluster(UnaryOperator<ClusterCapacity> change) {
        cluster = change;
        return this;
    }

    /** @param change which keeps both ends */
    RequestCopy link(UnaryOperator<PlacementLink> change) {
        link = change;
        return this;
    }

    /** @param other says of a service and a cluster whether they are allowed though the original forbids them */
    RequestCopy permit(BiPredicate<Integer, Integer> other) {
        // most pairs are allowed: the original is asked first, it is the quicker one
        BiPredicate<Integer, Integer> allowed = original::allowed;
        permitted = allowed.or(other);
        return this;
    }

    RequestCopy together(Predicate<List<Integer>> kept) {
        together = kept;
        return this;
    }

    RequestCopy apart(Predicate<List<Integer>> kept) {
        apart = kept;
        return this;
    }

    PlacementRequest build() {
        int[] kept = IntStream.range(0, original.services().size())
                .filter(s -> services.test(original.services().get(s)))
                .toArray();
        int[] rows = new int[original.services().size()];
        Arrays.fill(rows, -1);
        for (int row = 0; row < kept.length; row++) {
            rows[kept[row]] = row;
        }
        PlacementRequestBuilder copy = new PlacementRequestBuilder(
                        original.graph(),
                        original.reason(),
                        Arrays.stream(kept)
                                .mapToObj(s -> service.apply(original.services().get(s)))
                                .toList(),
                        original.clusters().stream().map(cluster).toList())
                .latencies(original.latencies())
                .current(current());
        original.unavailable().forEach(copy::unavailable);
        for (int s : kept) {
            for (int c = 0; c < original.clusters().size(); c++) {
                if (!permitted.test(s, c)) {
                    copy.forbid(rows[s], c, original.whyNotAllowed(s, c));
                }
            }
        }
        relations(copy, rows);
        return copy.build();
    }

    private void relations(PlacementRequestBuilder copy, int[] rows) {
        original.links().stream()
                .filter(between -> rows[between.from()] >= 0 && rows[between.to()] >= 0)
                .map(link)
                .forEach(between -> copy.link(new PlacementLink(
                        rows[between.from()], rows[between.to()], between.traffic(), between.maxLatencyMillis())));
        original.together().stream()
                .filter(together)
                .map(group ->
                        group.stream().map(s -> rows[s]).filter(row -> row >= 0).toList())
                .filter(group -> group.size() > 1)
                .forEach(copy::together);
        original.apart().stream()
                .filter(apart)
                .filter(pair -> rows[pair.get(0)] >= 0 && rows[pair.get(1)] >= 0)
                .forEach(pair -> copy.apart(rows[pair.get(0)], rows[pair.get(1)]));
    }

    private Placement current() {
        Map<String, List<Share>> shares = new LinkedHashMap<>();
        for (int s = 0; s < original.services().size(); s++) {
            if (original.current(s).isPresent()) {
                int row = s;
                shares.put(
                        original.services().get(s).id(),
                        IntStream.range(0, original.clusters().size())
                                .filter(c -> original.currentReplicas(row, c) > 0)
                                .mapToObj(c ->
                                        new Share(original.clusters().get(c).id(), original.currentReplicas(row, c)))
                                .toList());
            }
        }
        return new Placement(shares);
    }
}
