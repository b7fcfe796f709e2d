// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.threshold;

import eu.nephele.smo.api.model.ClusterCapacity;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.scaling.ScalingRequest;
import eu.nephele.smo.api.scaling.ScalingResult.Answer;
import eu.nephele.smo.api.scaling.ScalingResult.Infeasible;
import eu.nephele.smo.api.scaling.ScalingResult.Keep;
import eu.nephele.smo.api.scaling.ScalingResult.Replicas;
import eu.nephele.smo.api.scaling.ScalingTarget;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Grants wishes within the capacity of the clusters. What shrinks makes room first; then who grows is served in order, whole or
 * not at all. Who is not served keeps its present replicas.
 */
final class SharedRoom {

    private final Map<ClusterId, Room> rooms = new HashMap<>();

    /** Amounts by resource name. */
    private record Room(String cluster, Map<String, Long> free, Map<String, Long> used) {

        long freeOf(String name) {
            return free.getOrDefault(name, 0L);
        }

        long usedOf(String name) {
            return used.getOrDefault(name, 0L);
        }
    }

    SharedRoom(ScalingRequest request) {
        for (ClusterCapacity cluster : request.clusters()) {
            Room room = new Room(cluster.id().name(), cluster.free().byName(), new HashMap<>());
            rooms.put(cluster.id(), room);
        }
    }

    /** One answer per wish, in order. */
    List<Answer> grant(List<Wish> wishes) {
        boolean[] refused = new boolean[wishes.size()];
        wishes.forEach(wish -> use(wish.target(), wish.grows() ? wish.target().replicas() : wish.replicas()));
        refuseWhatStaysOverfull(wishes, refused);
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < refused.length; i++) {
            answers.add(answer(wishes.get(i), refused[i]));
        }
        return answers;
    }

    /** Who is refused keeps more than it wished for, which may leave too little for another: until nothing changes. */
    private void refuseWhatStaysOverfull(List<Wish> wishes, boolean[] refused) {
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int i = 0; i < refused.length; i++) {
                Wish wish = wishes.get(i);
                boolean decided = !wish.kept() && !wish.grows() && !refused[i];
                if (decided && shortage(wish.target()).isPresent()) {
                    refused[i] = true;
                    changed = true;
                    use(wish.target(), wish.target().replicas() - wish.replicas());
                }
            }
        }
    }

    private Answer answer(Wish wish, boolean refused) {
        if (wish.kept()) {
            return new Keep(wish.reason());
        }
        int more = wish.grows() ? wish.replicas() - wish.target().replicas() : 0;
        use(wish.target(), more);
        Optional<String> shortage = shortage(wish.target());
        if (refused || shortage.isPresent()) {
            use(wish.target(), -more);
            return new Infeasible("%s; %d replicas do not fit: %s"
                    .formatted(wish.reason(), wish.replicas(), shortage.orElse("the cluster is overfull")));
        }
        return new Replicas(wish.replicas(), wish.reason());
    }

    private void use(ScalingTarget target, int replicas) {
        Map<String, Long> used = roomOf(target).used();
        target.perReplica()
                .byName()
                .forEach((name, amount) ->
                        used.merge(name, Math.multiplyExact(amount, (long) replicas), Math::addExact));
    }

    /** What is overfull among the resources that the target takes. */
    private Optional<String> shortage(ScalingTarget target) {
        Room room = roomOf(target);
        return target.perReplica().byName().keySet().stream()
                .filter(name -> room.usedOf(name) > room.freeOf(name))
                .findFirst()
                .map(name -> "%s on %s: %d needed by all services together, %d free"
                        .formatted(name, room.cluster(), room.usedOf(name), room.freeOf(name)));
    }

    private Room roomOf(ScalingTarget target) {
        Room room = rooms.get(target.cluster());
        if (room == null) {
            throw new IllegalArgumentException("Cluster %s of service %s is not part of the request"
                    .formatted(target.cluster(), target.service()));
        }
        return room;
    }
}
