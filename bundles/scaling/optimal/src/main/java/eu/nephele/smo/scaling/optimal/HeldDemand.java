// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.optimal;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A demand and the replicas of its service that are held in the use of the clusters. */
final class HeldDemand {

    private final ServiceDemand demand;
    private int[] held;

    /** Nothing is held at first. */
    HeldDemand(ServiceDemand demand) {
        this.demand = demand;
        this.held = new int[demand.shares().size()];
    }

    ServiceDemand demand() {
        return demand;
    }

    boolean grows() {
        return demand.withoutGrowth().isEmpty();
    }

    int[] held() {
        return held.clone();
    }

    void replace(int... replicas) {
        demand.release(held);
        demand.hold(replicas);
        held = replicas.clone();
    }

    void release() {
        demand.release(held);
    }

    /** Returns what nobody of the same priority takes away: the needed replicas, at most the present ones. */
    int[] secured() {
        return demand.withoutGrowth().orElseGet(demand::presents);
    }

    /** Returns what nobody takes away: the minima, at most the secured replicas. */
    int[] floor() {
        int[] floor = secured();
        for (int c = 0; c < floor.length; c++) {
            floor[c] = Math.min(floor[c], demand.shares().get(c).target().minReplicas());
        }
        return floor;
    }

    /** Returns as many replicas as there is room for, between those held, the fewest, and these. */
    int[] roomUpTo(int... most) {
        int[] room = held();
        for (int c = 0; c < room.length; c++) {
            ReplicaVariable share = demand.shares().get(c);
            room[c] += share.use().roomFor(share.need(), most[c] - room[c]);
        }
        return room;
    }

    /** Returns the needed replicas where there is room for them in the place of those held. */
    Optional<int[]> grown() {
        List<ReplicaVariable> shares = demand.shares();
        int[] most = demand.mosts();
        demand.release(held);
        for (int c = 0; c < most.length; c++) {
            most[c] = shares.get(c).use().roomFor(shares.get(c).need(), most[c]);
        }
        demand.hold(held);
        return demand.divide(demand.needed(), demand.leasts(), most);
    }

    Optional<CapacityUse.CapacityRow> overfull() {
        for (ReplicaVariable share : demand.shares()) {
            OptionalInt row = share.use().overfull(share.need());
            if (row.isPresent()) {
                return Optional.of(new CapacityUse.CapacityRow(share.use(), row.getAsInt()));
            }
        }
        return Optional.empty();
    }
}
