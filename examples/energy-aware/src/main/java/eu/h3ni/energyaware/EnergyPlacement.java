// SPDX-License-Identifier: Apache-2.0
package eu.h3ni.energyaware;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.placement.PlacementLink;
import eu.nephele.smo.api.placement.PlacementRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/** A partial placement: places so far, remaining capacity, and reasons against one more. */
final class EnergyPlacement {

    static final int NOWHERE = -1;

    private final PlacementRequest request;
    private final Groups groups;
    private final List<Resources> free;
    private final int[] clusterOf;
    private final int[] groupsOn;

    EnergyPlacement(PlacementRequest request, Groups groups) {
        this.request = request;
        this.groups = groups;
        this.free = new ArrayList<>(
                request.clusters().stream().map(ClusterCapacity::free).toList());
        this.clusterOf = new int[request.services().size()];
        this.groupsOn = new int[request.clusters().size()];
        Arrays.fill(clusterOf, NOWHERE);
    }

    void put(int group, int cluster) {
        free.set(cluster, free.get(cluster).minusFloored(groups.demand(group)));
        groups.services(group).forEach(service -> clusterOf[service] = cluster);
        groupsOn[cluster]++;
    }

    void take(int group, int cluster, Resources before) {
        free.set(cluster, before);
        groups.services(group).forEach(service -> clusterOf[service] = NOWHERE);
        groupsOn[cluster]--;
    }

    Resources free(int cluster) {
        return free.get(cluster);
    }

    boolean isUsed(int cluster) {
        return groupsOn[cluster] > 0;
    }

    int clusterOf(int service) {
        return clusterOf[service];
    }

    int[] clusters() {
        return clusterOf.clone();
    }

    /** Returns whether the group may go there beside the groups placed already. */
    boolean admits(int group, int cluster) {
        return groups.services(group).stream().allMatch(service -> request.allowed(service, cluster))
                && groups.demand(group).fitsInto(free.get(cluster))
                && !meetsRival(group, cluster)
                && groups.links(group).stream().noneMatch(link -> isTooFar(link, group, cluster));
    }

    /** The reason for people why {@link #admits} returns false. */
    String obstacle(int group, int cluster) {
        for (int service : groups.services(group)) {
            if (!request.allowed(service, cluster)) {
                return request.whyNotAllowed(service, cluster);
            }
        }
        Resources demand = groups.demand(group);
        if (!demand.fitsInto(free.get(cluster))) {
            return "needs %s, free %s"
                    .formatted(demand.byName(), free.get(cluster).byName());
        }
        return meetsRival(group, cluster)
                ? "must not share a cluster with another service that is there"
                : "the latency of a link would be above its limit";
    }

    private boolean meetsRival(int group, int cluster) {
        return groups.rivals(group).stream()
                .anyMatch(rival ->
                        clusterOf[rival] == cluster || groups.services(group).contains(rival));
    }

    private boolean isTooFar(PlacementLink link, int group, int cluster) {
        if (link.maxLatencyMillis().isEmpty()) {
            return false;
        }
        List<Integer> members = groups.services(group);
        int from = members.contains(link.from()) ? cluster : clusterOf[link.from()];
        int to = members.contains(link.to()) ? cluster : clusterOf[link.to()];
        if (from == NOWHERE || to == NOWHERE) {
            return false;
        }
        OptionalDouble millis = request.latencyMillis(from, to);
        return millis.isEmpty()
                || millis.getAsDouble() > link.maxLatencyMillis().getAsDouble();
    }
}
