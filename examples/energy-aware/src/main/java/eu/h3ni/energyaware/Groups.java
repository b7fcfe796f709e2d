// SPDX-License-Identifier: Apache-2.0
package eu.h3ni.energyaware;

import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.placement.PlacementLink;
import eu.nephele.smo.api.placement.PlacementRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Units of placement: a service, or services that must be together; the one with the largest demand for CPU first. */
final class Groups {

    private final List<List<Integer>> members;
    private final List<Resources> demands;
    private final List<List<PlacementLink>> links = new ArrayList<>();
    private final List<List<Integer>> rivals = new ArrayList<>();
    private final PlacementRequest request;

    Groups(PlacementRequest request) {
        this.request = request;
        Map<Integer, List<Integer>> groupOf = new HashMap<>();
        request.together().forEach(group -> group.forEach(service -> groupOf.put(service, group)));
        List<List<Integer>> found = new ArrayList<>();
        for (int s = 0; s < request.services().size(); s++) {
            List<Integer> group = groupOf.getOrDefault(s, List.of(s));
            if (group.get(0) == s) {
                found.add(group);
            }
        }
        found.sort(Comparator.comparingLong(
                        (List<Integer> group) -> -demandOf(group).cpuMillis())
                .thenComparing(group -> group.get(0)));
        this.members = List.copyOf(found);
        this.demands = members.stream().map(this::demandOf).toList();
        int[] itemOf = new int[request.services().size()];
        for (int group = 0; group < members.size(); group++) {
            links.add(new ArrayList<>());
            rivals.add(new ArrayList<>());
            for (int service : members.get(group)) {
                itemOf[service] = group;
            }
        }
        for (PlacementLink link : request.links()) {
            links.get(itemOf[link.from()]).add(link);
            if (itemOf[link.from()] != itemOf[link.to()]) {
                links.get(itemOf[link.to()]).add(link);
            }
        }
        for (List<Integer> pair : request.apart()) {
            rivals.get(itemOf[pair.get(0)]).add(pair.get(1));
            rivals.get(itemOf[pair.get(1)]).add(pair.get(0));
        }
    }

    int count() {
        return members.size();
    }

    List<Integer> services(int group) {
        return members.get(group);
    }

    /** Links with an end in the group. */
    List<PlacementLink> links(int group) {
        return links.get(group);
    }

    /** Services that must be on another cluster. */
    List<Integer> rivals(int group) {
        return rivals.get(group);
    }

    Resources demand(int group) {
        return demands.get(group);
    }

    private Resources demandOf(List<Integer> group) {
        return group.stream()
                .map(service -> request.services().get(service).demand())
                .reduce(Resources.NONE, Resources::plus);
    }
}
