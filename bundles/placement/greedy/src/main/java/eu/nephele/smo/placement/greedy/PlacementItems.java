// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.greedy;

import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.placement.Costs;
import eu.nephele.smo.api.placement.PlacementLink;
import eu.nephele.smo.api.placement.PlacementRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Items of a placement: a service, or several that must be together. Items are in the order of their first service. Read only.
 */
final class PlacementItems {

    private final PlacementRequest request;
    private final Optional<Costs> costs;
    private final List<List<Integer>> members = new ArrayList<>();
    private final List<Resources> demands = new ArrayList<>();
    private final List<List<PlacementLink>> links = new ArrayList<>();
    private final List<List<Integer>> rivals = new ArrayList<>();
    private final int[] itemOf;

    PlacementItems(PlacementRequest request) {
        this.request = request;
        this.costs = request.costs().stream().findFirst();
        this.itemOf = new int[request.services().size()];
        Map<Integer, List<Integer>> groupOf = new HashMap<>();
        request.together().forEach(group -> group.forEach(s -> groupOf.put(s, group)));
        for (int s = 0; s < itemOf.length; s++) {
            List<Integer> group = groupOf.getOrDefault(s, List.of(s));
            if (Collections.min(group) == s) {
                add(group);
            }
        }
        for (PlacementLink link : request.links()) {
            links.get(itemOf[link.from()]).add(link);
            if (itemOf[link.from()] != itemOf[link.to()]) {
                links.get(itemOf[link.to()]).add(link);
            }
        }
        for (List<Integer> pair : request.apart()) {
            rivals.get(itemOf[pair.get(0)]).add(itemOf[pair.get(1)]);
            rivals.get(itemOf[pair.get(1)]).add(itemOf[pair.get(0)]);
        }
    }

    private void add(List<Integer> group) {
        Resources demand = Resources.NONE;
        for (int s : group) {
            itemOf[s] = members.size();
            demand = demand.plus(request.services().get(s).demand());
        }
        members.add(group);
        demands.add(demand);
        links.add(new ArrayList<>());
        rivals.add(new ArrayList<>());
    }

    PlacementRequest request() {
        return request;
    }

    int count() {
        return members.size();
    }

    int clusters() {
        return request.clusters().size();
    }

    List<Integer> members(int item) {
        return members.get(item);
    }

    int itemOf(int service) {
        return itemOf[service];
    }

    Resources demand(int item) {
        return demands.get(item);
    }

    /** Links with at least one end in the item. */
    List<PlacementLink> links(int item) {
        return links.get(item);
    }

    /** Items that must not share its cluster. */
    List<Integer> rivals(int item) {
        return rivals.get(item);
    }

    /** Cost of the item on a cluster, independent of other items; micro-units. */
    long assign(int item, int cluster) {
        long sum = 0;
        for (int s : members.get(item)) {
            int service = s;
            sum += costs.map(known -> known.assign(service, cluster)).orElse(0L);
        }
        return sum;
    }

    long open(int cluster) {
        return costs.map(known -> known.open(cluster)).orElse(0L);
    }

    /** Cost of a link between these clusters; rounded half-even. */
    long traffic(PlacementLink link, int from, int to) {
        long each =
                from == to ? 0 : costs.map(known -> known.distance(from, to)).orElse(0L);
        return (long) Math.rint(each * link.traffic());
    }
}
